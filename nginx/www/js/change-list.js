// What is different between two states of a site, as the API tells it in words.

import { el } from "./dom.js";
import { t } from "./i18n.js";

const SHOWN = 50;

/** A list of the changes; a sentence when there are none. `changes`: as the API answers them. */
export function changeList(changes) {
  if (changes.against === null) return el("p", { class: "hint" }, t("changes.nothing_before"));
  if (changes.items.length === 0) return el("p", { class: "hint" }, t("changes.none"));
  const more = Math.max(changes.items.length - SHOWN, 0) + changes.left_out;
  return el("div", {},
    el("ul", { class: "changes" }, changes.items.slice(0, SHOWN).map((item) =>
      el("li", {}, el("strong", {}, item.title), " ", el("span", {}, item.text)))),
    more > 0 ? el("p", { class: "hint" }, t("changes.more", { count: more })) : null);
}
