// Texts, dates and plurals in the person's language.

import { de } from "./locales/de.js";
import { en } from "./locales/en.js";
import { keep, recall } from "./storage.js";

const TEXTS = { de, en };
export const LOCALES = ["de", "en"];

let current = firstLocale();
const listeners = new Set();

/** The language in use: "de" or "en". */
export const locale = () => current;

/** True when the person chose the language in this browser, rather than the browser's own setting. */
export const localeWasChosen = () => LOCALES.includes(recall("locale"));

function firstLocale() {
  const chosen = recall("locale");
  if (LOCALES.includes(chosen)) return chosen;
  const wanted = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => LOCALES.includes(tag)) ?? "en";
}

/** Switches the language. `chosen`: the person said so, and it is kept for the next visit. */
export function setLocale(next, { chosen }) {
  if (!LOCALES.includes(next)) return;
  if (chosen) keep("locale", next);
  if (next === current) return;
  current = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener(next);
}

/** Calls back after each change of the language. */
export const onLocale = (listener) => listeners.add(listener);

/** The text of this key with `{names}` filled in. A text that depends on `count` is an object of plural forms. */
export function t(key, values = {}) {
  let text = TEXTS[current][key];
  if (text === undefined) throw new RangeError(`no text for ${key}`);
  if (typeof text === "object") text = text[new Intl.PluralRules(current).select(values.count)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** The text of this key, or null when there is none. */
export const textOrNull = (key, values) => (TEXTS[current][key] === undefined ? null : t(key, values));

const REGIONS = { de: "de-DE", en: "en-GB" };

/** A moment with its date and time, e.g. "21 Nov 2026, 12:00". */
export function moment(time) {
  return new Intl.DateTimeFormat(REGIONS[current], { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

/** A day, e.g. "21 November 2026". */
export function day(time) {
  return new Intl.DateTimeFormat(REGIONS[current], { dateStyle: "long" }).format(new Date(time));
}

/** A count, e.g. "12,345". */
export const number = (count) => new Intl.NumberFormat(REGIONS[current]).format(count);

/** A country by its two letters (ISO 3166-1), e.g. "Germany". */
export const countryName = (code) => new Intl.DisplayNames([current], { type: "region" }).of(code) ?? code;

/** An amount of money, e.g. "€12.00". `amount`: in the currency's smallest unit, as the API has it. */
export function money(amount, currency) {
  const format = new Intl.NumberFormat(REGIONS[current], { style: "currency", currency: currency.toUpperCase() });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** How long ago or ahead, e.g. "3 minutes ago". */
export function relative(time) {
  const seconds = (new Date(time).getTime() - Date.now()) / 1000;
  const format = new Intl.RelativeTimeFormat(current, { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return t("time.now");
}

document.documentElement.lang = current;
