// The steps of connecting a domain, with the one that is done now.

import { el } from "./dom.js";
import { t } from "./i18n.js";

const STEPS = ["name", "look", "records", "connect"];

/** `current`: one of the steps above. */
export function domainSteps(current) {
  const now = STEPS.indexOf(current);
  return el("ol", { class: "domain-steps", "aria-label": t("domain_steps.label") }, STEPS.map((step, index) =>
    el("li", { "aria-current": index === now ? "step" : null, class: index < now ? "done" : null },
      t(`domain_steps.${step}`),
      index < now ? el("span", { class: "visually-hidden" }, ` (${t("domain_steps.done")})`) : null)));
}
