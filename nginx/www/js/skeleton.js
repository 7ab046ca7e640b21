// What stands in the place of a view that is still on its way.

import { el } from "./dom.js";
import { t } from "./i18n.js";

/** Before this, an empty place is calmer than one that flickers. */
export const SKELETON_AFTER_MS = 150;

export function skeleton() {
  return el("div", { class: "skeleton" }, el("p", { class: "visually-hidden" }, t("loading")),
    ["title", "line", "box", "box"].map((kind) => el("div", { class: `bone ${kind}`, "aria-hidden": true })));
}
