// The fields of a link.

import { checkField, momentField, textField } from "./fields.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { completedURL, urlRule } from "./rules.js";

/** Fields for a link and their layout; the rarer ones are folded away. */
export function linkFields({ open = false } = {}) {
  const title = textField({ path: "title", label: t("link.title"), max: 200, autocomplete: "off" });
  const url = textField({
    path: "url", label: t("link.url"), hint: t("link.url_hint"), max: 2048, inputmode: "url", autocomplete: "off",
    autocapitalize: "none", spellcheck: false, check: urlRule, fix: completedURL,
  });
  const group = textField({
    path: "group", label: t("link.group"), hint: t("link.group_hint"), max: 80, optional: true, nullable: true,
  });
  const from = momentField({ path: "from", label: t("link.from") });
  const until = momentField({ path: "until", label: t("link.until") });
  const hidden = checkField({ path: "hidden", label: t("link.hidden") });
  const more = el("details", { class: "more", open }, el("summary", {}, t("link.more")),
    el("div", { class: "grid" }, [group, from, until, hidden].map((field) => field.element)));
  return {
    fields: [title, url, group, from, until, hidden],
    layout: [el("div", { class: "grid" }, title.element, url.element), more],
  };
}
