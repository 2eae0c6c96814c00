// The help of the question one is in stands open beside it, where there is room; elsewhere it opens by hand as always.
const ROOM = matchMedia("(min-width: 1200px)");

export function startHelp(form) {
  let opened = null;
  form.addEventListener("focusin", (event) => {
    const help = event.target.closest(".asked:not(.asked-wide)")?.querySelector(":scope > details[data-help]");
    if (!ROOM.matches || help === opened || event.target.closest("details[data-help]")) return;
    if (opened) opened.open = false;
    opened = help && !help.open ? help : null;
    if (opened) opened.open = true;
  });
}
