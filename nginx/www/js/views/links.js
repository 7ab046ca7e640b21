// The links of a site, in order.

import * as api from "../api.js";
import { announce } from "../announce.js";
import { el, replace } from "../dom.js";
import { createForm } from "../form.js";
import { register, takeBack } from "../editing.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { limitNotice, tellProblem } from "../limit.js";
import { linkBody, linkFields } from "../link-form.js";
import { linkRow } from "../link-row.js";
import { linkTabs } from "../link-tabs.js";
import { pausedNotice } from "../paused.js";
import { Problem } from "../problem.js";
import { rankOf, reorderable } from "../reorder.js";
import { heading, renderAgain } from "../router.js";
import { markEnds } from "../row-buttons.js";
import { readOnlyReason, session } from "../session.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

export async function links({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}/links`;
  const [site, items] = await Promise.all([loadSite(params.site), api.list(path)]);
  const readOnly = readOnlyReason();
  const element = el("ol", { class: "link-list", "aria-label": t("links.title") });
  const empty = el("div", { class: "empty" }, icon("links"), el("p", {}, t("links.empty")));
  let rows = items.map((link) => linkRow(link, {
    site, path, move, gone, restored, changed, readOnly: readOnly !== null,
  }));
  replace(element, rows.map((row) => row.element));
  reorderable(element, (from, to) => {
    const kept = [...element.children].map((child) => rows.find((row) => row.element === child)).filter(Boolean);
    const moved = rows.find((row) => row.element === element.children[to]);
    rows = kept;
    saveOrder(moved);
  });

  function changed() {
    queueMicrotask(() => {
      markEnds(element);
      empty.hidden = rows.length > 0;
      full.hidden = rows.length < limit;
      // It never goes away under the hands of who is using it.
      add.hidden = rows.length >= limit && !add.contains(document.activeElement);
    });
  }

  function move(row, step, button) {
    const index = rows.indexOf(row);
    const other = rows[index + step];
    if (!other) return;
    if (step < 0) other.element.before(row.element);
    else other.element.after(row.element);
    rows.splice(index, 1);
    rows.splice(index + step, 0, row);
    button.focus();
    saveOrder(row);
  }

  // One after the other, each with the order of its own moment: the last word is the order on screen.
  let saving = Promise.resolve();
  function saveOrder(moved) {
    changed();
    if (moved) {
      announce(t("links.moved", { title: moved.link.title, position: rows.indexOf(moved) + 1, all: rows.length }));
    }
    saving = saving.then(async () => {
      try {
        const answer = await api.put(`${path}/order`, { ids: rows.map((row) => row.link.id) });
        for (const link of answer.items) rows.find((row) => row.link.id === link.id)?.take(link);
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        tellProblem(problem);
        // Another tab added or removed a link: show what there is now.
        if (problem.status === 422 || problem.status === 409 || problem.status === 404) await renderAgain();
      }
    });
    return saving;
  }

  function gone(row) {
    rows = rows.filter((other) => other !== row);
    changed();
  }

  async function restored(row) {
    rows.splice(rankOf(row.element, element, rows.map((other) => other.element)), 0, row);
    await saveOrder(null);
  }

  function added(link) {
    const row = linkRow(link, { site, path, move, gone, restored, changed, readOnly: false });
    rows.push(row);
    element.append(row.element);
    changed();
    announce(t("links.added", { title: link.title }));
  }

  const limit = session().entitlements.links;
  const full = limitNotice("links", limit);
  const add = addCard(path, added, rows.length === 0);
  changed();
  return {
    title: t("links.title"),
    element: el("div", {},
      siteLine(site), heading(t("links.title")), el("p", { class: "lead" }, t("links.text")),
      linkTabs(site, "links"),
      pausedNotice({ kind: "links", items, path, onChosen: renderAgain }),
      readOnly === null ? [full, add] : el("p", { class: "notice warn" }, readOnly),
      element, empty),
  };
}

function addCard(path, added, open) {
  const { fields, layout } = linkFields();
  const blank = () => fields.forEach((field) => field.set(""));
  const form = createForm({
    label: t("links.add"), fields, layout, submitLabel: t("links.add"), submitIcon: "plus",
    async onSubmit(values) {
      added(await api.post(path, linkBody(values)));
      blank();
      form.clear();
      fields[0].focus();
    },
  });
  const empty = JSON.stringify(form.values());
  const key = `new-link:${path}`;
  const isDirty = () => form.element.isConnected && JSON.stringify(form.values()) !== empty;
  register({ key, isDirty, values: form.values });
  const draft = takeBack(key);
  if (draft !== null) form.fill(draft.values);
  return el("details", { class: "card add", open: open || draft !== null },
    el("summary", {}, icon("plus"), t("links.add_title")), form.element);
}
