// What was deleted in the last days, and the way back.

import * as api from "../api.js";
import { note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el } from "../dom.js";
import { day, moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { tellProblem } from "../limit.js";
import { Problem } from "../problem.js";
import { heading, renderAgain } from "../router.js";
import { rowButton } from "../row-buttons.js";
import { isOwner, readOnlyReason } from "../session.js";
import { loadSites } from "../sites.js";

export async function trash() {
  const items = await api.list("/trash");
  return {
    title: t("trash.title"),
    element: el("div", {}, heading(t("trash.title")), el("p", { class: "lead" }, t("trash.text")),
      items.length === 0 ? el("div", { class: "empty" }, icon("trash"), el("p", {}, t("trash.empty")))
        : el("ul", { class: "versions trash" }, items.map(row))),
  };
}

function row(item) {
  const words = [
    t(`trash.kind_${item.kind}`), item.kind === "site" ? item.slug : (item.site_title ?? t("trash.site_gone")),
    t("trash.deleted", { time: moment(item.deleted_at) }), item.deleted_by,
  ];
  const mayRestore = readOnlyReason(item.kind === "site" ? "owner" : "editor") === null;
  return el("li", {},
    el("div", { class: "row-words" },
      el("strong", {}, item.title), el("span", { class: "hint" }, words.filter(Boolean).join(" · ")),
      el("span", { class: "hint" }, t("trash.until", { day: day(item.expires_at) }))),
    el("div", { class: "row-actions" },
      mayRestore ? rowButton("trash.restore", "undo", item.title, () => restore(item)) : null,
      isOwner() ? rowButton("trash.delete", "remove", item.title, () => remove(item)) : null));
}

async function restore(item, body = {}) {
  await attempt(async () => {
    const back = await api.post(`/trash/${item.id}/restore`, body);
    if (item.kind === "site") await loadSites();
    note(back.slug === item.slug || !back.slug ? t("row.restored", { title: item.title })
      : t("trash.renamed", { title: item.title, slug: back.slug }));
  }, async (problem) => {
    if (problem.code === "conflict") note(t("trash.site_first"));
    else if (problem.code !== "slug_taken") return false;
    else if (await confirmed({
      title: t("trash.taken_title"), text: t("trash.taken_text", { slug: item.slug }), action: t("trash.restore"),
      kind: "primary",
    })) await restore(item, { rename: true });
    return true;
  });
}

async function remove(item) {
  const title = t("trash.delete_title", { title: item.title });
  if (!(await confirmed({ title, text: t("trash.delete_text"), action: t("trash.delete") }))) return;
  await attempt(async () => {
    await api.remove(`/trash/${item.id}`);
    note(t("row.deleted", { title: item.title }));
  });
}

/** `otherwise(problem)`: answers true when it has dealt with it. */
async function attempt(work, otherwise = () => false) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (await otherwise(problem)) return;
    await tellProblem(problem);
  }
  await renderAgain();
  document.querySelector("h1").focus();
}
