// What is under a name now, and what connecting it will change, in plain words.

import { el } from "./dom.js";
import { number, t } from "./i18n.js";
import { icon } from "./icons.js";

/** `look`: as the API answered it; `hosts`: the names that are to be connected. */
export function preflightSection(look, hosts) {
  const places = look.hosts.filter(({ host }) => hosts.includes(host));
  return [
    el("section", { class: "card", "aria-labelledby": "now" },
      el("h2", { id: "now" }, t("preflight.now")),
      el("dl", { class: "facts" }, places.map((place) => el("div", {}, el("dt", {}, place.host), presentState(place))),
        el("div", {}, el("dt", {}, t("preflight.nameservers")),
          look.nameservers.length === 0 ? el("dd", {}, t("preflight.unknown"))
            : look.nameservers.map((server) => el("dd", {}, server))))),
    el("section", { class: "card", "aria-labelledby": "changes" },
      el("h2", { id: "changes" }, t("preflight.changes")),
      look.warnings.length === 0 ? null : el("div", { class: "notice warn" }, icon("warning"),
        el("ul", {}, look.warnings.map(({ detail }) => el("li", {}, detail)))),
      el("ul", { class: "bullets" }, consequences(look, places).map((text) => el("li", {}, text)))),
  ];
}

/** What one finds there today. */
function presentState({ addresses, cname, serves, points_here: isHere }) {
  const lines = [];
  if (isHere) lines.push(t("preflight.points_here"));
  else if (addresses.length === 0 && cname === null) lines.push(t("preflight.nothing"));
  else {
    if (serves?.status) lines.push(serves.title ? t("preflight.page", { title: serves.title }) : t("preflight.a_page"));
    else if (serves !== null) lines.push(t("preflight.no_answer"));
    lines.push(t("preflight.leads_to", { target: [cname, ...addresses].filter(Boolean).join(", ") }));
  }
  return lines.map((line) => el("dd", {}, line));
}

/** What stays, what goes, and how long it takes. */
function consequences(look, places) {
  const codes = new Set(look.warnings.map(({ code }) => code));
  const lines = [];
  const ttl = Math.max(0, ...places.map((place) => (place.points_here ? 0 : place.ttl ?? 0)));
  if (ttl === 0) lines.push(t("preflight.at_once"));
  else if (!codes.has("slow")) lines.push(t("preflight.ttl", { time: duration(ttl) }));
  if (!codes.has("mail")) lines.push(t("preflight.mail_stays"));
  if (look.caa_allows === true) lines.push(t(look.caa.length > 0 ? "preflight.caa_allows" : "preflight.no_caa"));
  if (look.dnssec === "signed") lines.push(t("preflight.dnssec"));
  lines.push(t("preflight.other_records"));
  return lines;
}

function duration(seconds) {
  const [unit, size] = seconds >= 7200 ? ["hours", 3600] : seconds >= 120 ? ["minutes", 60] : ["seconds", 1];
  const count = Math.ceil(seconds / size);
  return t(`preflight.${unit}`, { count, number: number(count) });
}
