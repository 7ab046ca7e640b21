// Where a domain stands, as a badge with words.

import { el } from "./dom.js";
import { t } from "./i18n.js";

/** How each state looks: all is well, wait, mind, or something is wrong. */
const LOOKS = {
  live: "good", connected: "good", pending: "wait", certificate: "wait", unattached: "warn", over_limit: "warn",
  failing: "bad", no_certificate: "bad", conflict: "warn", paused: "bad", expired: "bad",
};

/** One of the names above. */
export function stateName(domain) {
  if (domain.paused) return "over_limit";
  if (domain.state === "pending") return domain.conflict ? "conflict" : "pending";
  if (domain.state !== "active") return domain.state;
  if (domain.site_id === null) return "unattached";
  if (domain.live) return "live";
  if (domain.certificate.state === "failing") return "no_certificate";
  return domain.certificate.state === "off" ? "connected" : "certificate";
}

/** The badge. `name`: of the state. */
export const stateBadge = (name) => el("p", { class: `state ${LOOKS[name]}` }, t(`domain_state.${name}`));

/** True when nothing is going on that one would wait for. */
export const isSettled = (domain) => !["wait", "bad"].includes(LOOKS[stateName(domain)]);
