// Modal questions.

import { el, uniqueId } from "./dom.js";
import { createForm } from "./form.js";
import { t } from "./i18n.js";

/** Opens a dialog. Answers { element, closed }: `closed` resolves to what it was closed with, "" when dismissed. */
export function openDialog({ title, content }) {
  const id = uniqueId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id }, el("h2", { id }, title), content);
  document.body.append(dialog);
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
  dialog.showModal();
  return { element: dialog, closed };
}

/**
 * Asks and waits. `choices`: [{ value, label, kind }] with kind "primary", "danger" or "quiet".
 * Answers the chosen value, or null when the dialog was dismissed.
 */
export async function ask({ title, body, choices }) {
  const content = [
    el("div", { class: "dialog-body" }, body),
    el("form", { method: "dialog", class: "actions" },
      choices.map(({ value, label, kind }) => el("button", { class: `button ${kind}`, value }, label))),
  ];
  const answer = await openDialog({ title, content }).closed;
  return answer === "" ? null : answer;
}

/** Asks before something that cannot be taken back. */
export async function confirmed({ title, text, action, kind = "danger" }) {
  const answer = await ask({
    title,
    body: el("p", {}, text),
    choices: [{ value: "cancel", label: t("cancel"), kind: "quiet" }, { value: "go", label: action, kind }],
  });
  return answer === "go";
}

/**
 * A form in a dialog, which stays open until `onSubmit(values, form)` succeeds; what goes wrong is said inside.
 * `more`: nodes below the fields. `dismiss`: the label of the way back.
 * Answers true when it was done, false when the person left.
 */
export async function formDialog({
  title, body, fields = [], more = null, dismiss = t("cancel"), onSubmit, ...rest
}) {
  const back = el("button", { class: "button quiet", type: "button", onclick: leave }, dismiss);
  const form = createForm({
    ...rest, label: title, fields,
    layout: el("div", { class: "dialog-body" }, body, fields.map((field) => field.element), more),
    extra: [back],
    async onSubmit(values) {
      if (await onSubmit(values, form) !== false) dialog.element.close("done");
    },
  });
  const dialog = openDialog({ title, content: form.element });
  // Going away while it is being done would leave open whether it was.
  dialog.element.addEventListener("cancel", (event) => form.isBusy() && event.preventDefault());
  function leave() {
    if (!form.isBusy()) dialog.element.close("");
  }
  return (await dialog.closed) === "done";
}
