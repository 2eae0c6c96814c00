// What stands in the fields of a form, by name, and a store in this browser for what is not yet saved elsewhere.

function elementsOf(form, name) {
  const found = form.elements.namedItem(name);
  if (!found) return [];
  // A fieldset around ticks is found by its id, which is their name, but holds no text.
  return (found instanceof RadioNodeList ? [...found] : [found]).filter((element) => element.name === name);
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

// The same as the server drew it, whatever was typed since.
export function readDrawn(form, name) {
  return elementsOf(form, name).flatMap((element) => {
    if (isTick(element)) return element.defaultChecked ? [element.value] : [];
    if (!element.options) return [element.defaultValue];
    const drawn = [...element.options].filter((option) => option.defaultSelected);
    const shown = drawn.length || element.multiple ? drawn : [...element.options].slice(0, 1);
    return shown.map((option) => option.value);
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

// A full or forbidden store is no reason to stop saving to the server.
export function writeStore(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The page warns before it is left, because nothing is kept.
  }
}
