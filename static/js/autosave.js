// A form that saves itself. <form data-autosave="URL"> with a hidden field "version" and a live region [data-saved].
//
// Sent: POST, form data, header X-Autosave: 1 and X-CSRFToken: `version`, one `changed` per changed field name, and the
// values of those fields (a name in `changed` without a value was emptied: an unticked box, a cleared choice).
// Answers: 200 {"version", "saved_at": "14:32:07", "sentences"?: [...]}: saved; sentences say what is still to be mended.
//          409 {"version", "fields": {name: text or [texts]}, "by"?, "saved_at"?}: somebody else saved first; fields is the whole part as it
//              is saved now. Where both changed the same field, both texts are shown with a choice. (409 without "fields" is a refusal.)
//          401: the token or the session ended: with a new token it goes on by itself; else one signs in in another tab, then it is sent
//              again, with the token of the new session.
//          other 4xx {"sentences": [...]}: refused for good, said why. 5xx, 429 and no answer: tried again, later and later.
// What is typed stays in localStorage until the server has acknowledged it.
import { say } from "./texts.js";
import { readDrawn, readField, writeField, readStore, writeStore } from "./typed.js";
import { showConflict } from "./conflict.js";
import { bringBackLines } from "./paste.js";

const QUIET = 800; // ms without typing before it is sent
const LONGEST_WAIT = 60;
const UNSENT_FIELDS = new Set(["csrf_token", "version", "changed"]);

export function startAutosave(form) {
  new Autosave(form).start();
}

const isSame = (some, other) => JSON.stringify(some ?? []) === JSON.stringify(other ?? []);

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.key = `poziv:${document.body.dataset.person ?? ""}:${this.address}`;
    this.line = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.tab = String(Math.random()); // other tabs with the same part share the store
    this.changed = new Set(); // names typed into and not yet acknowledged
    this.base = {}; // the texts as the server knew them when this page last heard of it
    this.flying = null; // the promise of the request on its way
    this.failures = 0;
    this.paused = false; // while a person has to decide or to sign in
  }

  get version() {
    return this.form.elements.version?.value ?? "";
  }

  set version(value) {
    if (this.form.elements.version) this.form.elements.version.value = value;
  }

  start() {
    for (const { name } of this.form.elements) if (name) this.base[name] ??= readDrawn(this.form, name);
    this.restore();
    // What a fast writer typed before this script arrived.
    for (const element of this.form.elements) {
      const isField = element.name && !(element instanceof HTMLButtonElement);
      if (isField && !isSame(readField(this.form, element.name), this.base[element.name])) this.note(element);
    }
    this.form.addEventListener("input", (event) => this.note(event.target));
    this.form.addEventListener("focusout", (event) => this.left(event));
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event), true);
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.changed.size && !this.isKept() && !this.leaving) event.preventDefault();
    });
  }

  note(element) {
    const name = element?.name;
    if (!name || UNSENT_FIELDS.has(name) || element.type === "file" || "unsaved" in element.dataset) return;
    this.changed.add(name);
    this.keep();
    this.soon(QUIET);
  }

  // Who leaves a field for a button is pressing it: a line that grows now would push it away under the finger.
  left(event) {
    this.soon(event.relatedTarget instanceof HTMLButtonElement ? QUIET : 0);
  }

  // What a person typed and the server never acknowledged comes back, with the version it was typed against.
  restore() {
    const kept = readStore(this.key);
    if (!kept) return;
    for (const budget of this.form.querySelectorAll("[data-budget]")) bringBackLines(budget, kept.fields);
    const differing = Object.entries(kept.fields).filter(([name, texts]) => {
      const now = readField(this.form, name);
      return now !== null && !isSame(now, texts);
    });
    if (!differing.length) {
      writeStore(this.key, null);
      return;
    }
    for (const [name, texts] of differing) {
      writeField(this.form, name, texts);
      this.changed.add(name);
    }
    this.version = kept.version;
    this.keep();
    this.tell(say("restored"), "waiting");
    // Sums and conditions follow what came back, as they follow what one types.
    this.form.dispatchEvent(new CustomEvent("poziv:taken-over", { bubbles: true }));
    this.soon(QUIET);
  }

  keep() {
    const fields = {};
    for (const name of this.changed) fields[name] = readField(this.form, name) ?? [];
    if (this.changed.size) writeStore(this.key, { tab: this.tab, version: this.version, fields });
    else if (this.isKept()) writeStore(this.key, null);
  }

  // What another tab keeps is not ours to remove, and ours is gone when it wrote its own over it.
  isKept() {
    return readStore(this.key)?.tab === this.tab;
  }

  soon(wait) {
    if (!this.changed.size || this.paused) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  again() {
    this.failures = 0;
    this.renewed = false;
    this.paused = false;
    this.soon(0);
  }

  async send() {
    clearTimeout(this.timer);
    if (this.flying || this.paused || !this.changed.size) return this.flying;
    this.flying = this.sendOnce();
    await this.flying;
    this.flying = null;
    // Typed while it was on its way: that goes next; after a failure its own timer runs.
    if (this.changed.size && !this.failures) this.soon(QUIET);
  }

  async sendOnce() {
    const sent = {};
    for (const name of this.changed) sent[name] = readField(this.form, name) ?? [];
    this.tell(say("saving"), "working");
    let answer;
    let said;
    try {
      answer = await fetch(this.address, this.request(sent));
      said = await answer.json().catch(() => ({}));
    } catch {
      this.retryLater();
      return;
    }
    if (answer.redirected || answer.status === 401) await this.signInAgain();
    else if (answer.ok && said.version !== undefined) this.acknowledge(sent, said);
    else if (answer.status === 409 && said.fields) this.choose(said);
    else if (answer.ok || answer.status >= 500 || answer.status === 429) this.retryLater();
    else this.refuse(said);
  }

  request(sent) {
    const body = new URLSearchParams({ version: this.version });
    for (const [name, texts] of Object.entries(sent)) {
      body.append("changed", name);
      for (const text of texts) body.append(name, text);
    }
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { "X-Autosave": "1", "X-CSRFToken": token, Accept: "application/json" };
    // A body this small may outlive the page; a longer one is refused with keepalive.
    return { method: "POST", body, headers, credentials: "same-origin", keepalive: String(body).length < 60000 };
  }

  acknowledge(sent, said) {
    this.failures = 0;
    this.renewed = false;
    this.version = said.version;
    for (const [name, texts] of Object.entries(sent)) {
      this.base[name] = texts;
      if (isSame(readField(this.form, name), texts)) this.changed.delete(name);
    }
    this.keep();
    const text = say("saved", { time: said.saved_at });
    this.tell(said.sentences?.length ? `${text}. ${said.sentences.join(" ")}` : text, "");
    this.form.dispatchEvent(new CustomEvent("poziv:saved", { bubbles: true, detail: said }));
  }

  retryLater() {
    this.failures += 1;
    const wait = Math.min(2 ** this.failures, LONGEST_WAIT);
    this.tell(navigator.onLine ? say("retrying", { seconds: wait }) : say("offline"), "waiting held");
    this.timer = setTimeout(() => this.send(), wait * 1000);
  }

  // Refused for good: sending the same again would not help; the next change is tried anew.
  refuse(said) {
    this.failures = 1;
    this.tell(say("refused", { reason: said.sentences?.join(" ") || say("refusedPlain") }), "refused");
  }

  // A page left open overnight has an old token though the session lives: the new one is taken without a word, once.
  async signInAgain() {
    if (!this.renewed && (await this.renewToken())) {
      this.renewed = true;
      this.soon(0);
    } else {
      this.askToSignIn();
    }
  }

  askToSignIn() {
    this.paused = true;
    this.tell(say("ended"), "refused");
    const box = document.createElement("div");
    box.className = "note amber";
    const link = Object.assign(document.createElement("a"), { href: this.form.dataset.signIn ?? "/sign-in", target: "_blank", className: "btn small", textContent: say("signIn") });
    const done = Object.assign(document.createElement("button"), { type: "button", className: "btn quiet small", textContent: say("signedIn") });
    const row = Object.assign(document.createElement("p"), { className: "toolbar" });
    row.append(link, done);
    box.append(row);
    this.line.after(box);
    const resume = async () => {
      if (document.hidden || !(await this.renewToken())) return;
      window.removeEventListener("focus", resume);
      box.remove();
      this.again();
    };
    done.addEventListener("click", resume);
    window.addEventListener("focus", resume);
  }

  // The new session has a new token: it stands in this same page, fetched anew.
  async renewToken() {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector('meta[name="csrf-token"]')?.content;
    if (!token || !page.querySelector("form[data-autosave]")) return false;
    document.querySelector('meta[name="csrf-token"]').content = token;
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
    return true;
  }

  choose(said) {
    const theirs = {};
    for (const [name, text] of Object.entries(said.fields)) theirs[name] = Array.isArray(text) ? text : [text];
    const mine = {};
    for (const name of this.changed) {
      const texts = readField(this.form, name) ?? [];
      if (!isSame(texts, theirs[name]) && !isSame(theirs[name], this.base[name])) mine[name] = texts;
    }
    // The other one touched other fields, or this very text had arrived after all: nothing to decide.
    if (!Object.keys(mine).length) {
      this.takeOver(said, theirs, []);
      return;
    }
    this.paused = true;
    this.tell(say("conflict"), "refused");
    showConflict(this.form, { mine, theirs, by: said.by, after: this.line }, (keepsMine) => {
      this.takeOver(said, theirs, keepsMine ? [] : Object.keys(mine));
    });
  }

  // What I did not touch, and what I gave up, becomes as it is saved; the rest of mine is sent on top of it.
  takeOver(said, theirs, givenUp) {
    this.version = said.version;
    for (const name of givenUp) this.changed.delete(name);
    for (const [name, texts] of Object.entries(theirs)) {
      this.base[name] = texts;
      if (!this.changed.has(name)) writeField(this.form, name, texts);
      else if (isSame(readField(this.form, name), texts)) this.changed.delete(name);
    }
    for (const name of givenUp) if (!(name in theirs)) writeField(this.form, name, []);
    this.keep();
    this.tell(said.saved_at && !this.changed.size ? say("saved", { time: said.saved_at }) : "", "");
    this.form.dispatchEvent(new CustomEvent("poziv:taken-over", { bubbles: true }));
    this.again();
  }

  // The form itself carries everything; only a request on its way must land first, or the version would be stale.
  // Without internet the page stays: the browser's own page of failure would come in its place.
  async beforeSubmit(event) {
    clearTimeout(this.timer);
    if ((!this.flying && navigator.onLine) || this.leaving) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    await this.send();
    if (this.failures && !navigator.onLine) return;
    this.leaving = true;
    this.form.requestSubmit(submitter);
  }

  tell(text, state) {
    if (!this.line) return;
    this.line.className = `saved${state ? ` ${state}` : ""}`;
    if (this.line.textContent !== text) this.line.textContent = text;
  }
}
