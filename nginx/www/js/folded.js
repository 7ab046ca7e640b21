// A part that is fetched when it is opened for the first time.

import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { problemNotice } from "./notice.js";
import { Problem } from "./problem.js";

/** `load()`: fetches and answers nodes. `label`: what it is called when heard by itself, when `title` is not enough. */
export function folded({ title, label = null, load }) {
  const place = el("div", { class: "folded" }, el("p", { class: "hint" }, t("loading")));
  let begun = false;
  async function fill() {
    try {
      replace(place, await load());
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      replace(place, problemNotice(problem, { again: fill, kept: false }));
    }
  }
  return el("details", {
    ontoggle: () => {
      if (begun) return;
      begun = true;
      fill();
    },
  }, el("summary", { "aria-label": label }, title), place);
}
