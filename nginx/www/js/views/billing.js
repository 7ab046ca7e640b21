// The plan: what there is, what it costs, what can be changed, and the invoices.

import * as api from "../api.js";
import { note } from "../announce.js";
import { isSubscribed, loadBilling, onBilling } from "../billing.js";
import { busyButton, leaveFor } from "../busy-button.js";
import { returnNotice } from "../checkout-return.js";
import { el, replace } from "../dom.js";
import { textField } from "../fields.js";
import { t } from "../i18n.js";
import { invoiceSection } from "../invoices.js";
import { changePlan } from "../plan-change.js";
import { planPicker } from "../plan-picker.js";
import { loadPlans } from "../plans.js";
import { Problem } from "../problem.js";
import { heading, renderAgain } from "../router.js";
import { isOwner } from "../session.js";
import { subscriptionCard } from "../subscription-card.js";
import { keep, recall } from "../storage.js";

// Back by the browser's own button, the page may be the old one, with buttons that are still at work.
window.addEventListener("pageshow", (event) => event.persisted && location.pathname === "/billing" && renderAgain());

export async function billing({ query }) {
  const [state, catalog] = await Promise.all([loadBilling(), loadPlans()]);
  const mayAct = isOwner();
  const card = el("div", {});
  const choice = el("div", {});
  const promotion = promotionField();
  const invoices = el("div", {});
  let paid = null;
  show(state);
  const element = el("div", {},
    heading(t("nav.billing")), el("p", { class: "lead" }, t("billing.lead")),
    mayAct ? null : el("p", { class: "notice warn" }, t("readonly.owner")),
    mayAct ? returnNotice(query) : null, card, choice, invoices);
  follow(element, show);
  return { title: t("nav.billing"), element };

  function show(now) {
    const mine = isSubscribed(now) ? now.plan : null;
    replace(card, subscriptionCard(now, { mayAct }));
    showInvoices(now);
    replace(choice, el("section", { "aria-labelledby": "plans" },
      el("h2", { id: "plans", tabindex: -1 }, t(mine === null ? "billing.choose" : "billing.plans")),
      planPicker({
        catalog, current: mine, wanted: query.get("plan"),
        interval: mine === null ? query.get("interval") : now.interval,
        action: (plan, price) => (mayAct ? planAction(now, mine, plan, price) : null),
      }),
      mayAct && now.can_subscribe ? promotion.element : null));
  }

  /** Read anew only after what may have made an invoice: a list that one is reading stays as it is. */
  function showInvoices({ plan, status, interval, current_period_end: end, payment_problem: problem }) {
    const now = JSON.stringify([plan, status, interval, end, problem]);
    if (!mayAct || now === paid) return;
    paid = now;
    replace(invoices, invoiceSection());
  }

  function planAction(now, mine, plan, price) {
    if (plan.id === mine && price.interval === now.interval) return el("p", { class: "hint" }, t("plans.is_current"));
    if (now.can_change) return changeButton(mine, plan, price);
    if (now.can_subscribe) return subscribeButton(plan, price);
    return null;
  }

  function changeButton(mine, plan, price) {
    const label = plan.id === mine ? t(`plans.pay_by_${price.interval}`) : t("plans.change_to", { plan: plan.name });
    return busyButton({
      label,
      work: () => orLookAgain(async () => {
        const had = catalog.plans.find((other) => other.id === mine) ?? null;
        if (!(await changePlan({ title: label, now: had, plan, price }))) return;
        note(t("change.done", { plan: plan.name }));
        document.querySelector("#subscription")?.focus();
      }),
    }).element;
  }

  function subscribeButton(plan, price) {
    return busyButton({
      label: t("plans.choose", { plan: plan.name }), kind: "primary",
      work: () => orLookAgain(async () => {
        const code = promotion.get();
        const wanted = { plan: plan.id, interval: price.interval, ...(code === "" ? {} : { promotion_code: code }) };
        try {
          return leaveFor((await api.post("/billing/checkout", wanted)).url);
        } catch (problem) {
          if (!problem.errors?.some((error) => error.pointer === "/promotion_code")) throw problem;
          promotion.refuse();
          return false;
        }
      }),
    }).element;
  }
}

/** What another tab did meanwhile is shown, and then said. */
async function orLookAgain(work) {
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status !== 409) throw problem;
    await loadBilling();
    note(problem.message);
    document.querySelector("#subscription")?.focus();
    return false;
  }
}

let stopFollowing = () => {};

/** Shows each change for as long as this is the newest such view. */
function follow(element, show) {
  stopFollowing();
  stopFollowing = onBilling((next) => next !== null && element.isConnected && show(next));
}

/** The code outlives a change of the language and a way back from the checkout. */
function promotionField() {
  const field = textField({
    path: "promotion_code", label: t("billing.promotion"), hint: t("billing.promotion_hint"), max: 100, optional: true,
    autocomplete: "off", autocapitalize: "none", spellcheck: false, value: recall("promotion", "session") ?? "",
  });
  field.control.addEventListener("input", () => keep("promotion", field.get() || null, "session"));
  const details = el("details", { class: "card add", open: field.get() !== "" },
    el("summary", {}, t("billing.promotion_have")), field.element);
  return {
    element: details,
    get: field.get,
    refuse() {
      details.open = true;
      field.setError(t("billing.promotion_invalid"));
      field.focus();
    },
  };
}
