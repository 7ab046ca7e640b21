// What is grave needs a fresh proof that the person is still the one who logged in: a code by mail. Asked for in one
// place, whichever call needs it.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { formDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { codeField, codeProblem } from "./login-code.js";
import { Problem } from "./problem.js";
import { renewed, session } from "./session.js";

/** The question that stands open: several calls at once share it. */
let asked = null;

/** Answers true once the person has proved who they are, false when they would rather not; throws Problem. */
export function prove() {
  asked ??= ask().finally(() => (asked = null));
  return asked;
}

async function ask() {
  await sendCode();
  const code = codeField();
  const again = el("button", { class: "button quiet", type: "button", onclick: sendAgain }, t("login.again"));
  const said = el("p", { class: "hint", role: "status" });
  return formDialog({
    title: t("proof.title"),
    body: [el("p", {}, t("proof.text", { email: session().user.email }))],
    fields: [code],
    submitLabel: t("proof.go"),
    more: [again, said],
    async onSubmit(values) {
      try {
        renewed(await api.post("/auth/proof", { code: values.code }));
        return true;
      } catch (problem) {
        if (!codeProblem(code, problem)) throw problem;
        return false;
      }
    },
  });

  async function sendAgain() {
    try {
      await sendCode();
      said.textContent = t("proof.sent");
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      said.textContent = problem.message;
    }
    announce(said.textContent);
  }
}

const sendCode = () => api.post("/auth/proof/start", {});
