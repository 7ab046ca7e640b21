// The page behind the mailed link. Only its button uses the token up: programs that look into mails open links too.

import * as api from "../api.js";
import { el, replace } from "../dom.js";
import { enter } from "../enter.js";
import { textField } from "../fields.js";
import { createForm } from "../form.js";
import { t } from "../i18n.js";
import { codeField, codeProblem } from "../login-code.js";
import { takeGoal } from "../return-to.js";
import { heading } from "../router.js";
import { emailRule } from "../rules.js";

export function confirm() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  const card = el("div", { class: "card" });
  if (token) showButton();
  else showInvalid();

  function showButton() {
    const form = createForm({
      label: t("confirm.title"),
      fields: [],
      layout: el("p", {}, t("confirm.text")),
      submitLabel: t("confirm.button"),
      async onSubmit() {
        try {
          const session = await api.post("/auth/confirm", { token });
          forgetToken();
          await enter(session, takeGoal());
        } catch (problem) {
          if (problem.code === "code_required") showCode();
          else if (problem.code === "login_invalid") showInvalid();
          else throw problem;
          forgetToken();
        }
      },
    });
    replace(card, form.element);
  }

  function showCode() {
    const email = textField({
      path: "email", label: t("login.email"), kind: "email", autocomplete: "email", max: 254, check: emailRule,
    });
    const code = codeField();
    const form = createForm({
      label: t("confirm.code_title"),
      fields: [email, code],
      submitLabel: t("login.confirm"),
      async onSubmit(values) {
        try {
          await enter(await api.post("/auth/confirm", values), takeGoal());
        } catch (problem) {
          if (!codeProblem(code, problem)) throw problem;
        }
      },
    });
    replace(card, el("h2", { tabindex: -1 }, t("confirm.code_title")), el("p", {}, t("confirm.code_text")),
      form.element);
    card.querySelector("h2").focus();
  }

  function showInvalid() {
    replace(card, el("div", { class: "notice bad", role: "alert" }, el("p", {}, t("problem.login_invalid"))),
      el("div", { class: "actions" }, el("a", { class: "button primary", href: "/login" }, t("confirm.anew"))));
  }

  return { title: t("confirm.title"), element: el("div", { class: "doorway" }, heading(t("confirm.title")), card) };
}

// What was used up, or never was any good, need not stay in the address and the history.
function forgetToken() {
  if (location.pathname === "/login/confirm") history.replaceState(history.state, "", location.pathname);
}
