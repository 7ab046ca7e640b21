// The start: what is online, and what is left to do. Who has no site yet makes the first one here.

import { el } from "../dom.js";
import { checklist, readSteps } from "../checklist.js";
import { loadPairs } from "../domains.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { limitNotice } from "../limit.js";
import { pausedNotice } from "../paused.js";
import { heading, renderAgain } from "../router.js";
import { readOnlyReason, session } from "../session.js";
import { currentSite, loadSites } from "../sites.js";
import { siteAddressLine, siteDomainsLine } from "../site-domains.js";
import { siteAddress, siteState } from "../site-state.js";
import { keep } from "../storage.js";
import { siteForm } from "./new-site.js";

export async function overview() {
  const sites = await loadSites();
  if (sites.length === 0) return firstSite();
  const site = currentSite();
  const [steps, pairs] = await Promise.all([readSteps(site), loadPairs()]);
  const others = sites.filter((other) => other !== site);
  const limit = session().entitlements.sites;
  const more = readOnlyReason() === null;
  return {
    title: t("nav.overview"),
    element: el("div", {},
      heading(t("overview.title")),
      pausedNotice({ kind: "sites", items: sites, path: "/sites", onChosen: renderAgain }),
      siteCard(site, pairs),
      checklist(steps),
      others.length === 0 && !more ? null : el("section", { "aria-labelledby": "others" },
        el("div", { class: "section-head" }, el("h2", { id: "others" }, t("overview.others")),
          more && sites.length < limit
            ? el("a", { class: "button quiet", href: "/sites/new" }, icon("plus"), t("overview.new")) : null),
        others.length === 0 ? el("p", { class: "hint" }, t("overview.no_others"))
          : el("ul", { class: "tiles" }, others.map((other) => el("li", {}, otherTile(other)))),
        more && sites.length >= limit ? limitNotice("sites", limit) : null)),
  };
}

function siteCard(site, pairs) {
  return el("section", { class: "card hero", "aria-labelledby": "hero" },
    el("div", {},
      siteState(site),
      el("h2", { id: "hero" }, site.title),
      el("p", { class: "address" }, siteAddressLine(site, pairs)),
      siteDomainsLine(site, pairs),
      site.published_at
        ? el("p", { class: "hint" }, t("overview.published_at", { time: moment(site.published_at) })) : null),
    el("div", { class: "actions" },
      el("a", { class: "button quiet", href: `/sites/${site.id}/links` }, icon("links"), t("nav.links")),
      el("a", { class: "button primary", href: `/sites/${site.id}/publish` }, icon("publish"), t("nav.publish"))));
}

function otherTile(site) {
  return el("a", { class: "tile", href: `/sites/${site.id}/pages`, onclick: () => keep("site", site.id) },
    siteState(site), el("strong", {}, site.title),
      el("span", { class: "hint" }, siteAddress(site)));
}

function firstSite() {
  return {
    title: t("welcome.title"),
    element: el("div", { class: "narrow" }, heading(t("welcome.title")), el("p", { class: "lead" }, t("welcome.text")),
      readOnlyReason() === null
        ? [
          el("div", { class: "card" }, siteForm().element),
          el("p", {}, el("a", { href: "/import" }, t("import.title"))),
        ]
        : el("p", { class: "notice warn" }, readOnlyReason())),
  };
}
