// What is most often the matter when a domain does not get connected.

import { el } from "./dom.js";
import { t } from "./i18n.js";

const CAUSES = ["place", "twice", "old", "proxy", "wait", "elsewhere"];

/** `open`: something is the matter. */
export const domainHelp = (open) => el("details", { class: "card fold", open },
  el("summary", {}, t("domain_help.title")),
  el("ul", { class: "bullets" }, CAUSES.map((cause) => el("li", {}, t(`domain_help.${cause}`)))));
