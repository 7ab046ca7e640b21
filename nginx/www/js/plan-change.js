// Another plan for who has one: what it costs now is shown first, and exactly that is then done.

import * as api from "./api.js";
import { changed } from "./billing.js";
import { leaveFor, busyButton } from "./busy-button.js";
import { formDialog } from "./dialog.js";
import { el, replace } from "./dom.js";
import { day, money, t } from "./i18n.js";
import { lessLines } from "./plan-words.js";

/**
 * `title`: what the person asked for; `now`: the plan that one has, or null when it is no longer offered. Answers true
 * when it was changed.
 */
export async function changePlan({ title, now, plan, price }) {
  const ask = () => api.post("/billing/change/preview", { plan: plan.id, interval: price.interval });
  let preview = await ask();
  const body = el("div", { class: "stack" });
  show(null);

  function show(hint) {
    replace(body, hint === null ? null : el("p", { class: "notice warn", role: "status" }, hint),
      previewOf(preview, price), lessOf(now, plan));
  }

  /** What was shown no longer holds: nothing is done before the person has seen what does. */
  async function showAnew() {
    preview = await ask();
    show(t("change.anew"));
    return false;
  }

  return formDialog({
    title, body,
    submitLabel: preview.amount_due > 0 ? t("change.pay", { amount: money(preview.amount_due, preview.currency) })
      : t("change.go"),
    async onSubmit(_, form) {
      if (Date.parse(preview.expires_at) < Date.now()) return showAnew();
      try {
        await changed(await api.post("/billing/change", { preview: preview.preview }));
      } catch (problem) {
        if (problem.code === "not_found") return showAnew();
        if (problem.code !== "payment_failed") throw problem;
        form.tell(problem.message, portalButton(t("billing.other_card")));
        return false;
      }
      return true;
    },
  });
}

function previewOf({ lines, amount_due: due, credit, currency, effective_at: effectiveAt }, price) {
  const later = `${money(price.amount, price.currency)} ${t(`plans.per_${price.interval}`)}`;
  const total = credit > 0 ? [t("change.credit"), money(credit, currency)] : [t("change.due"), money(due, currency)];
  return [
    el("p", {}, t("change.text", { price: later, day: day(effectiveAt) })),
    el("table", { class: "amounts" },
      el("caption", { class: "visually-hidden" }, t("change.lines")),
      el("thead", { class: "visually-hidden" },
        el("tr", {}, el("th", { scope: "col" }, t("change.line")), el("th", { scope: "col" }, t("change.amount")))),
      el("tbody", {}, lines.map((line) =>
        el("tr", {}, el("th", { scope: "row" }, line.description), el("td", {}, money(line.amount, currency))))),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, total[0]), el("td", {}, total[1])))),
    el("p", { class: "hint" },
      t(credit > 0 ? "change.credit_hint" : (due > 0 ? "change.due_hint" : "change.free_hint"))),
  ];
}

function lessOf(now, plan) {
  const lines = now === null ? [] : lessLines(now.entitlements, plan.entitlements);
  if (lines.length === 0) return null;
  return el("div", { class: "notice warn" }, el("div", {}, el("p", {}, t("change.less", { plan: plan.name })),
    el("ul", {}, lines.map((line) => el("li", {}, line))), el("p", {}, t("change.less_text"))));
}

/** The way to Stripe's portal, where payment methods and invoices are. */
export function portalButton(label = t("billing.portal"), kind = "quiet") {
  return busyButton({
    label, kind, iconName: "external",
    work: async () => leaveFor((await api.post("/billing/portal", {})).url),
  }).element;
}
