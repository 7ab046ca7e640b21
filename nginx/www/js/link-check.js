// What the check of a link's target found, where a person should know of it.

import { el } from "./dom.js";
import { moment, t } from "./i18n.js";

/** The mark of a link whose target is broken, or null. */
export function checkTag({ check }) {
  if (check?.state !== "broken") return null;
  const reason = check.status === null ? t("check.no_answer") : t("check.status", { status: check.status });
  return el("span", { class: "tag warn", title: t("check.when", { time: moment(check.checked_at) }) },
    t("check.broken", { reason }));
}
