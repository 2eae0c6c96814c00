// Keys of the desk: "/" search, "j" and "k" rows, "n" and "p" pages, "?" help. They can be switched off in the help, for they are single letters.
const SWITCH = "poziv:keys-off";
const help = document.querySelector("dialog[data-keys-help]");
const toggle = document.querySelector("[data-keys-switch]");

export function keysAreOn() {
  try {
    return localStorage.getItem(SWITCH) !== "yes";
  } catch {
    return true;
  }
}

export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const at = event.target;
  return at.isContentEditable || at.tagName === "TEXTAREA" || at.tagName === "SELECT"
    || (at.tagName === "INPUT" && !["radio", "checkbox", "button", "submit"].includes(at.type));
}

function startHelp() {
  if (!help) return;
  for (const opener of document.querySelectorAll("[data-keys-open]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
  if (!toggle) return;
  toggle.checked = keysAreOn();
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) localStorage.removeItem(SWITCH);
      else localStorage.setItem(SWITCH, "yes");
    } catch { /* without a store the keys simply stay on */ }
  });
}

function step(by) {
  const rows = [...document.querySelectorAll("main [data-rows] tr, main .t tbody tr")].filter((row) => row.querySelector("a"));
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("at"));
  const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
  rows[now]?.classList.remove("at");
  next.classList.add("at");
  (next.querySelector("a.row") ?? next.querySelector("a")).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const actions = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => help?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  // The next or previous page of whatever is leafed through: a list, the applications to score.
  n: () => document.querySelector("main a[rel=next]")?.click(),
  p: () => document.querySelector("main a[rel=prev]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event)) event.target.blur();
  if (isTyping(event) || help?.open || !keysAreOn()) return;
  // On a score sheet the questions are the rows; score.js moves between them.
  if ("jk".includes(event.key) && document.querySelector("[data-score-sheet]")) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

startHelp();
