// The help of the question one is in stands open beside it, where there is room; elsewhere it opens by hand as always.
const ROOM = matchMedia("(min-width: 1200px)");

export function startHelp(form) {
  let opened = null;
  const follow = (element) => {
    const help = element.closest(".asked:not(.asked-wide)")?.querySelector(":scope > details[data-help]") ?? null;
    if (!ROOM.matches || help === opened || element.closest("details[data-help]")) return;
    if (opened) opened.open = false;
    opened = help && !help.open ? help : null;
    if (opened) opened.open = true;
  };
  form.addEventListener("focusin", (event) => follow(event.target));
  if (form.contains(document.activeElement)) follow(document.activeElement);
}
