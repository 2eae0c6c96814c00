// Amounts as whole fening (BigInt), read and written as grants/money.py does; never a float.
const GROUPED = /^\d{1,3}(\.\d{3})+(,\d{1,2})?$/;
const PLAIN = /^(\d+(,\d{1,2})?|\d+\.\d{1,2})$/;

// Fening of an amount as typed, null when it is none.
export function parseAmount(text) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, "").replace(/(KM|КМ|BAM)$/, "");
  if (GROUPED.test(bare)) return toFening(bare.replaceAll(".", "").replace(",", "."));
  if (PLAIN.test(bare)) return toFening(bare.replace(",", "."));
  return null;
}

function toFening(text) {
  const [whole, cents = ""] = text.split(".");
  return BigInt(whole) * 100n + BigInt(cents.padEnd(2, "0"));
}

// A quantity with up to three decimals, as whole thousandths.
export function parseQuantity(text) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, "");
  const plain = GROUPED.test(bare) ? bare.replaceAll(".", "") : bare;
  const found = /^(\d+)(?:[.,](\d{1,3}))?$/.exec(plain);
  return found ? BigInt(found[1]) * 1000n + BigInt((found[2] ?? "").padEnd(3, "0")) : null;
}

export function formAmount(fening) {
  const sign = fening < 0n ? "-" : "";
  const size = fening < 0n ? -fening : fening;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${sign}${whole},${String(size % 100n).padStart(2, "0")}`;
}

// The currency in the script of the page.
const currency = () => (document.documentElement.lang?.endsWith("Cyrl") ? "КМ" : "KM");

export const formWithCurrency = (fening) => `${formAmount(fening)}\u00a0${currency()}`;

// Whole numbers inside a sentence as they are written here, 4.000, however the browser grouped them.
export const groupDigits = (text) =>
  text.replace(/\d+(?:[.,\s]\d{3})*/g, (found) => found.replace(/\D/g, "").replace(/\B(?=(\d{3})+$)/g, "."));

// One half goes up; both of 0 or more.
export const divideHalfUp = (above, below) => (2n * above + below) / (2n * below);

// Tenths of a percent as they are read: 22,8 %.
export function formShare(part, whole) {
  const tenths = whole > 0n ? divideHalfUp(part * 1000n, whole) : 0n;
  return tenths % 10n ? `${tenths / 10n},${tenths % 10n}\u00a0%` : `${tenths / 10n}\u00a0%`;
}
