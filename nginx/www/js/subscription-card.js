// The subscription as it stands, with what can be done about it.

import * as api from "./api.js";
import { note } from "./announce.js";
import { payLink } from "./banner.js";
import { changed, syncBilling } from "./billing.js";
import { billingFacts, billingState, paymentProblemText } from "./billing-words.js";
import { busyButton, leaveFor } from "./busy-button.js";
import { formDialog } from "./dialog.js";
import { el } from "./dom.js";
import { day, moment, t } from "./i18n.js";
import { icon } from "./icons.js";
import { portalButton } from "./plan-change.js";
import { Problem } from "./problem.js";

/** `mayAct`: whether the buttons are there. */
export function subscriptionCard(state, { mayAct }) {
  const { tone, title, text } = billingState(state);
  const facts = billingFacts(state);
  return el("section", { class: "card subscription", "aria-labelledby": "subscription" },
    el("p", { class: `state ${tone}` }, title),
    el("h2", { id: "subscription", tabindex: -1 }, nameOf(state)),
    el("p", {}, text),
    facts.length === 0 ? null : el("dl", { class: "facts" }, facts.map(([label, value]) =>
      el("div", {}, el("dt", {}, label), el("dd", {}, value)))),
    state.payment_problem === null ? null : problemBox(state.payment_problem, mayAct),
    mayAct && state.checkout !== null ? checkoutBox(state.checkout) : null,
    mayAct ? el("div", { class: "actions top" },
      state.can_resume ? resumeButton() : null,
      state.can_manage ? portalButton() : null,
      state.can_cancel ? cancelButton(state) : null) : null,
    state.synced_at === null ? null
      : el("p", { class: "small" }, t("billing.as_of", { time: moment(state.synced_at) })));
}

function nameOf({ plan, plan_name: name }) {
  if (plan === "trial") return t("billing.trial");
  return plan === "none" ? t("billing.no_plan") : name ?? plan;
}

function problemBox(problem, mayAct) {
  const link = mayAct ? payLink(problem, "button") : null;
  // Paying happens in another tab: back in this one, the news is fetched.
  link?.addEventListener("click", () => document.addEventListener("visibilitychange", lookWhenBack));
  const advice = problem.kind === "action_needed" ? "action_needed_text" : "failed_text";
  return el("div", { class: "notice bad" }, icon("warning"), el("div", {},
    el("p", {}, el("strong", {}, paymentProblemText(problem))), el("p", {}, t(`billing.problem_${advice}`)), link));
}

async function lookWhenBack() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", lookWhenBack);
  try {
    await syncBilling();
  } catch (problem) {
    // The state on screen stays as it was; Stripe's own message comes anyway.
    if (!(problem instanceof Problem)) throw problem;
  }
}

function checkoutBox({ url, expires_at: end }) {
  return el("div", { class: "notice warn" }, el("div", {},
    el("p", {}, t("billing.checkout_open", { time: moment(end) })),
    busyButton({ label: t("billing.checkout_go_on"), kind: "primary", work: async () => leaveFor(url) }).element));
}

function resumeButton() {
  return busyButton({
    label: t("billing.resume"), kind: "primary", iconName: "undo",
    async work() {
      await changed(await api.post("/billing/resume", {}));
      said(t("billing.resumed"));
    },
  }).element;
}

function cancelButton(state) {
  return busyButton({
    label: t("billing.cancel"), kind: "danger",
    async work() {
      const end = state.current_period_end ?? state.trial_ends_at;
      const done = await formDialog({
        title: t("billing.cancel_title"), submitLabel: t("billing.cancel_go"), submitKind: "danger",
        dismiss: t("billing.cancel_back"),
        body: [
          el("p", {}, end === null ? t("billing.cancel_text_end") : t("billing.cancel_text", { day: day(end) })),
          el("ul", { class: "bullets" }, ["online", "kept", "again"].map((name) =>
            el("li", {}, t(`billing.cancel_${name}`)))),
        ],
        onSubmit: async () => changed(await api.post("/billing/cancel", {})),
      });
      if (done) said(t("billing.cancelled"));
    },
  }).element;
}

/** The card is a new one now, without the button that had the focus. */
function said(text) {
  note(text);
  document.querySelector("#subscription")?.focus();
}
