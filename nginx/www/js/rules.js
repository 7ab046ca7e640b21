// What the API will accept, said before it is asked. The API decides; these only save a way.

import { t } from "./i18n.js";

const SLUG = /^(?![a-z0-9]{2}--)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const PAGE_SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Where the legal pages are. */
const LEGAL_SLUGS = new Set(["imprint", "impressum", "privacy", "datenschutz"]);
const ADDRESS = /^(?:https?:\/\/[^\s/?#]+\S*|mailto:\S+@\S+|tel:[+0-9()./ -]+)$/i;

/** Each answers a message, or null when all is well. */
export const slugRule = (text) =>
  text.length >= 3 && text.length <= 40 && SLUG.test(text) ? null : t("field.invalid_slug");
export const pageSlugRule = (text) =>
  text.length <= 40 && PAGE_SLUG.test(text) && !LEGAL_SLUGS.has(text) ? null : t("field.invalid_page_slug");
export const codeRule = (text) => (/^[a-z0-9-]{2,40}$/.test(text) ? null : t("field.invalid_code"));
export const websiteRule = (text) => (/^https?:\/\/[^\s/?#]+/i.test(text) ? null : t("field.invalid_website"));
export const urlRule = (text) => (ADDRESS.test(text) ? null : t("field.invalid_url"));
export const emailRule = (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : t("field.invalid_email"));

/** "example.org" as a person types it becomes a whole address; what has a scheme stays. */
export function completedURL(text) {
  if (text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s/]+\.[^\s]+$/.test(text) ? `https://${text}` : text;
}

/** A slug out of a title: "Café Müller" becomes "cafe-mueller". */
export function slugOf(title) {
  const plain = title.toLowerCase().replace(/ä/g, "ae").replace(/ö/g, "oe").replace(/ü/g, "ue").replace(/ß/g, "ss")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
}
