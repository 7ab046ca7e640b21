// One message: to be read, answered, put aside or deleted.

import * as api from "../api.js";
import { note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el } from "../dom.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { tellProblem } from "../limit.js";
import { answerLink, mayChange, messagesPath } from "../message-words.js";
import { Problem } from "../problem.js";
import { go, heading, renderAgain } from "../router.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

export async function message({ params }) {
  const folder = messagesPath(params.site);
  const path = `${folder}/${encodeURIComponent(params.message)}`;
  const found = await opened(path);
  const site = await loadSite(params.site);
  const title = t("messages.from", { name: found.name });
  return {
    title,
    element: el("div", {}, siteLine(site), heading(title),
      el("p", { class: "back" }, el("a", { href: list(found, folder) }, t("messages.back"))),
      el("article", { class: "card letter", "aria-label": title },
        el("p", { class: "hint" }, `${found.email} · ${found.page_title} · `,
          el("time", { datetime: found.created_at }, moment(found.created_at))),
        el("p", { class: "letter-text" }, found.text)),
      el("div", { class: "actions" },
        el("a", { class: "button primary", href: answerLink(found) }, icon("mail"), t("messages.answer")),
        mayChange() ? [
          action("messages.unread", "undo", () => put({ read: false }, "messages.unread_done")),
          found.spam
            ? action("messages.not_spam", "done", () => put({ spam: false }, "messages.not_spam_done"))
            : action("messages.is_spam", "warning", () => put({ spam: true }, "messages.is_spam_done")),
          action("messages.delete", "remove", remove, "danger"),
        ] : null)),
  };

  async function put(change, done) {
    await api.patch(path, change);
    await leave(done);
  }

  async function remove() {
    const question = {
      title: t("messages.delete_title"), text: t("messages.delete_text", { name: found.name }),
      action: t("messages.delete"),
    };
    if (!(await confirmed(question))) return;
    await api.remove(path);
    await leave("messages.deleted");
  }

  async function leave(done) {
    await go(list(found, folder), { force: true });
    note(t(done));
  }
}

/** The message, read from now on by who may say so. */
async function opened(path) {
  const found = await api.get(path);
  return found.read || !mayChange() ? found : api.patch(path, { read: true });
}

const list = (found, folder) => (found.spam ? `${folder}/spam` : folder);

function action(key, iconName, work, kind = "quiet") {
  return el("button", { class: `button ${kind}`, type: "button", onclick: () => attempt(work) }, icon(iconName), t(key));
}

async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await tellProblem(problem);
    // Somebody else has deleted it.
    if (problem.status === 404) await renderAgain();
  }
}
