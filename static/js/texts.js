// The sentences that scripts say live in <template id="texts">, so that they are translated with the rest of the page.
const source = document.getElementById("texts");

export function say(key, facts = {}) {
  const sentence = source?.dataset[`say${key[0].toUpperCase()}${key.slice(1)}`] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}
