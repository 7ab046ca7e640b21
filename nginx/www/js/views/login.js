// Log in: an address first, then the code that came by mail.

import * as api from "../api.js";
import { announce } from "../announce.js";
import { el, replace } from "../dom.js";
import { enter } from "../enter.js";
import { textField } from "../fields.js";
import { createForm } from "../form.js";
import { locale, t } from "../i18n.js";
import { codeField, codeProblem } from "../login-code.js";
import { keepGoal, safePath, takeGoal } from "../return-to.js";
import { heading } from "../router.js";
import { onOtherTab } from "../session.js";
import { emailRule } from "../rules.js";
import { keep, recall } from "../storage.js";

// The mailed link may be opened in another tab of this browser: this one then follows.
onOtherTab((what) => what === "in" && location.pathname === "/login" && location.reload());

export function login({ query }) {
  const goal = safePath(query.get("next"));
  const card = el("div", { class: "card" });
  const waiting = readWaiting();
  if (waiting === null) showAddress("");
  else showCode(waiting);

  function showAddress(email) {
    const form = createForm({
      label: t("login.title"),
      fields: [textField({
        path: "email", label: t("login.email"), kind: "email", value: email, max: 254, autocomplete: "email",
        inputmode: "email", autocapitalize: "none", spellcheck: false, check: emailRule,
      })],
      submitLabel: t("login.send"),
      onSubmit: async (values) => showCode(await startLogin(values.email), true),
    });
    replace(card, form.element);
    return form;
  }

  async function startLogin(email) {
    const answer = await api.post("/auth/start", { email, locale: locale() });
    const now = Date.now();
    const next = { email, until: now + answer.expires_in * 1000, again: now + answer.resend_after * 1000 };
    keep("login", JSON.stringify(next), "session");
    keepGoal(goal);
    return next;
  }

  function showCode(wait, focus = false) {
    const code = codeField();
    const form = createForm({
      label: t("login.code_title"),
      fields: [code],
      submitLabel: t("login.confirm"),
      async onSubmit(values) {
        let session;
        try {
          session = await api.post("/auth/confirm", { email: wait.email, code: values.code });
        } catch (problem) {
          if (codeProblem(code, problem)) return;
          throw problem;
        }
        keep("login", null, "session");
        takeGoal();
        await enter(session, goal);
      },
    });
    const other = el("button", { class: "button quiet", type: "button", onclick: () => {
      keep("login", null, "session");
      showAddress(wait.email).fields[0].focus();
    } }, t("login.other"));
    replace(card,
      el("h2", { tabindex: -1 }, t("login.code_title")),
      el("p", {}, t("login.sent", { email: wait.email })),
      form.element,
      el("div", { class: "actions spread" }, other, againButton(wait)));
    if (focus) code.focus();
  }

  function againButton(wait) {
    const button = el("button", { class: "button quiet", type: "button" });
    function tick() {
      const seconds = Math.ceil((wait.again - Date.now()) / 1000);
      button.setAttribute("aria-disabled", String(seconds > 0));
      button.textContent = seconds > 0 ? t("login.again_in", { count: seconds }) : t("login.again");
      if (seconds > 0 && (button.isConnected || seconds > 1)) setTimeout(tick, 1000);
    }
    tick();
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true");
      try {
        showCode(await startLogin(wait.email), true);
        announce(t("login.sent", { email: wait.email }));
      } catch (problem) {
        announce(problem.message);
        button.setAttribute("aria-disabled", "false");
      }
    });
    return button;
  }

  return {
    title: t("login.title"),
    element: el("div", { class: "doorway" },
      el("div", { class: "doorway-words" }, heading(t("login.claim")), el("p", { class: "lead" }, t("login.lead"))),
      card,
      el("p", { class: "hint" }, t("login.privacy"), " ", el("a", { href: "/plans" }, t("login.plans")))),
  };
}

function readWaiting() {
  try {
    const waiting = JSON.parse(recall("login", "session"));
    return waiting !== null && waiting.until > Date.now() ? waiting : null;
  } catch {
    return null;
  }
}
