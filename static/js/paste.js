// Cells copied in a spreadsheet and pasted into a cell of the budget fill the cells to the right and below; missing lines are
// added, what was filled is said in [data-pasted], and one button takes it all back. The server reads it like anything typed.
import { say } from "./texts.js";

const ROLES = ["description", "unit", "quantity", "price", "requested", "own", "activity", "partner", "justification"];

export function startPaste(budget) {
  budget.addEventListener("paste", (event) => {
    const start = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isCell(start) || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    announce(budget, paste(budget, start, readCells(text)));
  });
}

const isCell = (element) => ROLES.includes(element?.dataset?.role);

// Cells parted by tabs, lines by line ends; a quoted cell may hold both, and two quotes are one.
export function readCells(text) {
  const rows = [[]];
  let cell = "";
  let isQuoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at];
    if (isQuoted && sign === '"' && source[at + 1] === '"') at += 1;
    else if (isQuoted && sign === '"') {
      isQuoted = false;
      continue;
    } else if (!isQuoted && sign === '"' && cell === "") {
      isQuoted = true;
      continue;
    } else if (!isQuoted && (sign === "\t" || sign === "\n")) {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
      continue;
    }
    cell += sign;
  }
  rows.at(-1).push(cell);
  return rows;
}

function paste(budget, start, cells) {
  const done = { before: [], added: [], rowsText: rowsField(budget).value, cells: 0 };
  const column = cellsOf(start.closest("[data-line]")).indexOf(start);
  let line = start.closest("[data-line]");
  for (const [at, row] of cells.entries()) {
    if (at) line = nextLine(line) ?? addLine(budget, line, done);
    if (!line) break;
    const fields = cellsOf(line).slice(column);
    row.slice(0, fields.length).forEach((text, place) => fill(fields[place], text.trim(), done));
    done.lines = at + 1;
  }
  document.dispatchEvent(new Event("poziv:pasted"));
  return done;
}

const rowsField = (budget) => budget.querySelector("[data-rows]");
const cellsOf = (line) => [...line.querySelectorAll("[data-role]")].filter(isCell);

// The next line under the same heading, as one sees it.
function nextLine(line) {
  const next = line.nextElementSibling;
  return next?.dataset.line !== undefined && next.dataset.group === line.dataset.group ? next : null;
}

function fill(field, text, done) {
  done.before.push([field, field.value]);
  write(field, field.tagName === "SELECT" ? optionOf(field, text) : text.replace(/\n+/g, " "));
  done.cells += 1;
}

function write(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// A choice by its code (1.1), by its words, or by both as the page shows them.
function optionOf(field, text) {
  const wanted = text.toLowerCase();
  const found = [...field.options].find((option) => {
    const shown = option.textContent.trim().toLowerCase();
    const [code, ...words] = shown.split(" · ");
    return option.value && wanted && [shown, code, words.join(" · ")].includes(wanted);
  });
  return found?.value ?? "";
}

function addLine(budget, last, done) {
  const most = Number(budget.dataset.most || 300);
  const rows = rowsField(budget).value.split(" ").filter(Boolean);
  if (rows.length >= most) {
    done.isFull = true;
    return null;
  }
  const id = newId();
  const line = copyOf(last, id);
  last.after(line);
  done.added.push(line);
  write(rowsField(budget), [...rows, id].join(" "));
  const heading = line.querySelector('input[type="hidden"][name$=".heading"]');
  if (heading) write(heading, last.dataset.group);
  return line;
}

const newId = () => [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// The line once more, empty, under a name of its own: 1.3 after 1.2.
function copyOf(last, id) {
  const line = last.cloneNode(true);
  const from = `.${last.dataset.line}`;
  const code = last.querySelector("[data-code]").textContent;
  const next = code.replace(/\d+$/, (number) => String(Number(number) + 1));
  const renamed = (text) => text.replace(new RegExp(`${RegExp.escape?.(from) ?? from.replace(".", "\\.")}(?=\\.|$|-)`, "g"), `.${id}`);
  for (const element of [line, ...line.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "value", "aria-describedby"]) {
      if (element.hasAttribute(name) && (name !== "value" || element.name === "remove")) element.setAttribute(name, renamed(element.getAttribute(name)));
    }
    element.removeAttribute("aria-invalid");
  }
  line.dataset.line = id;
  for (const message of line.querySelectorAll(".govuk-error-message")) message.remove();
  for (const field of cellsOf(line)) field.value = "";
  for (const text of line.querySelectorAll(".sr")) text.textContent = text.textContent.replace(code, next);
  line.querySelector("[data-code]").textContent = next;
  return line;
}

// Lines that were pasted and never reached the server stand on the page again, so that their cells can be written back.
export function bringBackLines(budget, fields) {
  const rows = rowsField(budget);
  const kept = (fields[rows?.name]?.[0] ?? "").split(" ").filter(Boolean);
  const present = new Set([...budget.querySelectorAll("[data-line]")].map((line) => line.dataset.line));
  for (const id of kept.filter((each) => !present.has(each))) {
    const group = fields[rows.name.replace(/rows$/, `${id}.heading`)]?.[0];
    const last = [...budget.querySelectorAll("[data-line]")].filter((line) => line.dataset.group === group).at(-1);
    if (!last) continue;
    const line = copyOf(last, id);
    // Empty, so that its heading counts as not yet sent either.
    const heading = line.querySelector('input[type="hidden"][name$=".heading"]');
    if (heading) heading.value = "";
    last.after(line);
  }
}

function announce(budget, done) {
  const box = budget.querySelector("[data-pasted]");
  const words = say(done.added.length ? "pastedAdded" : "pasted", { cells: done.cells, lines: done.lines, added: done.added.length });
  const undo = document.createElement("button");
  undo.type = "button";
  undo.className = "btn quiet small";
  undo.textContent = say("undoPaste");
  undo.addEventListener("click", () => takeBack(budget, done));
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: done.isFull ? `${words} ${say("pastedFull")}` : words }), undo);
}

function takeBack(budget, done) {
  const added = done.added.map((line) => line.dataset.line);
  for (const [field, text] of done.before.reverse()) write(field, text);
  const rows = rowsField(budget).value.split(" ").filter((id) => id && !added.includes(id));
  for (const line of done.added) line.remove();
  write(rowsField(budget), rows.join(" "));
  document.dispatchEvent(new Event("poziv:pasted"));
  const box = budget.querySelector("[data-pasted]");
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: say("pasteUndone") }));
  done.before[0]?.[0].focus();
}
