// The customer's own domains, each with where it stands.

import { domainRefusal } from "../domain-limit.js";
import { stateBadge, stateName } from "../domain-state.js";
import { loadPairs } from "../domains.js";
import { el } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { pausedNotice } from "../paused.js";
import { heading, renderAgain } from "../router.js";
import { knownSites } from "../sites.js";

export async function domains() {
  const all = await loadPairs();
  return {
    title: t("domains.title"),
    element: el("div", {},
      heading(t("domains.title")), el("p", { class: "lead" }, t("domains.text")),
      pausedNotice({
        kind: "domains", path: "/domains", onChosen: renderAgain,
        items: all.map(({ root }) => ({ id: root.id, title: root.name, paused: root.paused })),
      }),
      domainRefusal(all.length) ?? addLink(),
      all.length === 0 ? el("div", { class: "empty" }, icon("domains"), el("p", {}, t("domains.empty")))
        : el("ul", { class: "domain-list", "aria-label": t("domains.title") },
          all.map((pair) => el("li", {}, row(pair))))),
  };
}

const addLink = () =>
  el("p", {}, el("a", { class: "button primary", href: "/domains/new" }, icon("plus"), t("new_domain.title")));

function row({ root, all }) {
  const site = knownSites().find((one) => one.id === root.site_id);
  const states = [...new Set(all.map(stateName))];
  return el("a", { class: "tile", href: `/domains/${root.id}` },
    el("strong", {}, root.name, all.length > 1 ? el("span", { class: "optional" }, ` ${t("domains.and_www")}`) : null),
    root.name === root.host ? null : el("span", { class: "hint" }, root.host),
    states.map((name) => stateBadge(name)),
    el("span", { class: "tags" },
      all.some((domain) => domain.primary) ? el("span", { class: "tag good" }, t("domains.primary")) : null,
      el("span", { class: "tag" }, site ? t("domains.shows", { title: site.title }) : t("domain.no_site"))));
}
