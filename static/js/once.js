// A form is sent once: a second click while it is on its way does nothing. The server refuses doubles anyway.
const REOPEN_AFTER = 15000; // a download answers without leaving the page; the button must come back

export function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("once" in form.dataset) || event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => reopen(form), REOPEN_AFTER);
  });
  // A page that comes back from the browser's own store must be usable again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(reopen));
}

function reopen(form) {
  delete form.dataset.sending;
  form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute("aria-disabled"));
}
