// Starts what a page carries: govuk-frontend, our own small modules, and those that only some pages need.
import { CharacterCount, initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";
import { groupDigits } from "./amounts.js";
import { startMenus } from "./menu.js";
import { startOnce } from "./once.js";
import { startCountdowns } from "./countdown.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

// Browsers that do not know the language of the page group the digits of the counters in English.
const countMessage = CharacterCount.prototype.getCountMessage;
CharacterCount.prototype.getCountMessage = function () {
  return groupDigits(countMessage.call(this));
};

initAll();
startMenus();
startOnce();
startCountdowns();

const wanted = [
  ["form[data-autosave]", "./autosave.js", "startAutosave"],
  ["form:has([data-shown-when], [data-needed-when])", "./conditions.js", "startConditions"],
  ["form:has([data-help])", "./help.js", "startHelp"],
  ["[data-budget]", "./budget.js", "startBudget"],
  ["[data-budget]", "./paste.js", "startPaste"],
  ["[data-score-sheet]", "./score.js", "startScore"],
];
// All at once, in this order: whatever fills fields by itself finds autosave listening.
const needed = wanted.filter(([selector]) => document.querySelector(selector));
Promise.allSettled(needed.map(([, address]) => import(address))).then((arrived) => {
  needed.forEach(([selector, , start], at) => {
    for (const element of document.querySelectorAll(selector)) arrived[at].value?.[start](element);
  });
  document.body.classList.add("js-started");
});

// htmx sends the token with every request that changes something.
document.body.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = document.querySelector('meta[name="csrf-token"]').content;
});
