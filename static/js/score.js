// The score sheet by keyboard: 1–5 score the marked question, 0 takes the score away, j and k move, c goes to the comment.
// It shows which scores need a comment and counts the points; the server counts again.
// <form data-score-sheet> with [data-question data-needs="1 2 5" data-weight="5/4"]; the total stands in [data-score-total].
import { say } from "./texts.js";
import { isTyping, keysAreOn } from "./keys.js";

export function startScore(sheet) {
  const questions = [...sheet.querySelectorAll("[data-question]")];
  const before = outside(questions);
  const refresh = () => {
    questions.forEach(showNeed);
    showTotal(questions, before);
  };
  sheet.addEventListener("input", refresh);
  sheet.addEventListener("focusin", (event) => markAt(questions, event.target.closest("[data-question]")));
  document.addEventListener("poziv:taken-over", refresh);
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !keysAreOn() || document.querySelector("dialog[open]")) return;
    if (press(questions, event.key)) event.preventDefault();
  });
  questions.forEach(showNeed);
}

const chosenOf = (question) => question.querySelector("input[type=radio]:checked")?.value ?? "";
const atOf = (questions) => questions.findIndex((question) => question.classList.contains("at"));

function markAt(questions, question) {
  if (!question) return;
  for (const one of questions) one.classList.toggle("at", one === question);
}

function press(questions, key) {
  const now = atOf(questions);
  if (key === "j" || key === "k") {
    const next = questions[Math.min(Math.max(now + (key === "j" ? 1 : -1), 0), questions.length - 1)];
    markAt(questions, next);
    (next.querySelector("input:checked") ?? next.querySelector("input")).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
    return true;
  }
  const question = questions[Math.max(now, 0)];
  if (!question) return false;
  if (key === "c") {
    question.querySelector("textarea")?.focus();
    return true;
  }
  if (!/^[0-9]$/.test(key)) return false;
  // On a scale without that very score the key takes the answer at its place.
  const radios = question.querySelectorAll('input[type=radio]:not([value=""])');
  const radio = question.querySelector(key === "0" ? 'input[value=""]' : `input[value="${key}"]`) ?? radios[Number(key) - 1];
  if (!radio || radio.disabled) return false;
  markAt(questions, question);
  radio.checked = true;
  radio.focus({ preventScroll: true });
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function showNeed(question) {
  const needs = question.dataset.needs.split(" ").includes(chosenOf(question)) && chosenOf(question) !== "";
  const comment = question.querySelector("textarea");
  question.classList.toggle("needs", needs);
  const hint = question.querySelector("[data-needed]");
  if (hint) hint.hidden = !needs || comment.value.trim() !== "";
}

// Points are whole or a fraction "5/4", of the answer itself or as a weight of the score; they stay exact as [above, below].
function pointsOf(question) {
  const chosen = question.querySelector("input[type=radio]:checked");
  if (!chosen?.value) return [0n, 1n];
  const [above, below = "1"] = (chosen.dataset.points ?? question.dataset.weight).split("/");
  return [BigInt(above) * (chosen.dataset.points === undefined ? BigInt(chosen.value) : 1n), BigInt(below)];
}

const sumOf = (questions) => questions.map(pointsOf).reduce(([a, b], [c, d]) => [a * d + c * b, b * d], [0n, 1n]);

// What other pages of the sheet hold: the total the server drew, less what stands here.
function outside(questions) {
  const total = document.querySelector("[data-score-total]");
  const [above, below = "1"] = (total?.dataset.exact ?? "0").split("/");
  const [mine, part] = sumOf(questions);
  return {
    points: [BigInt(above) * part - mine * BigInt(below), BigInt(below) * part],
    answered: Number(total?.dataset.answered ?? 0) - questions.filter(chosenOf).length,
  };
}

function showTotal(questions, before) {
  const total = document.querySelector("[data-score-total]");
  if (!total || total.dataset.exact === undefined) return;
  const [mine, part] = sumOf(questions);
  const [rest, below] = before.points;
  const hundredths = (2n * 100n * (mine * below + rest * part) + part * below) / (2n * part * below);
  const text = hundredths % 100n ? `${hundredths / 100n},${String(hundredths % 100n).padStart(2, "0")}` : String(hundredths / 100n);
  total.querySelector("[data-points]").textContent = text;
  const count = total.querySelector("[data-answered-words]");
  if (count) count.textContent = say("answered", { n: before.answered + questions.filter(chosenOf).length, total: total.dataset.questions });
}
