"use strict";
// What every page does: tell screen readers what changed, and send the token that shows that a change is meant.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.headers["X-CSRF-Token"] = token.content;
});
document.addEventListener("htmx:responseError", () => say("That did not work. Try again."));
document.addEventListener("htmx:sendError", () => say("The server can't be reached. Is it still running?"));

function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}
