// Views and visitors by day as bars, with the same numbers as a table for who cannot see them.

import { el } from "./dom.js";
import { day, number, t } from "./i18n.js";

const HEIGHT = 120;
const STEP = 10;

/** `days`: [{ day, views, visitors, clicks, scans }], the oldest first. */
export function barChart(days) {
  const most = Math.max(1, ...days.map((entry) => entry.views));
  const views = days.reduce((sum, entry) => sum + entry.views, 0);
  const chart = shape("svg", {
    viewBox: `0 0 ${days.length * STEP} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", class: "bars",
    "aria-label": t("stats.chart", {
      from: day(days[0].day), to: day(days.at(-1).day), views: number(views), most: number(most),
    }),
  });
  days.forEach((entry, index) => {
    const words = t("stats.bar", {
      day: day(entry.day), views: number(entry.views), visitors: number(entry.visitors),
    });
    const group = shape("g", {});
    const title = shape("title", {});
    title.textContent = words;
    group.append(title, bar(index, HEIGHT, HEIGHT, "bar-ground"), bar(index, entry.views, most, "bar-views"),
      bar(index, Math.min(entry.visitors, entry.views), most, "bar-visitors"));
    chart.append(group);
  });
  return el("figure", { class: "chart" },
    el("p", { class: "chart-most hint", "aria-hidden": true }, number(most)),
    chart,
    el("p", { class: "chart-ends hint", "aria-hidden": true },
      el("span", {}, day(days[0].day)), el("span", {}, day(days.at(-1).day))),
    el("figcaption", { class: "legend" },
      el("span", { class: "key views" }, t("stats.views")), el("span", { class: "key visitors" }, t("stats.visitors"))),
    el("details", {}, el("summary", {}, t("stats.table")), table(days)));
}

function bar(index, count, most, kind) {
  const height = Math.round((count / most) * HEIGHT * 10) / 10;
  return shape("rect", { class: kind, x: index * STEP + 1, width: STEP - 2, y: HEIGHT - height, height });
}

function shape(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** The latest day first: that is the one people look for. */
function table(days) {
  const columns = ["views", "visitors", "clicks", "scans"];
  return el("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": t("stats.table") },
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("stats.day")),
        columns.map((name) => el("th", { scope: "col", class: "count" }, t(`stats.${name}`))))),
      el("tbody", {}, days.toReversed().map((entry) => el("tr", {},
        el("th", { scope: "row" }, day(entry.day)),
        columns.map((name) => el("td", { class: "count" }, number(entry[name]))))))));
}
