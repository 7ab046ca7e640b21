// Whether a site is online, and whether what is online is what was written last.

import { el } from "./dom.js";
import { t } from "./i18n.js";

export function siteState(site) {
  const name = site.published_version === null ? "draft" : (site.changed ? "changed" : "online");
  return el("p", { class: `state ${name}` }, t(`state.${name}`));
}

/** The small line above a heading that says which site this is about. */
export const siteLine = (site) => el("p", { class: "eyebrow" }, site.title);
