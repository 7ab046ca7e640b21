// What stands above every view when the trial or the subscription needs a word.

import { billing } from "./billing.js";
import { paymentProblemText } from "./billing-words.js";
import { el } from "./dom.js";
import { day, t, textOrNull } from "./i18n.js";
import { icon } from "./icons.js";
import { isOwner, session, trialDays } from "./session.js";

const SOON_DAYS = 3;
const UNPAID = new Set(["past_due", "unpaid", "incomplete"]);

/** The banner for the session and the subscription as they are known now; null when all is well. */
export function planBanner() {
  const { status, write, ends_at: endsAt } = session().entitlements;
  if (status === "trial_ended") return box("ended", t("trial.ended"), t("trial.ended_text"), [plans()]);
  const problem = billing()?.payment_problem ?? null;
  if (!write) return ended(status, problem);
  if (problem !== null || UNPAID.has(status)) return unpaid(problem, billing()?.grace_ends_at ?? endsAt);
  const end = billing()?.cancel_at ?? (status === "active" ? endsAt : null) ?? null;
  if (end !== null) return box("soon", t("banner.ends", { day: day(end) }), null, [toBilling()]);
  return trial();
}

function ended(status, problem) {
  const title = textOrNull(`banner.over_${status}`) ?? t("banner.over");
  return box("ended", title, problem === null ? t("banner.over_text") : paymentProblemText(problem),
    [problem === null ? null : payLink(problem), toBilling()]);
}

function unpaid(problem, until) {
  const title = problem === null ? t("banner.unpaid") : paymentProblemText(problem);
  return box("ended", title, until ? t("banner.writing_until", { day: day(until) }) : null,
    [problem === null ? null : payLink(problem), toBilling()]);
}

function trial() {
  const days = trialDays();
  if (days === null) return null;
  const text = days === 0 ? t("trial.today") : t("trial.days", { count: days });
  return days <= SOON_DAYS ? box("soon", text, null, [plans()]) : box("", text, null, []);
}

function box(kind, title, text, links) {
  return el("section", { class: `banner ${kind}`.trim(), "aria-label": t("banner.label") },
    kind === "ended" ? icon("warning") : null,
    el("div", {}, el("p", {}, kind === "" ? title : el("strong", {}, title)), text === null ? null : el("p", {}, text),
      el("p", { class: "banner-links" }, links)));
}

const plans = () => el("a", { href: "/billing" }, t("limit.plans"));
const toBilling = () => el("a", { href: "/billing" }, t("banner.to_billing"));

/** Stripe's page for the open invoice, for who pays. */
export function payLink(problem, className = null) {
  if (problem.url === null || !isOwner()) return null;
  return el("a", { class: className, href: problem.url, target: "_blank", rel: "noopener" },
    t(problem.kind === "action_needed" ? "billing.confirm_payment" : "billing.pay_now"), icon("external"),
    el("span", { class: "visually-hidden" }, t("new_tab")));
}
