// The plans side by side, with the switch between paying by month and by year.

import { el, replace, uniqueId } from "./dom.js";
import { money, t } from "./i18n.js";
import { icon } from "./icons.js";
import { entitlementLines } from "./plan-words.js";
import { keep, recall } from "./storage.js";

const INTERVALS = ["month", "year"];

/**
 * `interval`: shown first, unless the person chose another in this tab and has no plan yet. `current`: the plan that
 * one has, `wanted`: the plan that was chosen before, or null. `action(plan, price)`: what stands at the foot of a
 * plan, or null. `level`: of the plans' headings.
 */
export function planPicker({ catalog, interval, current = null, wanted = null, level = "h3", action }) {
  const kept = recall("interval", "session");
  const preferred = current === null ? [kept, interval] : [interval];
  let shown = preferred.find((one) => INTERVALS.includes(one)) ?? "month";
  const cards = el("ul", { class: "plan-cards" });
  const show = () => replace(cards, catalog.plans.map((plan) =>
    card(plan, shown, { mark: markOf(plan, current, wanted), level, action })));
  show();
  return el("div", { class: "plan-picker" },
    offered(catalog).length > 1 ? intervalSwitch(shown, choose) : null,
    cards,
    el("p", { class: "hint" }, t("plans.vat")));

  function choose(next) {
    shown = next;
    keep("interval", next, "session");
    show();
  }
}

const offered = ({ plans }) =>
  INTERVALS.filter((interval) => plans.some((plan) => plan.prices.some((price) => price.interval === interval)));

function intervalSwitch(shown, choose) {
  const name = uniqueId("interval");
  return el("fieldset", { class: "switch" }, el("legend", { class: "visually-hidden" }, t("plans.interval")),
    INTERVALS.map((interval) => {
      const id = uniqueId("field");
      return el("span", {},
        el("input", {
          type: "radio", id, name, value: interval, checked: interval === shown, onchange: () => choose(interval),
        }),
        el("label", { for: id }, t(`plans.by_${interval}`)));
    }));
}

function card(plan, interval, { mark, level, action }) {
  // A plan that is not offered this way shows the way it is offered.
  const price = plan.prices.find((one) => one.interval === interval) ?? plan.prices[0];
  const id = uniqueId("plan");
  return el("li", { class: `card plan${mark === null ? "" : " marked"}`, "aria-labelledby": id },
    el("div", { class: "card-head" },
      el(level, { id, class: "plan-name" }, plan.name), mark === null ? null : el("span", { class: "tag good" }, mark)),
    el("p", { class: "plan-description" }, plan.description),
    el("p", { class: "price" }, el("strong", {}, money(price.amount, price.currency)), " ",
      el("span", {}, t(`plans.per_${price.interval}`))),
    el("p", { class: "hint saving" }, savingOf(plan, price)),
    el("ul", { class: "plan-lines" }, entitlementLines(plan.entitlements).map((line) =>
      el("li", {}, icon("done"), el("span", {}, line)))),
    el("div", { class: "plan-action" }, action(plan, price)));
}

function markOf({ id }, current, wanted) {
  if (id === current) return t("plans.current");
  return current === null && id === wanted ? t("plans.wanted") : null;
}

/** What paying by the year saves. */
function savingOf(plan, price) {
  const monthly = plan.prices.find((one) => one.interval === "month");
  const saved = price.interval === "year" && monthly ? 12 * monthly.amount - price.amount : 0;
  return saved > 0 ? t("plans.saving", { amount: money(saved, price.currency) }) : "";
}
