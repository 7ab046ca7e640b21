// What was done for the customer, in plain words, the newest first.

import * as api from "../api.js";
import { announce } from "../announce.js";
import { busyButton } from "../busy-button.js";
import { el, replace } from "../dom.js";
import { moment, t, textOrNull } from "../i18n.js";
import { heading } from "../router.js";
import { isOwner } from "../session.js";

const PAGE_SIZE = 30;

export async function activity() {
  const list = el("ol", { class: "sessions", "aria-label": t("activity.title") });
  const foot = el("div", {});
  const allowed = isOwner();
  if (allowed) await more(null);

  async function more(after) {
    const { items, next } = await api.get(
      `/activity?limit=${PAGE_SIZE}${after === null ? "" : `&after=${encodeURIComponent(after)}`}`);
    const rows = items.map(row);
    list.append(...rows);
    replace(foot, next === null ? null : busyButton({ label: t("activity.more"), work: () => more(next) }).element);
    if (after === null) return;
    announce(t("activity.added", { count: rows.length }));
    rows[0]?.focus();
  }

  return {
    title: t("activity.title"),
    element: el("div", {}, heading(t("activity.title")), el("p", { class: "lead" }, t("activity.text")),
      allowed ? [list, foot] : el("p", { class: "notice warn" }, t("problem.forbidden"))),
  };
}

function row(entry) {
  return el("li", { tabindex: -1 },
    el("div", { class: "row-words" }, el("strong", {}, words(entry)),
      el("span", { class: "hint" }, entry.user ?? t("activity.nobody"))),
    el("time", { class: "hint", datetime: entry.at }, moment(entry.at)));
}

/** What was done, as a sentence; an action that is not known here is named as it is. */
function words({ action, subject, details }) {
  const values = {
    subject: subject ?? "", version: details.version ?? "", browser: details.browser || t("sessions.unknown"),
    role: role(details.role), from: role(details.from), to: role(details.to), plan: details.plan ?? "",
    status: textOrNull(`billing.state_${details.status}`) ?? details.status ?? "",
    text: details.kind ? t(`legal.${details.kind}`) : "",
  };
  return textOrNull(`activity.${action}`, values) ?? [action, subject].filter(Boolean).join(": ");
}

const role = (name) => (name ? textOrNull(`role.${name}`) ?? name : "");
