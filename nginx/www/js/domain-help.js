// What is most often the matter when a domain does not get connected.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const CAUSES = ["place", "twice", "old", "proxy", "wait", "elsewhere"];

export const domainHelp = () => el("details", { class: "card" },
  el("summary", {}, icon("warning"), t("domain_help.title")),
  el("ul", { class: "bullets" }, CAUSES.map((cause) => el("li", {}, t(`domain_help.${cause}`)))));
