// What the plan does not allow is said together with the way out: the plan that allows it.

import { note } from "./announce.js";
import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { planName } from "./plans.js";
import { go } from "./router.js";

const PAYWALL = new Set(["limit_reached", "trial_ended", "subscription_ended"]);

/** Nodes that lead on from a problem of the plan; null for any other problem. */
export function wayOut(problem) {
  return PAYWALL.has(problem.code) ? [hintOf(problem), plansLink()] : null;
}

/** The link to the plans. */
export const plansLink = () => el("a", { class: "button quiet", href: "/billing" }, t("limit.plans"));

/** Says a problem that no form shows: as a short note or, when a plan would solve it, as a question. */
export async function tellProblem(problem) {
  if (!PAYWALL.has(problem.code)) return note(problem.message);
  const answer = await ask({
    title: t("limit.title"),
    body: [el("p", {}, problem.message), hintOf(problem)],
    choices: [
      { value: "", label: t("close"), kind: "quiet" }, { value: "plans", label: t("limit.plans"), kind: "primary" },
    ],
  });
  return answer === "plans" ? go("/billing") : undefined;
}

/** A notice in the place of a form that would be refused. `entitlement`: e.g. "sites". */
export function limitNotice(entitlement, limit) {
  return el("div", { class: "notice warn" },
    el("div", {}, el("p", {}, t(`limit.${entitlement}`, { count: limit })), plansLink()));
}

/** The plan's name comes when the plans are known; until then, and without them, the sentence does without. */
function hintOf({ code, plan }) {
  if (code !== "limit_reached") return null;
  if (plan === null) return el("p", {}, t("limit.highest"));
  const hint = el("p", {}, t("limit.more"));
  planName(plan).then((name) => {
    if (name !== null) hint.textContent = t("limit.more_in", { plan: name });
  });
  return hint;
}
