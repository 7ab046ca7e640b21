// The pages of a site.

import * as api from "../api.js";
import { note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el } from "../dom.js";
import { textField } from "../fields.js";
import { createForm } from "../form.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { limitNotice, tellProblem } from "../limit.js";
import { pausedNotice, pausedTag } from "../paused.js";
import { Problem } from "../problem.js";
import { showQR } from "../qr-dialog.js";
import { go, heading, renderAgain } from "../router.js";
import { rowButton } from "../row-buttons.js";
import { pageSlugRule, slugOf } from "../rules.js";
import { readOnlyReason, session } from "../session.js";
import { languageField, languageName, languagePath } from "../site-languages.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

export async function pages({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}/pages`;
  const [site, items] = await Promise.all([loadSite(params.site), api.list(path)]);
  const readOnly = readOnlyReason();
  const rank = (page) => (page.language === null ? "" : page.language);
  items.sort((one, other) => rank(one).localeCompare(rank(other)) || Number(other.home) - Number(one.home)
    || one.position - other.position);
  return {
    title: t("pages.title"),
    element: el("div", {},
      siteLine(site), heading(t("pages.title")), el("p", { class: "lead" }, t("pages.text")),
      pausedNotice({ kind: "pages", items, path, onChosen: renderAgain }),
      el("ul", { class: "page-list" }, items.map((page) => el("li", {}, pageRow(site, page, path, readOnly === null)))),
      readOnly === null ? addCard(site, path, items) : el("p", { class: "notice warn" }, readOnly)),
  };
}

function pageRow(site, page, path, writable) {
  return el("div", { class: "page-row" },
    el("a", { href: `/sites/${site.id}/pages/${page.id}` },
      icon(page.home ? "overview" : "pages"),
      el("span", { class: "row-words" }, el("strong", {}, page.title, " ", pausedTag(page)),
        el("span", { class: "address" }, page.home && !page.language
          ? t("pages.home") : languagePath(page) + page.slug),
        page.language ? el("span", { class: "tag" }, languageName(page.language)) : null),
      icon("next")),
    rowButton("row.qr", "qr", page.title, () => showQR({
      site, kind: "page", id: page.id, title: page.title,
      leadsTo: page.home ? site.url : `${site.url}${page.slug}/`,
    })),
    (page.home && !page.language) || !writable ? null : rowButton("row.delete", "remove", page.title, () => remove(page, path)));
}

async function remove(page, path) {
  const title = t("pages.delete_title", { title: page.title });
  if (!(await confirmed({ title, text: t("pages.delete_text"), action: t("row.delete") }))) return;
  try {
    await api.remove(`${path}/${page.id}`, page.version);
    note(t("row.deleted", { title: page.title }));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.code === "stale") note(t("stale.look_again"));
    else tellProblem(problem);
  }
  await renderAgain();
  document.querySelector("h1").focus();
}

function addCard(site, path, items) {
  const limit = session().entitlements.pages;
  if (items.length >= limit) return limitNotice("pages", limit);
  const title = textField({ path: "title", label: t("page.title"), max: 100, autocomplete: "off" });
  const slug = textField({
    path: "slug", label: t("page.slug"), hint: t("page.slug_hint"), max: 40, autocapitalize: "none", spellcheck: false,
    autocomplete: "off", check: pageSlugRule, fix: (text) => text.toLowerCase(),
  });
  const language = languageField(site);
  // The first page of a language is its home page, which has no name in its address.
  const isFirst = () => language.get() !== null && !items.some((page) => page.language === language.get());
  language.element.addEventListener("change", () => (slug.element.hidden = isFirst()));
  let typedByHand = false;
  slug.control.addEventListener("input", () => (typedByHand = slug.control.value !== ""));
  title.control.addEventListener("input", () => {
    if (!typedByHand) slug.set(slugOf(title.get()));
  });
  const form = createForm({
    label: t("pages.add"), fields: [title, { ...slug, check: () => isFirst() || slug.check() }, language],
    layout: [el("div", { class: "grid" }, title.element, slug.element), language.element],
    submitLabel: t("pages.add"), submitIcon: "plus",
    async onSubmit(values) {
      const page = await api.post(path, { ...values, slug: isFirst() ? "" : values.slug, blocks: [] });
      await go(`/sites/${site.id}/pages/${page.id}`);
    },
  });
  return el("details", { class: "card add" }, el("summary", {}, icon("plus"), t("pages.add_title")), form.element);
}
