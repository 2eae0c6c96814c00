// The budget adds itself up while one types; the server counts again and its word holds.
// [data-budget] holds rows [data-line data-group] with inputs [data-role=quantity|price|requested|own],
// outputs [data-sum=all|requested|own|group key|source key] and [data-part=group key], and limits [data-cap] (macro cap_card): data-of + data-max, data-min in
// fening, data-least-part of data-least-whole of data-base; or data-groups + data-base=all|requested and the limit as data-limit-part of data-limit-whole of that base.
import { say } from "./texts.js";
import { divideHalfUp, formAmount, formShare, formWithCurrency, parseAmount, parseQuantity } from "./amounts.js";

export function startBudget(budget) {
  for (const row of budget.querySelectorAll("[data-line]")) row.worth = worthOf(row);
  budget.addEventListener("input", (event) => {
    const row = event.target.closest("[data-line]");
    if (row && ["quantity", "price"].includes(event.target.dataset.role)) carryOver(row);
    count(budget);
  });
  budget.addEventListener("change", (event) => tidy(event.target));
  for (const event of ["poziv:taken-over", "poziv:pasted"]) document.addEventListener(event, () => count(budget));
  count(budget);
}

const field = (row, role) => row.querySelector(`[data-role="${role}"]`);
const amountOf = (input) => parseAmount(input?.value ?? "") ?? 0n;
const amountIn = (row, role) => amountOf(field(row, role));
// The own part of a line may be shared out among several sources.
const ownFields = (row) => [...row.querySelectorAll('[data-role="own"]')];
const ownIn = (row) => ownFields(row).reduce((sum, input) => sum + amountOf(input), 0n);

// Quantity times price in fening, one half up; null while one of them is missing.
function worthOf(row) {
  const quantity = parseQuantity(field(row, "quantity")?.value ?? "");
  const price = parseAmount(field(row, "price")?.value ?? "");
  return quantity === null || price === null ? null : divideHalfUp(quantity * price, 1000n);
}

// While nobody has split the line otherwise, what is asked for follows quantity and price.
function carryOver(row) {
  const before = row.worth;
  row.worth = worthOf(row);
  const requested = field(row, "requested");
  if (!requested || row.worth === null) return;
  const own = ownIn(row);
  const follows = requested.value.trim() === "" || (before !== null && amountIn(row, "requested") + own === before);
  if (!follows || row.worth < own) return;
  requested.value = formAmount(row.worth - own);
  requested.dispatchEvent(new Event("input", { bubbles: true }));
}

function tidy(input) {
  if (!["price", "requested", "own"].includes(input.dataset?.role)) return;
  const amount = parseAmount(input.value);
  if (amount === null || input.value === formAmount(amount)) return;
  input.value = formAmount(amount);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function count(budget) {
  const sums = { all: 0n, requested: 0n, own: 0n, "in-kind": 0n };
  for (const row of budget.querySelectorAll("[data-line]")) {
    const requested = amountIn(row, "requested");
    const own = ownIn(row);
    for (const input of ownFields(row)) {
      add(sums, `source:${input.dataset.source}`, amountOf(input));
      if ("inKind" in input.dataset) sums["in-kind"] += amountOf(input);
    }
    for (const output of row.querySelectorAll("[data-own]")) output.textContent = formAmount(own);
    sums.requested += requested;
    sums.own += own;
    sums.all += requested + own;
    add(sums, `all:${row.dataset.group}`, requested + own);
    add(sums, `requested:${row.dataset.group}`, requested);
    const worth = worthOf(row);
    row.classList.toggle("unequal", worth !== null && worth !== requested + own);
    mark(row, worth !== null && worth !== requested + own ? say("sumMismatch", { sum: formWithCurrency(worth) }) : "");
  }
  for (const output of budget.querySelectorAll("[data-sum]")) {
    output.textContent = formAmount(sums[output.dataset.sum] ?? sums[`all:${output.dataset.sum}`] ?? 0n);
  }
  for (const output of budget.querySelectorAll("[data-part]")) {
    output.textContent = formShare(sums[`all:${output.dataset.part}`] ?? 0n, sums.all);
  }
  sums.counted = sums.own - notCounted(budget, sums);
  for (const cap of budget.querySelectorAll("[data-cap]")) showCap(cap, sums);
}

// What of the contributions in kind does not count as co-financing, rounded up to a fening.
function notCounted(budget, sums) {
  const { inKindPart, inKindWhole } = budget.dataset;
  if (inKindPart === undefined) return 0n;
  const excess = sums["in-kind"] * BigInt(inKindWhole) - sums.own * BigInt(inKindPart);
  return excess > 0n ? roundUp(excess, BigInt(inKindWhole)) : 0n;
}

const roundUp = (above, below) => (above + below - 1n) / below;

function add(sums, key, amount) {
  sums[key] = (sums[key] ?? 0n) + amount;
}

function mark(row, text) {
  const place = row.querySelector("[data-line-note]");
  if (place && place.textContent !== text) place.textContent = text;
}

function showCap(cap, sums) {
  const { of, groups, base = "all" } = cap.dataset;
  if (groups === undefined && of === undefined) return;
  const part = groups === undefined ? sums[of] : groups.split(" ").reduce((sum, group) => sum + (sums[`${base}:${group}`] ?? 0n), 0n);
  const limits = limitsOf(cap.dataset, sums[base]);
  const isShare = cap.dataset.limitPart !== undefined;
  const figure = isShare ? formShare(part, sums[base]) : formWithCurrency(part);
  const whole = isShare || limits.most === null ? sums[base] : limits.most;
  // Width in hundredths of a percent: whole numbers up to the last step.
  const width = whole > 0n ? Number((part * 10000n) / whole) / 100 : 0;
  const isOver = limits.most !== null && part > limits.most;
  draw(cap, { width: Math.min(width, 100), over: isOver || part < limits.least, figure });
  tell(cap, { part, isOver, ...limits });
  const detail = cap.querySelector("[data-detail]");
  if (detail) detail.textContent = detailOf(part, limits, isShare || limits.most === null ? sums[base] : null);
}

function limitsOf({ max, min, limitPart, limitWhole, leastPart, leastWhole }, base) {
  // A whole amount is above an exact limit just when it is above the limit rounded down.
  if (limitPart !== undefined) return { most: (base * BigInt(limitPart)) / BigInt(limitWhole), least: 0n };
  if (leastPart !== undefined) return { most: null, least: roundUp(base * BigInt(leastPart), BigInt(leastWhole)) };
  return { most: BigInt(max), least: BigInt(min ?? 0) };
}

function tell(cap, { part, most, least, isOver }) {
  const verdict = cap.querySelector("[data-verdict]");
  const isLow = part < least;
  const above = "softly" in cap.dataset ? "notCounted" : "above";
  const words = isOver ? say(above, { amount: formWithCurrency(part - most) }) : isLow ? say("below", { amount: formWithCurrency(least - part) }) : say("within");
  verdict.className = `tag ${isOver || isLow ? "red" : "green"}`;
  if (verdict.textContent !== words) verdict.textContent = words;
}

function detailOf(part, { most, least }, base) {
  if (most === null) return say("least", { base: formWithCurrency(base), least: formWithCurrency(least) });
  const left = formWithCurrency(most > part ? most - part : 0n);
  if (base === null) return say("leftOver", { left });
  return say("meter", { part: formWithCurrency(part), base: formWithCurrency(base), most: formWithCurrency(most), left });
}

function draw(cap, { width, over, figure }) {
  const meter = cap.querySelector(".meter");
  meter.classList.toggle("over", over);
  meter.querySelector(".fill").setAttribute("width", `${width}%`);
  cap.querySelector("[data-figure]").textContent = figure;
  const title = cap.querySelector("h2, h3, h4").textContent;
  meter.querySelector("title").textContent = `${title}: ${figure}`;
}
