// Two people saved the same part: both texts side by side, and a choice. Nothing is overwritten before it is made.
import { say } from "./texts.js";
import { labelOf } from "./typed.js";

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function shown(text) {
  const joined = (Array.isArray(text) ? text : [text]).join(", ").trim();
  return joined || say("empty");
}

function compare(title, text) {
  const side = make("div");
  side.append(make("p", "title", title), make("blockquote", "", shown(text)));
  return side;
}

export function showConflict(form, { mine, theirs, by, after }, decide) {
  const box = make("section", "conflict");
  box.tabIndex = -1;
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", say("conflict"));
  box.append(make("p", "title", say("conflict")), make("p", "", by ? say("conflictBy", { name: by }) : say("conflictWho")));
  for (const [name, text] of Object.entries(mine)) {
    const other = theirs[name] ?? [];
    if (shown(other) === shown(text)) continue;
    box.append(make("p", "muted", labelOf(form, name)));
    const pair = make("div", "grid2");
    pair.append(compare(say("mine"), text), compare(say("theirs"), other));
    box.append(pair);
  }
  const row = make("p", "toolbar");
  for (const [label, keepsMine, look] of [[say("keepMine"), true, "btn small"], [say("keepTheirs"), false, "btn quiet small"]]) {
    const button = make("button", look, label);
    button.type = "button";
    button.addEventListener("click", () => {
      box.remove();
      decide(keepsMine);
    });
    row.append(button);
  }
  box.append(row);
  (after ?? form.firstElementChild).after(box);
  box.focus();
}
