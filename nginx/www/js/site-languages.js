// The languages that pages of a site can be written in.

import { selectField } from "./fields.js";
import { t } from "./i18n.js";

const NAMES = {
  de: "Deutsch", en: "English", fr: "Français", es: "Español", it: "Italiano", nl: "Nederlands", pl: "Polski",
  pt: "Português", tr: "Türkçe",
};

/** What its speakers call a language. */
export const languageName = (code) => NAMES[code] ?? code;

/** Where the pages of a language begin. */
export const languagePath = (page) => (page.language ? `/${page.language}/` : "/");

/** The language of a new page; null for the site's own. */
export const languageField = (site) => selectField({
  path: "language", label: t("page.language"), hint: t("page.language_hint"), value: "",
  options: [["", languageName(site.locale)],
    ...Object.entries(NAMES).filter(([code]) => code !== site.locale)],
  parse: (code) => code || null,
});

/** Which page of the site's own language a page translates; null for none. */
export const originalField = (pages, value) => selectField({
  path: "translation_of", label: t("page.translation_of"), hint: t("page.translation_of_hint"), value: value ?? "",
  options: [["", t("page.translation_of_none")],
    ...pages.filter((page) => page.language === null && !page.home).map((page) => [page.id, page.title])],
  parse: (id) => id || null,
});
