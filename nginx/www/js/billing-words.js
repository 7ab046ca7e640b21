// The state of a subscription in plain words.

import { day, money, t, textOrNull } from "./i18n.js";

/** { tone, title, text }: how it looks ("good", "warn" or "bad"), and what to call it. */
export function billingState(state) {
  const name = nameOf(state);
  return {
    tone: TONES[name] ?? "warn",
    title: textOrNull(`billing.state_${name}`) ?? t("billing.state_unknown"),
    text: textOrNull(`billing.text_${name}`) ?? t("billing.text_unknown"),
  };
}

const TONES = {
  trialing: "good", trialing_chosen: "good", active: "good", ending: "warn", trial_ended: "bad", past_due: "bad",
  unpaid: "bad", paused: "bad", canceled: "bad", incomplete_expired: "bad",
};

function nameOf({ plan, status, cancel_at: cancelAt }) {
  if (cancelAt !== null && (status === "active" || status === "trialing")) return "ending";
  return status === "trialing" && plan !== "trial" ? "trialing_chosen" : status;
}

/** The facts that are known: [label, value]. */
export function billingFacts(state) {
  const { status, amount, currency, interval } = state;
  const facts = [];
  if (amount !== null && currency !== null) {
    const price = money(amount, currency);
    facts.push([t("billing.price"), interval === null ? price : `${price} ${t(`plans.per_${interval}`)}`]);
  }
  if (status === "trialing" && state.trial_ends_at !== null) {
    facts.push([t("billing.free_until"), day(state.trial_ends_at)]);
  }
  if (state.cancel_at !== null) facts.push([t("billing.ends_at"), day(state.cancel_at)]);
  else if (status === "active" && state.current_period_end !== null) {
    facts.push([t("billing.next_payment"), day(state.current_period_end)]);
  }
  if (state.grace_ends_at !== null) facts.push([t("billing.writing_until"), day(state.grace_ends_at)]);
  if (state.ended_at !== null) facts.push([t("billing.ended_at"), day(state.ended_at)]);
  return facts;
}

/** What is wrong with a payment, in a sentence. */
export function paymentProblemText({ kind, amount, currency }) {
  return t(kind === "action_needed" ? "billing.problem_action_needed" : "billing.problem_failed",
    { amount: money(amount, currency) });
}
