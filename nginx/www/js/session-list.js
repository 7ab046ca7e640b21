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
    .sort((one, other) => Number(other.current) - Number(one.current)
      || other.last_seen_at.localeCompare(one.last_seen_at))
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
  return el("section", { class: "card", "aria-labelledby": "sessions" }, title,
    el("p", { class: "hint" }, t("sessions.text")), list,
    el("div", { class: "actions" },
      el("button", { class: "button quiet", type: "button", onclick: () => attempt(endAll) }, t("sessions.end_all")),
      el("button", { class: "button primary", type: "button", onclick: () => attempt(leave) }, icon("account"),
        t("sessions.log_out"))));
}

async function endAll() {
  const action = t("sessions.end_all");
  if (!(await confirmed({ title: action, text: t("sessions.end_all_text"), action }))) return;
  await api.remove("/sessions");
  over();
  await outside();
}

async function leave() {
  const question = { title: t("unsaved.title"), text: t("unsaved.text"), action: t("sessions.log_out") };
  if (hasUnsaved() && !(await confirmed(question))) return;
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

const BROWSERS = [
  [/Edg\//, "Edge"], [/Firefox\//, "Firefox"], [/OPR\//, "Opera"], [/Chrom(?:e|ium)\//, "Chrome"],
    [/Safari\//, "Safari"],
];
const SYSTEMS = [
  [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux/, "Linux"],
];

/** "Firefox, Linux" out of what a browser says of itself; a guess for people, nothing depends on it. */
function browserName(agent) {
  const names = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent ?? ""))?.[1]);
  return names.filter(Boolean).join(", ") || t("sessions.unknown");
}
