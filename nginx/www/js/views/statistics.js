// Statistics: what visitors did on a site, over a range of days that the person chooses.

import * as api from "../api.js";
import { barChart } from "../bar-chart.js";
import { el } from "../dom.js";
import { countryName, day, number, t } from "../i18n.js";
import { icon } from "../icons.js";
import { heading } from "../router.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

const RANGES = [7, 30, 90, 365];
const DAY_MS = 86_400_000;
/** The longest list that is shown; the CSV file has all. */
const LIST_LENGTH = 20;

export async function statistics({ params, query }) {
  const asked = Number(query.get("days"));
  const days = RANGES.includes(asked) ? asked : 30;
  const path = `/sites/${encodeURIComponent(params.site)}/statistics/${isoDay(1 - days)}/${isoDay(0)}`;
  const [site, sums] = await Promise.all([loadSite(params.site), api.get(path)]);
  const title = t("stats.title");
  const isEmpty = Object.values(sums.totals).every((count) => count === 0);
  return {
    title,
    element: el("div", { class: "statistics" },
      siteLine(site), heading(title), el("p", { class: "lead" }, t("stats.text")),
      rangeChoice(site, days),
      sums.kept_from > sums.from
        ? el("p", { class: "notice" }, t("stats.kept", { day: day(sums.kept_from) })) : null,
      totals(sums.totals),
      isEmpty ? el("p", { class: "hint" }, t("stats.none")) : [
        el("section", { class: "card", "aria-labelledby": "by-day" },
          el("h2", { id: "by-day" }, t("stats.by_day")), barChart(sums.days)),
        lists(sums),
      ],
      leftOut(sums.left_out),
      el("p", {}, el("a", { class: "button quiet", href: `/api${path}.csv`, download: true },
        icon("down"), t("stats.csv")))),
  };
}

/** A day as the API names it, in UTC. `offset`: days from today. */
function isoDay(offset) {
  return new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
}

function rangeChoice(site, days) {
  return el("nav", { class: "ranges", "aria-label": t("stats.range") },
    el("ul", {}, RANGES.map((count) => el("li", {},
      el("a", {
        class: "button quiet", href: `/sites/${site.id}/statistics?days=${count}`,
        "aria-current": count === days ? "true" : null,
      }, t("stats.days", { count }))))));
}

function totals(sums) {
  return el("dl", { class: "stats-totals" }, ["views", "visitors", "clicks", "scans"].map((name) =>
    el("div", { class: "card" }, el("dt", {}, t(`stats.${name}`)), el("dd", {}, number(sums[name])))));
}

/** The sums in parts. */
function lists(sums) {
  const named = (entries, words) => entries.map(({ name, count }) => [words(name), count]);
  return el("div", { class: "stats-lists" },
    list("pages", sums.pages.map((page) => [pageName(page), page.views]), "stats.views"),
    list("links", sums.links.map((link) => [link.title ?? t("stats.deleted"), link.clicks]), "stats.clicks"),
    list("referrers", named(sums.referrers, (host) => (host === "" ? t("stats.others") : host)), "stats.hits"),
    list("devices", named(sums.devices, (device) => t(`stats.device.${device}`)), "stats.visitors"),
    sums.countries === null ? null : list("countries", named(sums.countries, countryName), "stats.visitors"));
}

function pageName(page) {
  if (page.title === null) return t("stats.deleted");
  return [page.title, " ", el("span", { class: "hint" }, page.path)];
}

/** A table of names and counts. `rows`: the largest first. `unit`: the key of what is counted. */
function list(name, rows, unit) {
  const shown = rows.slice(0, LIST_LENGTH);
  return el("section", { class: "card", "aria-labelledby": `stats-${name}` },
    el("h2", { id: `stats-${name}` }, t(`stats.${name}`)),
    shown.length === 0 ? el("p", { class: "hint" }, t("stats.nothing"))
      : el("table", { "aria-labelledby": `stats-${name}` },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("stats.name")),
          el("th", { scope: "col", class: "count" }, t(unit)))),
        el("tbody", {}, shown.map(([words, count]) => el("tr", {},
          el("th", { scope: "row" }, words), el("td", { class: "count" }, number(count)))))),
    rows.length === shown.length ? null
      : el("p", { class: "hint" }, t("stats.more", { count: rows.length - shown.length })));
}

/** What was not counted, and why. */
function leftOut(reasons) {
  const sum = Object.values(reasons).reduce((all, count) => all + count, 0);
  return el("details", { class: "card" },
    el("summary", {}, t("stats.left_out", { count: sum, number: number(sum) })),
    el("p", { class: "hint" }, t("stats.left_out_text")),
    el("table", { "aria-label": t("stats.left_out_table") },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("stats.reason")),
        el("th", { scope: "col", class: "count" }, t("stats.requests")))),
      el("tbody", {}, Object.entries(reasons).map(([reason, count]) => el("tr", {},
        el("th", { scope: "row" }, t(`stats.why.${reason}`)), el("td", { class: "count" }, number(count)))))));
}
