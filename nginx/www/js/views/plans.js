// The plans and prices, for who is not logged in too.

import { el } from "../dom.js";
import { t } from "../i18n.js";
import { planPicker } from "../plan-picker.js";
import { loadPlans } from "../plans.js";
import { heading } from "../router.js";
import { customer } from "../session.js";

export async function plans({ query }) {
  const catalog = await loadPlans();
  const inside = customer() !== null;
  const days = catalog.trial?.days ?? 0;
  return {
    title: t("plans.title"),
    element: el("div", { class: "wide" },
      heading(t("plans.title")),
      el("p", { class: "lead" }, days > 0 ? t("plans.lead_trial", { count: days }) : t("plans.lead")),
      el("p", { class: "actions" }, inside
        ? el("a", { class: "button", href: "/billing" }, t("plans.to_billing"))
        : el("a", { class: "button primary", href: "/login" }, days > 0 ? t("plans.try") : t("login.title"))),
      planPicker({
        catalog, interval: query.get("interval"), level: "h2",
        action: (plan, price) => el("a", { class: "button", href: chooseAddress(inside, plan, price) },
          t("plans.choose", { plan: plan.name })),
      })),
  };
}

/** Choosing happens where the subscription is, after a login if need be. */
function chooseAddress(inside, plan, price) {
  const address = `/billing?plan=${encodeURIComponent(plan.id)}&interval=${price.interval}`;
  return inside ? address : `/login?next=${encodeURIComponent(address)}`;
}
