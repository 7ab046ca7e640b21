// One link of the list: read, edited in its place, hidden, moved, deleted with a way back.

import * as api from "./api.js";
import { announce, note } from "./announce.js";
import { el, replace } from "./dom.js";
import { moment, t } from "./i18n.js";
import { icon } from "./icons.js";
import { tellProblem } from "./limit.js";
import { checkTag } from "./link-check.js";
import { linkBody, linkFields, saysMore } from "./link-form.js";
import { shortAddress } from "./link-tabs.js";
import { pausedTag } from "./paused.js";
import { Problem } from "./problem.js";
import { showQR } from "./qr-dialog.js";
import { resourceForm } from "./resource-form.js";
import { moveButtons, rowButton } from "./row-buttons.js";

/**
 * `list`: { site, path, move(row, step, button), gone(row), restored(row, link), changed(), readOnly }.
 * Answers { element, link, take(link) }.
 */
export function linkRow(link, list) {
  const row = { element: el("li", { class: "link-row" }), link, take };
  const path = () => `${list.path}/${row.link.id}`;
  showRead();

  function take(next) {
    row.link = next;
    if (row.element.querySelector("form")) return;
    const focused = [...row.element.querySelectorAll("button")].indexOf(document.activeElement);
    showRead();
    row.element.querySelectorAll("button")[focused]?.focus();
  }

  function showRead() {
    const { title, url, group, hidden, from, until } = row.link;
    row.element.className = `link-row${hidden ? " is-hidden" : ""}`;
    replace(row.element,
      list.readOnly ? null : el("span", { class: "drag", "aria-hidden": true }, icon("drag")),
      el("div", { class: "row-words" },
        el("strong", {}, title),
        el("span", { class: "address" }, url.replace(/^https?:\/\//, "").replace(/\/$/, "")),
        el("span", { class: "tags" },
          pausedTag(row.link),
          checkTag(row.link),
          row.link.highlight ? el("span", { class: "tag good" }, t("link.is_highlighted")) : null,
          row.link.rel_me ? el("span", { class: "tag" }, "rel=me") : null,
          hidden ? el("span", { class: "tag" }, t("link.is_hidden")) : null,
          group ? el("span", { class: "tag" }, group) : null,
          times(from, until).map((text) => el("span", { class: "tag" }, text)))),
      list.readOnly ? el("div", { class: "row-actions" }, qrButton()) : el("div", { class: "row-actions" },
        moveButtons(title, (step, button) => list.move(row, step, button)),
        rowButton("row.edit", "edit", title, showEdit),
        rowButton(hidden ? "row.show" : "row.hide", hidden ? "hidden" : "shown", title, toggle),
        qrButton(),
        rowButton("row.delete", "remove", title, remove)));
    list.changed();
  }

  function qrButton() {
    const { id, title } = row.link;
    return rowButton("row.qr", "qr", title, () => showQR({
      site: list.site, kind: "link", id, title, leadsTo: shortAddress(list.site, row.link),
    }));
  }

  function focusButton(shape) {
    const order = { edit: 2, toggle: 3, remove: 5 };
    row.element.querySelectorAll(".row-actions button")[order[shape]]?.focus();
  }

  function showEdit() {
    const { fields, layout } = linkFields({ open: saysMore(row.link) });
    const cancel = el("button", { class: "button quiet", type: "button", onclick: back }, t("cancel"));
    const form = resourceForm({
      key: `link:${row.link.id}`, label: `${t("row.edit")}: ${row.link.title}`, resource: row.link, fields, layout,
      extra: [cancel], load: () => api.get(path()),
      save: (values, version) => api.patch(path(), linkBody(values), version),
      onSaved(saved) {
        row.link = saved;
        back();
        announce(t("save.saved"));
      },
    });
    form.element.addEventListener("keydown", (event) => event.key === "Escape" && back());
    row.element.className = "link-row is-open";
    replace(row.element, form.element);
    fields[0].focus();
  }

  function back() {
    showRead();
    focusButton("edit");
  }

  async function toggle() {
    const hidden = !row.link.hidden;
    await attempt(async () => {
      row.link = await changeNewest(hidden);
      showRead();
      focusButton("toggle");
      announce(t(hidden ? "link.now_hidden" : "link.now_shown", { title: row.link.title }));
    });
  }

  // Only this one field is written, so whatever another tab changed stays: it is read and the change repeated.
  async function changeNewest(hidden) {
    try {
      return await api.patch(path(), { hidden }, row.link.version);
    } catch (problem) {
      if (problem.code !== "stale") throw problem;
      const newest = await api.get(path());
      return api.patch(path(), { hidden }, newest.version);
    }
  }

  async function remove() {
    await attempt(async () => {
      try {
        await api.remove(path(), row.link.version);
      } catch (problem) {
        if (problem.code === "stale") {
          row.link = await api.get(path());
          showRead();
          focusButton("remove");
          note(t("stale.look_again"));
          return;
        }
        if (problem.status !== 404) throw problem;
      }
      showRemoved();
    });
  }

  function showRemoved() {
    list.gone(row);
    row.element.className = "link-row is-gone";
    const undo = el("button", { class: "button quiet", type: "button", onclick: restore }, icon("undo"), t("undo"));
    replace(row.element, el("p", {}, t("row.deleted", { title: row.link.title })), undo);
    undo.focus();
    announce(t("row.deleted", { title: row.link.title }));
  }

  async function restore() {
    await attempt(async () => {
      await api.post(`/trash/${row.link.id}/restore`, {});
      row.link = await api.get(path());
      await list.restored(row);
      showRead();
      focusButton("remove");
      announce(t("row.restored", { title: row.link.title }));
    });
  }

  async function attempt(work) {
    try {
      await work();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tellProblem(problem);
    }
  }
  return row;
}

/** What is to be said of when a link shows. */
function times(from, until) {
  const now = Date.now();
  const texts = [];
  if (from !== null && Date.parse(from) > now) texts.push(t("link.from_tag", { time: moment(from) }));
  if (until !== null) texts.push(t(Date.parse(until) < now ? "link.over_tag" : "link.until_tag",
    { time: moment(until) }));
  return texts;
}
