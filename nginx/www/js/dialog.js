// Modal questions.

import { el, uniqueId } from "./dom.js";
import { t } from "./i18n.js";

/**
 * Asks and waits. `choices`: [{ value, label, kind }] with kind "primary", "danger" or "quiet".
 * Answers the chosen value, or null when the dialog was dismissed.
 */
export function ask({ title, body, choices }) {
  const id = uniqueId("dialog");
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": id },
    el("h2", { id }, title),
    el("div", { class: "dialog-body" }, body),
    el("form", { method: "dialog", class: "actions" },
      choices.map(({ value, label, kind }) => el("button", { class: `button ${kind}`, value }, label))));
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue;
      dialog.remove();
      resolve(answer === "" ? null : answer);
    });
    dialog.showModal();
  });
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
