"use strict";
// Point at a finding to see the words that support it; point at words to see what rests on them.
(() => {
  const text = document.getElementById("text");
  const words = new Map(), cards = new Map();
  for (const piece of text.querySelectorAll("[data-f]")) {
    for (const id of piece.dataset.f.split(" ")) {
      if (!words.has(id)) words.set(id, []);
      words.get(id).push(piece);
    }
  }
  for (const card of document.querySelectorAll("[data-id]")) cards.set(card.dataset.id, card);

  const clear = () => document.querySelectorAll(".on").forEach((node) => node.classList.remove("on"));
  const show = (id, bring) => {
    const found = words.get(id) || [];
    found.forEach((piece) => piece.classList.add("on"));
    if (cards.has(id)) cards.get(id).classList.add("on");
    if (!bring || !found.length) return;
    const at = found[0].getBoundingClientRect(), frame = text.getBoundingClientRect();
    if (text.scrollHeight > text.clientHeight && (at.top < frame.top || at.bottom > frame.bottom)) {
      text.scrollTop += at.top - frame.top - 80;
    }
  };
  for (const [id, card] of cards) {
    for (const kind of ["mouseenter", "focusin"]) card.addEventListener(kind, () => { clear(); show(id, true); });
    for (const kind of ["mouseleave", "focusout"]) card.addEventListener(kind, clear);
  }
  text.addEventListener("mouseover", (event) => {
    const piece = event.target.closest("[data-f]");
    clear();
    if (piece) piece.dataset.f.split(" ").forEach((id) => cards.has(id) && cards.get(id).classList.add("on"));
  });
  text.addEventListener("mouseleave", clear);
  for (const box of document.querySelectorAll("[data-kind]")) {
    box.addEventListener("change", () => text.classList.toggle(`show-${box.dataset.kind}`, box.checked));
  }
  const asked = decodeURIComponent(location.hash.slice(1));
  if (cards.has(asked)) show(asked, true);
})();
