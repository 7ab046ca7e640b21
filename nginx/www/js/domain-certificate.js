// The certificates of a domain: whether HTTPS works, who vouches for it, and until when.

import { el, replace } from "./dom.js";
import { day, moment, t } from "./i18n.js";

/** Answers { element, show(pair) }. */
export function certificateCard() {
  const place = el("div", { class: "stack" });
  const element = el("section", { class: "card", "aria-labelledby": "certificate" },
    el("h2", { id: "certificate" }, t("certificate.title")), place);

  function show({ all }) {
    const proved = all.filter((domain) => domain.state === "active" || domain.state === "failing");
    element.hidden = proved.length === 0;
    replace(place, proved.map((domain) => details(domain, proved.length > 1)));
  }
  return { element, show };
}

/** `isNamed`: there are several, so each says whose it is. */
function details({ name, certificate }, isNamed) {
  const { state, issuer, serial, not_after: end, not_before: start, renews_at: renewal, problem } = certificate;
  const isOver = end !== null && Date.parse(end) < Date.now();
  const facts = [
    ["issuer", issuer], ["since", start && day(start)], ["until", end && day(end)],
    ["renewal", renewal && day(renewal)], ["serial", serial],
  ].filter(([, value]) => value);
  return el("div", { class: "certificate" },
    isNamed ? el("h3", {}, name) : null,
    el("p", {}, t(`certificate.${isOver ? "over" : state}`)),
    facts.length === 0 ? null : el("dl", { class: "facts" }, facts.map(([key, value]) =>
      el("div", {}, el("dt", {}, t(`certificate.fact_${key}`)), el("dd", {}, value)))),
    problem === null ? null : el("div", { class: "notice warn" }, el("div", {},
      el("p", {}, t("certificate.problem")), el("p", {}, problem.detail),
      certificate.next_try_at === null ? null
        : el("p", {}, t("certificate.next_try", { time: moment(certificate.next_try_at) })))));
}
