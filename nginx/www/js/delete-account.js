// The end of the account: what it means, and that nobody does it by accident.

import { note } from "./announce.js";
import * as api from "./api.js";
import { formDialog } from "./dialog.js";
import { el } from "./dom.js";
import { textField } from "./fields.js";
import { day, t } from "./i18n.js";
import { callOffButton, noteDeletion } from "./leaving.js";
import { tellProblem } from "./limit.js";
import { Problem } from "./problem.js";
import { renderAgain } from "./router.js";

/** `customer`: as the API shows it. */
export function deleteSection(customer) {
  const planned = customer.deletion_at !== null;
  return el("section", { class: "card", "aria-labelledby": "deletion" },
    el("h2", { id: "deletion" }, t("deletion.title")),
    planned ? el("p", {}, t("deletion.planned", { day: day(customer.deletion_at) }))
      : [el("p", {}, t("deletion.text")), consequences()],
    planned ? callOffButton().element : el("p", {}, el("button", {
      class: "button danger", type: "button", onclick: () => begin(customer),
    }, t("deletion.go"))));
}

const consequences = () => el("ul", {},
  ["sites", "data", "members", "payment", "back"].map((what) => el("li", {}, t(`deletion.what_${what}`))));

async function begin(customer) {
  const field = textField({
    path: "confirm", label: t("deletion.confirm", { name: customer.name }), max: 200, autocomplete: "off",
    autocapitalize: "none", spellcheck: false,
    check: (text) => (text.trim() === customer.name.trim() ? null : t("deletion.differs")),
  });
  let next = null;
  try {
    const done = await formDialog({
      title: t("deletion.title"), body: consequences(), fields: [field], submitLabel: t("deletion.go"),
      submitKind: "danger", dismiss: t("deletion.keep"),
      async onSubmit(values) {
        next = await api.remove("/customer", null, values);
      },
    });
    if (!done) return;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await tellProblem(problem);
    return;
  }
  noteDeletion(next);
  await renderAgain();
  document.querySelector("h1")?.focus();
  note(t("deletion.planned", { day: day(next.deletion_at) }));
}
