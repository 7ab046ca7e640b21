// The two kinds of links of a site, side by side.

import { el } from "./dom.js";
import { t } from "./i18n.js";

/** The way between both views. `current`: "links" or "short_links". */
export function linkTabs(site, current) {
  const tabs = [["links", "links"], ["short_links", "short-links"]];
  return el("nav", { class: "tabs", "aria-label": t("links.kinds") }, el("ul", {}, tabs.map(([name, part]) =>
    el("li", {}, el("a", { href: `/sites/${site.id}/${part}`, "aria-current": name === current ? "page" : null },
      t(`${name}.title`))))));
}

/** The short address of a link on the site's host. */
export const shortAddress = (site, link) => `${site.url}l/${link.code}`;
