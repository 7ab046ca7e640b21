// Whether a site is online, and whether what is online is what was written last.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { pausedSite } from "./paused.js";

export function siteState(site) {
  if (site.paused) return el("p", { class: "state changed" }, t("state.paused"));
  const name = site.published_version === null ? "draft" : (site.changed ? "changed" : "online");
  return el("p", { class: `state ${name}` }, t(`state.${name}`));
}

/** A site's address as people say it. */
export const siteAddress = (site) => site.url.replace(/^https?:\/\/|\/$/g, "");

/** A link to what is online, in a new tab. That it comes from here is told, so that statistics leave the owner out. */
export function siteLink(site, text) {
  return el("a", { href: site.url, target: "_blank", rel: "noopener", referrerpolicy: "origin" },
    text, icon("external"), el("span", { class: "visually-hidden" }, t("new_tab")));
}

/** What stands above the heading of a view of a site: which one it is, and whether it is paused. */
export const siteLine = (site) => [pausedSite(site), el("p", { class: "eyebrow" }, site.title)];
