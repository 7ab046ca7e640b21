// Bringing contents along: from a page elsewhere, a file, or an export.

import { announce } from "../announce.js";
import { el, replace } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { fieldName, importChoice, leftOut } from "../import-choice.js";
import { importSource } from "../import-source.js";
import { heading } from "../router.js";
import { readOnlyReason } from "../session.js";
import { loadSites } from "../sites.js";
import { keep } from "../storage.js";

export function importView() {
  const place = el("div", {});
  const reason = readOnlyReason();

  function show(found, file) {
    replace(place, importChoice(found, file, done));
    place.querySelector("h2").focus();
  }

  async function done(outcome) {
    await loadSites();
    replace(place, result(outcome));
    place.querySelector("h2").focus();
    announce(t("import.done"));
  }

  return {
    title: t("import.title"),
    element: el("div", { class: "narrow" }, heading(t("import.title")), el("p", { class: "lead" }, t("import.text")),
      reason === null ? [...importSource({ onFound: show }), place] : el("p", { class: "notice warn" }, reason)),
  };
}

/** What was made, with the ways there. */
function result(outcome) {
  const lines = outcome.sites.map((site) => el("li", {},
    el("a", { href: `/sites/${site.id}/${site.new ? "pages" : "links"}`, onclick: () => keep("site", site.id) },
      site.title),
    el("span", { class: "hint" }, ` ${t("import.site_holds", { ...site })}`)));
  if (outcome.profile.length > 0) {
    lines.push(el("li", {}, el("a", { href: "/profile" }, t("import.profile")),
      el("span", { class: "hint" }, ` ${outcome.profile.map(fieldName).join(", ")}`)));
  }
  for (const part of outcome.legal) {
    const href = part === "imprint" ? "/legal" : "/legal/privacy";
    lines.push(el("li", {}, el("a", { href }, t(`import.part_${part}`))));
  }
  if (outcome.images > 0) {
    lines.push(el("li", {}, el("a", { href: "/images" }, t("import.images", { count: outcome.images }))));
  }
  return el("section", { class: "card", "aria-labelledby": "imported" },
    el("h2", { id: "imported", tabindex: -1 }, icon("done"), " ", t("import.done")),
    lines.length === 0 ? el("p", {}, t("import.nothing_new")) : el("ul", {}, lines),
    outcome.known_links > 0 ? el("p", {}, t("import.known", { count: outcome.known_links })) : null,
    leftOut(outcome.left_out), el("p", { class: "hint" }, t("import.is_draft")));
}
