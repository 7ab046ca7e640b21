// The six digits of the login mail.

import { textField } from "./fields.js";
import { t } from "./i18n.js";

/** A field for the code; spaces that come with pasting do not matter. */
export function codeField() {
  return textField({
    path: "code", label: t("login.code"), hint: t("login.code_hint"), inputmode: "numeric",
    autocomplete: "one-time-code",
    class: "code", spellcheck: false, fix: (text) => text.replace(/\s/g, ""),
    check: (text) => (/^\d{6}$/.test(text) ? null : t("login.code_form")),
  });
}

/** Shows a refused code at its field; false when the problem is another one. */
export function codeProblem(field, problem) {
  if (problem.code !== "login_invalid") return false;
  const tries = problem.remainingTries;
  field.setError(tries === null || tries === 0 ? t("problem.login_invalid") : t("login.tries", { count: tries }));
  field.focus();
  field.control.select();
  return true;
}
