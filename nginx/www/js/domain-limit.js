// Why no further domain can be connected, and the way out.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { limitNotice, plansLink } from "./limit.js";
import { readOnlyReason, session } from "./session.js";

/** A notice, or null when there is room for another one. `count`: how many there are, each with its `www`. */
export function domainRefusal(count) {
  const limit = session().entitlements.domains;
  const reason = readOnlyReason();
  if (reason !== null) return el("p", { class: "notice warn" }, reason);
  if (limit === 0) {
    return el("div", { class: "notice warn" }, el("div", {}, el("p", {}, t("domains.not_in_plan")), plansLink()));
  }
  return count >= limit ? limitNotice("domains", limit) : null;
}
