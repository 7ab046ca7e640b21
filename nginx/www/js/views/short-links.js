// Short addresses that stand for themselves: at work at once, whatever the draft says.

import * as api from "../api.js";
import { announce, note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el, replace } from "../dom.js";
import { checkField, momentField, textField } from "../fields.js";
import { createForm } from "../form.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { limitNotice, tellProblem } from "../limit.js";
import { checkTag } from "../link-check.js";
import { codeField, fallbackField, linkBody, targetField } from "../link-form.js";
import { linkTabs, shortAddress } from "../link-tabs.js";
import { pausedShortLinks, pausedTag } from "../paused.js";
import { Problem } from "../problem.js";
import { showQR } from "../qr-dialog.js";
import { resourceForm } from "../resource-form.js";
import { heading, renderAgain } from "../router.js";
import { rowButton } from "../row-buttons.js";
import { readOnlyReason, session } from "../session.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

const UTM = ["source", "medium", "campaign", "term", "content"];

export async function shortLinks({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}/short-links`;
  const [site, items] = await Promise.all([loadSite(params.site), api.list(path)]);
  const readOnly = readOnlyReason();
  const list = el("ul", { class: "link-list", "aria-label": t("short_links.title") },
    items.map((link) => row(link, { site, path, readOnly: readOnly !== null })));
  const empty = el("div", { class: "empty" }, icon("links"), el("p", {}, t("short_links.empty")));
  empty.hidden = items.length > 0;
  return {
    title: t("short_links.title"),
    element: el("div", {},
      siteLine(site), heading(t("short_links.title")), el("p", { class: "lead" }, t("short_links.text")),
      linkTabs(site, "short_links"),
      pausedShortLinks(items),
      readOnly === null ? addCard(site, path, items.length, added) : el("p", { class: "notice warn" }, readOnly),
      list, empty, cardButton(site)),
  };

  function added(link) {
    list.prepend(row(link, { site, path, readOnly: false }));
    empty.hidden = true;
    announce(t("short_links.added", { title: link.title, address: shortAddress(site, link) }));
  }
}

/** The code of the business card belongs to nothing in a list. */
function cardButton(site) {
  return el("p", { class: "actions" }, el("button", {
    class: "button quiet", type: "button",
    onclick: () => showQR({
      site, kind: "vcard", id: site.id, title: t("short_links.card"), leadsTo: t("short_links.card_text"),
    }),
  }, icon("qr"), t("short_links.card_qr")));
}

function fieldsOf({ open }) {
  const title = textField({ path: "title", label: t("link.title"), max: 200, autocomplete: "off" });
  const target = targetField();
  const code = codeField();
  const expires = momentField({ path: "expires_at", label: t("short_links.expires") });
  const fallback = fallbackField();
  const permanent = checkField({
    path: "permanent", label: t("short_links.permanent"), hint: t("short_links.permanent_hint"),
  });
  const utm = UTM.map((name) => textField({
    path: `utm/${name}`, label: t(`short_links.utm_${name}`), max: 100, optional: true, autocomplete: "off",
  }));
  const more = el("details", { class: "more", open }, el("summary", {}, t("short_links.more")),
    el("div", { class: "grid" }, [expires, fallback, permanent].map((field) => field.element)),
    el("fieldset", { class: "group" }, el("legend", {}, t("short_links.utm")),
      el("p", { class: "hint" }, t("short_links.utm_hint")),
      el("div", { class: "grid" }, utm.map((field) => field.element))));
  return {
    fields: [title, target, code, expires, fallback, permanent, ...utm],
    layout: [el("div", { class: "grid" }, title.element, target.element, code.element), more],
  };
}

function row(first, { site, path, readOnly }) {
  let link = first;
  const element = el("li", { class: "link-row" });
  showRead();
  return element;

  function showRead() {
    const address = shortAddress(site, link);
    element.className = "link-row";
    replace(element,
      el("div", { class: "row-words" },
        el("strong", {}, link.title),
        el("a", { class: "address", href: address, target: "_blank", rel: "noopener" },
          address.replace(/^https?:\/\//, "")),
        el("span", { class: "address" }, t("short_links.leads_to", { url: link.url })),
        el("span", { class: "tags" }, pausedTag(link), checkTag(link), tags().map((text) => el("span", { class: "tag" }, text)))),
      el("div", { class: "row-actions" },
        rowButton("row.copy", "copy", link.title, () => copy(address)),
        rowButton("row.qr", "qr", link.title, () => showQR({
          site, kind: "short_link", id: link.id, title: link.title, leadsTo: address,
        })),
        readOnly ? null : rowButton("row.edit", "edit", link.title, showEdit),
        readOnly ? null : rowButton("row.delete", "remove", link.title, remove)));
  }

  function tags() {
    const texts = [];
    if (link.expires_at !== null) {
      const isOver = Date.parse(link.expires_at) <= Date.now();
      texts.push(t(isOver ? "link.over_tag" : "link.until_tag", { time: moment(link.expires_at) }));
    }
    if (link.permanent) texts.push(t("short_links.is_permanent"));
    if (link.utm !== null) texts.push(...Object.values(link.utm));
    return texts;
  }

  function showEdit() {
    const { fields, layout } = fieldsOf({
      open: link.utm !== null || link.expires_at !== null || link.fallback_url !== null || link.permanent,
    });
    const cancel = el("button", { class: "button quiet", type: "button", onclick: back }, t("cancel"));
    const form = resourceForm({
      key: `short-link:${link.id}`, label: `${t("row.edit")}: ${link.title}`, resource: link, fields, layout,
      extra: [cancel], load: () => api.get(`${path}/${link.id}`),
      save: (values, version) => api.patch(`${path}/${link.id}`, linkBody(values), version),
      onSaved(saved) {
        link = saved;
        back();
        announce(t("save.saved"));
      },
    });
    form.element.addEventListener("keydown", (event) => event.key === "Escape" && back());
    element.className = "link-row is-open";
    replace(element, form.element);
    fields[0].focus();
  }

  function back() {
    showRead();
    element.querySelectorAll(".row-actions button")[2]?.focus();
  }

  async function remove() {
    const { title } = link;
    const text = t("short_links.delete_text", { address: shortAddress(site, link) });
    if (!(await confirmed({ title: t("short_links.delete_title", { title }), text, action: t("row.delete") }))) return;
    try {
      await api.remove(`${path}/${link.id}`, link.version);
      note(t("row.deleted", { title }));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === "stale") note(t("stale.look_again"));
      else if (problem.status !== 404) tellProblem(problem);
    }
    await renderAgain();
    document.querySelector("h1").focus();
  }
}

async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    note(t("short_links.copied", { address }));
  } catch {
    // Not allowed, or not there over plain HTTP: it can be read, at least.
    note(address);
  }
}

function addCard(site, path, count, added) {
  const limit = session().entitlements.links;
  if (count >= limit) return limitNotice("short_links", limit);
  const { fields, layout } = fieldsOf({ open: false });
  const form = createForm({
    label: t("short_links.add"), fields, layout, submitLabel: t("short_links.add"), submitIcon: "plus",
    async onSubmit(values) {
      added(await api.post(path, linkBody(values)));
      fields.forEach((field) => field.set(""));
      form.clear();
      fields[0].focus();
    },
  });
  return el("details", { class: "card add", open: count === 0 },
    el("summary", {}, icon("plus"), t("short_links.add_title")), form.element);
}
