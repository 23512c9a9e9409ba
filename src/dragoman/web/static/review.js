"use strict";
// Keys for the review queue. An answer is sent at once and the next question shown without waiting for it;
// one that fails is shown again.
(() => {
  const queue = document.getElementById("queue");
  if (!queue) return;
  const questions = [...queue.querySelectorAll(".question")];
  const done = document.getElementById("done"), place = document.getElementById("place");
  const undo = document.getElementById("undo");
  const token = undo.querySelector('[name="csrf"]');
  const given = [];
  let now = 0, sending = Promise.resolve();

  const show = (index) => {
    now = Math.max(0, Math.min(index, questions.length));
    questions.forEach((question, at) => { question.hidden = at !== now; });
    done.hidden = now < questions.length;
    place.textContent = now < questions.length
      ? `${now + 1} of ${questions.length}${questions[now].dataset.verdict ? `, judged ${questions[now].dataset.verdict}` : ""}`
      : "";
  };

  const send = (url, fields) => {
    const body = new URLSearchParams(fields);
    if (token) body.set("csrf", token.value);
    return fetch(url, { method: "POST", body, headers: { accept: "application/json" } }).then(async (answer) => {
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || `status ${answer.status}`);
      return answer.json();
    });
  };

  const judge = (verdict) => {
    const index = now, question = questions[index];
    if (!question || !question.querySelector(".verdicts") || question.dataset.verdict) return;
    const why = question.querySelector('[name="why"]');
    question.dataset.verdict = verdict;
    given.push(index);
    show(index + 1);
    const fields = { left: question.dataset.left, right: question.dataset.right, verdict, why: why ? why.value : "" };
    sending = sending.then(() => send("/judge", fields)).catch((error) => {
      delete question.dataset.verdict;
      given.splice(given.lastIndexOf(index), 1);
      show(index);
      place.textContent = `That was not kept: ${error.message}`;
    });
  };

  const takeBack = () => {
    const index = given.length ? given[given.length - 1] : null;
    sending = sending.then(() => send("/undo", {})).then((answer) => {
      if (!answer.taken_back) { place.textContent = "Nothing is left to take back."; return; }
      if (index === null) { location.reload(); return; }
      given.pop();
      delete questions[index].dataset.verdict;
      show(index);
      place.textContent = "Taken back.";
    }).catch((error) => { place.textContent = `That did not work: ${error.message}`; });
  };

  const keys = {
    s: () => judge("same"), d: () => judge("different"), u: () => judge("unsure"),
    j: () => show(now + 1), k: () => show(now - 1), z: takeBack,
  };
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  queue.addEventListener("submit", (event) => {
    event.preventDefault();
    judge(event.submitter ? event.submitter.value : "unsure");
  });
  undo.addEventListener("submit", (event) => { event.preventDefault(); takeBack(); });
  show(0);
})();
