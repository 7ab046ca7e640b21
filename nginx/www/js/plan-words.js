// What a plan includes, in words.

import { t } from "./i18n.js";

const COUNTED = ["sites", "pages", "links", "domains", "members", "versions", "statistics_days"];

/** The lines of a plan's list. */
export function entitlementLines(entitlements) {
  const lines = COUNTED.filter((name) => entitlements[name] > 0)
    .map((name) => t(`entitlement.${name}`, { count: entitlements[name] }));
  return [...lines, t(entitlements.badge ? "entitlement.badge" : "entitlement.no_badge")];
}

/** What `next` has less of than `now`, as lines; empty when it has as much of everything. */
export function lessLines(now, next) {
  const lines = COUNTED.filter((name) => next[name] < now[name])
    .map((name) => t(`entitlement.${name}`, { count: next[name] }));
  return next.badge && !now.badge ? [...lines, t("entitlement.badge")] : lines;
}
