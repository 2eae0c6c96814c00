// What stands in the fields of a form, by name, and a store in this browser for what is not yet saved elsewhere.

function elementsOf(form, name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

const isTick = (element) => element.type === "checkbox" || element.type === "radio";

// The texts of a field; [] when nothing is chosen, null when there is no such field.
export function readField(form, name) {
  const elements = elementsOf(form, name);
  if (!elements.length) return null;
  return elements.flatMap((element) => {
    if (isTick(element)) return element.checked ? [element.value] : [];
    if (element.multiple && element.options) return [...element.selectedOptions].map((option) => option.value);
    return [element.value];
  });
}

export function writeField(form, name, texts) {
  elementsOf(form, name).forEach((element, at) => {
    if (isTick(element)) element.checked = texts.includes(element.value);
    else if (element.multiple && element.options) for (const option of element.options) option.selected = texts.includes(option.value);
    else element.value = texts[at] ?? "";
  });
}

export function labelOf(form, name) {
  const [first] = elementsOf(form, name);
  const legend = first?.closest("fieldset")?.querySelector("legend");
  return (isTick(first ?? {}) && legend ? legend : first?.labels?.[0])?.textContent.trim() ?? name;
}

export function readStore(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// True when it is kept; a full or forbidden store is no reason to stop saving to the server.
export function writeStore(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
