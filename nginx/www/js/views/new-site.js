// A new site: its title, its address, its language.

import * as api from "../api.js";
import { note } from "../announce.js";
import { el } from "../dom.js";
import { selectField, textField } from "../fields.js";
import { createForm } from "../form.js";
import { locale, t } from "../i18n.js";
import { go, heading } from "../router.js";
import { slugField } from "../slug-field.js";
import { remember } from "../sites.js";
import { slugOf } from "../rules.js";
import { keep } from "../storage.js";

export function newSite() {
  return {
    title: t("new_site.title"),
    element: el("div", { class: "narrow" }, heading(t("new_site.title")),
      el("div", { class: "card" }, siteForm().element),
      el("p", {}, el("a", { href: "/import" }, t("import.title")))),
  };
}

/** The form that makes a site and then leads to the start page. */
export function siteForm() {
  const title = textField({
    path: "title", label: t("site.title"), hint: t("site.title_hint"), max: 100, autocomplete: "off",
  });
  const slug = slugField();
  let typedByHand = false;
  slug.control.addEventListener("input", () => (typedByHand = slug.control.value !== ""));
  title.control.addEventListener("input", () => {
    if (!typedByHand) slug.suggest(slugOf(title.get()));
  });
  return createForm({
    label: t("new_site.title"),
    fields: [title, slug, languageField(locale())],
    submitLabel: t("new_site.create"),
    async onSubmit(values) {
      const site = await api.post("/sites", values);
      keep("site", site.id);
      remember(site);
      await go("/", { force: true });
      note(t("new_site.done"));
    },
  });
}

/** The language of a site's own words. */
export function languageField(value) {
  return selectField({
    path: "locale", label: t("site.locale"), hint: t("site.locale_hint"), value,
    options: [["de", "Deutsch"], ["en", "English"]],
  });
}
