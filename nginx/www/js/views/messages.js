// What visitors wrote by the forms of a site, the newest first; what is held to be unwanted in a list of its own.

import * as api from "../api.js";
import { announce } from "../announce.js";
import { busyButton } from "../busy-button.js";
import { el, replace } from "../dom.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { messagesPath } from "../message-words.js";
import { heading } from "../router.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

const PAGE_SIZE = 30;

export async function messages({ params, spam = false }) {
  const base = messagesPath(params.site);
  const path = spam ? `${base}/spam` : base;
  const list = el("ol", { class: "letters", "aria-label": t(spam ? "messages.spam" : "messages.title") });
  const foot = el("div", {});
  const [site, first] = await Promise.all([loadSite(params.site), api.get(`${path}?limit=${PAGE_SIZE}`)]);
  take(first);

  function take({ items, next }) {
    const rows = items.map((message) => row(message, `${base}/${message.id}`));
    list.append(...rows);
    replace(foot, next === null ? null : busyButton({ label: t("messages.more"), work: () => more(next) }).element);
    return rows;
  }

  async function more(after) {
    const rows = take(await api.get(`${path}?limit=${PAGE_SIZE}&after=${encodeURIComponent(after)}`));
    announce(t("messages.added", { count: rows.length }));
    rows[0]?.querySelector("a").focus();
  }

  const tabs = el("nav", { class: "tabs", "aria-label": t("messages.folders") }, el("ul", {},
    [[base, "messages.inbox", !spam], [`${base}/spam`, "messages.spam", spam]].map(([href, key, here]) =>
      el("li", {}, el("a", { href, "aria-current": here ? "page" : null }, t(key))))));
  return {
    title: t("messages.title"),
    element: el("div", {}, siteLine(site), heading(t("messages.title")),
      el("p", { class: "lead" }, t(spam ? "messages.spam_text" : "messages.text")), tabs,
      first.items.length > 0 ? [list, foot] : nothing(site, spam)),
  };
}

function nothing(site, spam) {
  const way = spam ? null : el("p", {}, t("messages.how"), " ",
    el("a", { href: `/sites/${site.id}/pages` }, t("nav.pages")));
  return el("div", { class: "empty" }, icon("messages"),
    el("p", {}, t(spam ? "messages.no_spam" : "messages.none")), way);
}

function row(message, href) {
  const unread = !message.read && !message.spam;
  return el("li", { class: unread ? "is-new" : null },
    el("a", { href },
      el("span", { class: "letter-head" }, el("strong", {}, message.name),
        unread ? el("span", { class: "tag good" }, t("messages.new")) : null,
        el("time", { class: "hint", datetime: message.created_at }, moment(message.created_at))),
      el("span", { class: "letter-start" }, message.text.slice(0, 200))));
}
