// Another e-mail address for the person: a code proves that it is theirs.

import * as api from "./api.js";
import { note } from "./announce.js";
import { formDialog } from "./dialog.js";
import { el } from "./dom.js";
import { checkField, textField } from "./fields.js";
import { t } from "./i18n.js";
import { tellProblem } from "./limit.js";
import { codeField, codeProblem } from "./login-code.js";
import { Problem } from "./problem.js";
import { renderAgain } from "./router.js";
import { emailRule } from "./rules.js";
import { renewed, session } from "./session.js";

/** The section with the address one logs in with. */
export function addressSection() {
  return el("section", { class: "card", "aria-labelledby": "address" },
    el("h2", { id: "address" }, t("login.email")),
    el("p", {}, t("address.text", { email: session().user.email })),
    el("p", {}, el("button", { class: "button quiet", type: "button", onclick: begin }, t("address.change"))));
}

async function begin() {
  try {
    await change();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await tellProblem(problem);
  }
}

async function change() {
  const field = textField({
    path: "email", label: t("address.new"), kind: "email", max: 254, autocomplete: "email", inputmode: "email",
    autocapitalize: "none", spellcheck: false, check: emailRule,
  });
  let email = null;
  const asked = await formDialog({
    title: t("address.change"), fields: [field], submitLabel: t("login.send"),
    async onSubmit(values) {
      await api.post("/account/email", values);
      email = values.email;
    },
  });
  if (!asked) return;
  const code = codeField();
  const end = checkField({ path: "end_sessions", label: t("address.end_sessions"), value: true });
  const done = await formDialog({
    title: t("address.code_title"), body: el("p", {}, t("address.code_text", { email })), fields: [code, end],
    submitLabel: t("address.go"),
    async onSubmit(values) {
      try {
        renewed(await api.post("/account/email/confirm", { email, ...values }));
        return true;
      } catch (problem) {
        if (!codeProblem(code, problem)) throw problem;
        return false;
      }
    },
  });
  if (!done) return;
  await renderAgain();
  note(t("address.changed", { email }));
}
