"use strict";
// Files dropped anywhere on the page go into the form's own file field, so that dropping and choosing are one thing.
const form = document.getElementById("ingest");

if (form) {
  const drop = document.getElementById("drop");
  const field = document.getElementById("files");
  let depth = 0;
  const box = document.getElementById("put-in");
  const holds = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  if (location.hash === "#put-in") box.open = true;
  document.addEventListener("dragenter", (event) => {
    if (!holds(event)) return;
    depth += 1;
    box.open = true;
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!holds(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) drop.classList.remove("over");
  });
  document.addEventListener("dragover", (event) => {
    if (holds(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    depth = 0;
    drop.classList.remove("over");
    field.files = event.dataTransfer.files;
    const number = field.files.length;
    say(`${number} file${number === 1 ? "" : "s"} chosen`);
    form.querySelector("button").focus();
  });
  // A refusal is shown where the progress would be.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "state" && event.detail.xhr.status >= 400) {
      event.detail.shouldSwap = event.detail.xhr.getResponseHeader("content-type").startsWith("text/html");
      event.detail.isError = !event.detail.shouldSwap;
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === form && event.detail.successful) field.value = "";
  });
}
