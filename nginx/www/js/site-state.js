// Whether a site is online, and whether what is online is what was written last.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

export function siteState(site) {
  const name = site.published_version === null ? "draft" : (site.changed ? "changed" : "online");
  return el("p", { class: `state ${name}` }, t(`state.${name}`));
}

/** A site's address as people say it. */
export const siteAddress = (site) => site.url.replace(/^https?:\/\/|\/$/g, "");

/** A link to what is online, in a new tab. */
export function siteLink(site, text) {
  return el("a", { href: site.url, target: "_blank", rel: "noopener" },
    text, icon("external"), el("span", { class: "visually-hidden" }, t("new_tab")));
}

/** The small line above a heading that says which site this is about. */
export const siteLine = (site) => el("p", { class: "eyebrow" }, site.title);
