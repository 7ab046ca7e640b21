// What is left to do until a site is worth showing.

import * as api from "./api.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** The steps of this site with what is done, from the API; throws Problem. */
export async function readSteps(site) {
  const [profile, links, pages, imprint, privacy] = await Promise.all([
    api.get("/profile"), api.list(`/sites/${site.id}/links`), api.list(`/sites/${site.id}/pages`),
    api.get("/customer/legal/imprint"), api.get("/customer/legal/privacy"),
  ]);
  return [
    { name: "profile", href: "/profile", done: profile.name !== "" },
    { name: "links", href: `/sites/${site.id}/links`, done: links.length > 0 },
    // A page that nobody has touched is still the one that came with the site.
    { name: "page", href: homeOf(site, pages), done: pages.length > 1 || pages.some((page) => page.version > 1) },
    { name: "imprint", href: "/legal", done: imprint.complete },
    { name: "privacy", href: "/legal/privacy", done: privacy.complete },
    { name: "publish", href: `/sites/${site.id}/publish`, done: site.published_version !== null },
  ];
}

function homeOf(site, pages) {
  const home = pages.find((page) => page.home);
  return `/sites/${site.id}/pages${home ? `/${home.id}` : ""}`;
}

/** The steps as a list of links. */
export function checklist(steps) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  const words = t("steps.progress", { done, all: steps.length });
  return el("section", { class: "card steps", "aria-labelledby": "steps" },
    el("div", { class: "card-head" }, el("h2", { id: "steps" }, next ? t("steps.title") : t("steps.title_done")),
      el("span", { class: "small" }, words)),
    el("progress", { max: steps.length, value: done, "aria-label": words }),
    el("ol", {}, steps.map((step) => el("li", { class: step.done ? "done" : (step === next ? "next" : "") },
      el("a", { href: step.href },
        el("span", { class: "step-mark" }, step.done ? icon("done") : null),
        el("span", { class: "step-words" },
          el("strong", {}, t(`steps.${step.name}`)),
          el("span", { class: "hint" }, t(`steps.${step.name}_hint`))),
        el("span", { class: "step-state" }, step.done ? t("steps.done") : t("steps.open")),
        icon("next"))))));
}
