// Questions that are asked, or must be answered, only after a certain answer to another question of the same form.
//
// <div data-shown-when='[{"question": "has_partners", "one_of": ["yes"]}]'>: hidden until every condition holds; without codes
// in one_of any answer will do. data-needed-when: hides the words "not mandatory" (.optional) inside while it holds.
// The server decides the same from what is saved; without this script the page follows with each save.
import { readField } from "./typed.js";

export function startConditions(form) {
  const follow = () => {
    // In the order of the form: a question that is hidden itself has no answer.
    for (const asked of form.querySelectorAll("[data-shown-when]")) asked.hidden = !holds(form, asked.dataset.shownWhen);
    for (const asked of form.querySelectorAll("[data-needed-when]")) {
      const needed = holds(form, asked.dataset.neededWhen);
      for (const words of asked.querySelectorAll(".optional")) words.hidden = needed;
    }
  };
  form.addEventListener("input", follow);
  form.addEventListener("poziv:taken-over", follow);
  follow();
}

function holds(form, conditions) {
  return JSON.parse(conditions).every(({ question, one_of: codes }) => {
    const given = answers(form, question);
    return codes.length ? codes.some((code) => given.includes(code)) : given.length > 0;
  });
}

// What is answered to a question: its texts, or whatever stands in the cells of its rows.
function answers(form, question) {
  const fields = [...form.elements].filter(({ name }) => name === question || (name?.startsWith(`${question}.`) && name !== `${question}.rows`));
  const open = fields.filter((field) => !field.closest(".asked[hidden]"));
  return [...new Set(open.map((field) => field.name))].flatMap((name) => readField(form, name) ?? []).map((text) => text.trim()).filter(Boolean);
}
