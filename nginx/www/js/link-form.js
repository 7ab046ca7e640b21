// The fields of a link, and those that it shares with short links.

import { el } from "./dom.js";
import { checkField, momentField, textField } from "./fields.js";
import { t } from "./i18n.js";
import { codeRule, completedURL, urlRule } from "./rules.js";

const ADDRESS = { max: 2048, inputmode: "url", autocomplete: "off", autocapitalize: "none", spellcheck: false };

/** Where a link leads. */
export const targetField = () => textField({
  path: "url", label: t("link.url"), hint: t("link.url_hint"), check: urlRule, fix: completedURL, ...ADDRESS,
});

/** Its part of the short address; empty: the server makes one, or it stays. */
export const codeField = () => textField({
  path: "code", label: t("link.code"), hint: t("link.code_hint"), max: 40, optional: true, nullable: true,
  autocomplete: "off", autocapitalize: "none", spellcheck: false, check: codeRule, fix: (text) => text.toLowerCase(),
});

/** Where the short address leads otherwise. */
export const fallbackField = () => textField({
  path: "fallback_url", label: t("link.fallback"), hint: t("link.fallback_hint"), optional: true, nullable: true,
  check: urlRule, fix: completedURL, ...ADDRESS,
});

/** What is sent of a form's values: a code that was left empty is not meant to be none. */
export function linkBody({ code, ...values }) {
  return code === null ? values : { ...values, code };
}

/** Fields for a link and their layout; the rarer ones are folded away. */
export function linkFields({ open = false } = {}) {
  const title = textField({ path: "title", label: t("link.title"), max: 200, autocomplete: "off" });
  const url = targetField();
  const group = textField({
    path: "group", label: t("link.group"), hint: t("link.group_hint"), max: 80, optional: true, nullable: true,
  });
  const code = codeField();
  const fallback = fallbackField();
  const from = momentField({ path: "from", label: t("link.from") });
  const until = momentField({ path: "until", label: t("link.until") });
  const highlight = checkField({ path: "highlight", label: t("link.highlight") });
  const me = checkField({ path: "rel_me", label: t("link.rel_me"), hint: t("link.rel_me_hint") });
  const hidden = checkField({ path: "hidden", label: t("link.hidden") });
  const rarer = [group, code, from, until, fallback, highlight, me, hidden];
  const more = el("details", { class: "more", open }, el("summary", {}, t("link.more")),
    el("div", { class: "grid" }, rarer.map((field) => field.element)));
  return {
    fields: [title, url, ...rarer],
    layout: [el("div", { class: "grid" }, title.element, url.element), more],
  };
}

/** Whether a link says anything in the fields that are folded away; every link has a code. */
export const saysMore = (link) => ["group", "from", "until", "fallback_url", "highlight", "rel_me"]
  .some((name) => link[name] !== null && link[name] !== false);
