// Where the person is logged in, and ending that.

import * as api from "./api.js";
import { announce, note } from "./announce.js";
import { confirmed } from "./dialog.js";
import { el } from "./dom.js";
import { hasUnsaved } from "./editing.js";
import { relative, t } from "./i18n.js";
import { icon } from "./icons.js";
import { Problem } from "./problem.js";
import { go } from "./router.js";
import { logOut, over } from "./session.js";
import { forgetSites } from "./sites.js";

export function sessionList(sessions) {
  const list = el("ul", { class: "sessions" }, sessions
    .sort((one, other) => Number(other.current) - Number(one.current) || other.last_seen_at.localeCompare(one.last_seen_at))
    .map(row));

  function row(entry) {
    const name = browserName(entry.user_agent);
    const item = el("li", {},
      el("div", { class: "row-words" },
        el("strong", {}, name, " ", entry.current ? el("span", { class: "tag good" }, t("sessions.current")) : null),
        el("span", { class: "hint" }, t("sessions.seen", { time: relative(entry.last_seen_at) }))),
      entry.current ? null : el("button", {
        class: "button quiet", type: "button", "aria-label": `${t("sessions.end")}: ${name}`,
        onclick: () => attempt(() => end(entry, item)),
      }, t("sessions.end")));
    return item;
  }

  async function end(entry, item) {
    try {
      await api.remove(`/sessions/${entry.id}`);
    } catch (problem) {
      if (problem.status !== 404) throw problem;
    }
    item.remove();
    title.focus();
    announce(t("sessions.ended"));
  }

  const title = el("h2", { id: "sessions", tabindex: -1 }, t("sessions.title"));
  return el("section", { class: "card", "aria-labelledby": "sessions" }, title, el("p", { class: "hint" }, t("sessions.text")), list,
    el("div", { class: "actions" },
      el("button", { class: "button quiet", type: "button", onclick: () => attempt(endAll) }, t("sessions.end_all")),
      el("button", { class: "button primary", type: "button", onclick: () => attempt(leave) }, icon("account"), t("sessions.log_out"))));
}

async function endAll() {
  if (!(await confirmed({ title: t("sessions.end_all"), text: t("sessions.end_all_text"), action: t("sessions.end_all") }))) return;
  await api.remove("/sessions");
  over();
  await outside();
}

async function leave() {
  if (hasUnsaved() && !(await confirmed({ title: t("unsaved.title"), text: t("unsaved.text"), action: t("sessions.log_out") }))) return;
  await logOut();
  await outside();
}

async function outside() {
  forgetSites();
  await go("/login", { force: true });
  note(t("sessions.logged_out"));
}

async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    note(problem.message);
  }
}

/** "Firefox, Linux" out of what a browser says of itself; a guess for people, nothing depends on it. */
function browserName(agent) {
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /OPR\//.test(agent) ? "Opera"
    : /Chrom(?:e|ium)\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : null;
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows"
    : /Mac OS X/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : null;
  return [browser, system].filter(Boolean).join(", ") || t("sessions.unknown");
}
