"use strict";
// List pages: short URLs, filters folded away on a phone, and the number of records told to screen readers.
const phone = window.matchMedia("(max-width: 52rem)");

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  for (const [name, value] of [...event.detail.formData.entries()]) {
    if (value === "") event.detail.formData.delete(name);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[method=get]")) return;
  for (const field of form.elements) {
    if (field.name && field.value === "" && !window.htmx) field.disabled = true;
  }
});

function fold() {
  for (const panel of document.querySelectorAll(".panel > .fold")) panel.open = !phone.matches;
  for (const chart of document.querySelectorAll(".chart")) chart.scrollLeft = chart.scrollWidth;
}

phone.addEventListener("change", fold);
document.addEventListener("DOMContentLoaded", fold);
document.addEventListener("htmx:afterSettle", () => {
  fold();
  const found = document.getElementById("found");
  if (found && found.dataset.told) say(found.dataset.told);
});
