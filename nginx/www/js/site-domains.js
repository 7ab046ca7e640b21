// The domains of one site, where the site's address is shown.

import { domainURL, pairsOf } from "./domains.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { readOnlyReason, session } from "./session.js";
import { siteAddress, siteLink } from "./site-state.js";

/** The site's address as people read it, a link once something is there. `pairs`: all of the customer's. */
export function siteAddressLine(site, pairs) {
  const { host } = new URL(site.url);
  const domain = pairsOf(site, pairs).flatMap(({ all }) => all)
    .find((one) => new URL(domainURL(one, site)).host === host);
  const text = domain?.live ? siteAddress(site).replace(domain.host, domain.name) : siteAddress(site);
  return site.published_version === null ? text : siteLink(site, text);
}

/** What there is to say of the site's domains below its address; null when there is nothing. */
export function siteDomainsLine(site, pairs) {
  const own = pairsOf(site, pairs);
  if (own.length === 0) {
    const mayAdd = readOnlyReason() === null && session().entitlements.domains > pairs.length;
    return mayAdd ? el("p", { class: "hint" },
      el("a", { href: `/domains/new?site=${site.id}` }, t("site_domains.add"))) : null;
  }
  return el("ul", { class: "site-domains", "aria-label": t("domains.title") }, own.map(({ root, all }) => {
    const primary = all.find((domain) => domain.primary);
    const isLive = all.some((domain) => domain.live);
    const key = primary?.live ? "primary" : primary ? "soon" : isLive ? "leads_here" : "waits";
    return el("li", { class: "hint" }, icon("domains"),
      el("a", { href: `/domains/${root.id}` }, (primary ?? root).name), " ", t(`site_domains.${key}`));
  }));
}
