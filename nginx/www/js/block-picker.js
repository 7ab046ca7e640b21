// The choice of a kind of block: its name and one line on what it does, in groups.

import { BLOCK_GROUPS } from "./block-kinds.js";
import { el, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** `onPick(kind)`: called with the kind that was chosen. */
export function blockPicker(onPick) {
  return el("div", { class: "block-kinds", role: "group", "aria-label": t("blocks.add") },
    BLOCK_GROUPS.map(([group, kinds]) => {
      const id = uniqueId("kinds");
      return el("section", { "aria-labelledby": id },
        el("h3", { id }, t(`blocks.group_${group}`)),
        el("div", { class: "block-choices" }, kinds.map((kind) => choice(kind, onPick))));
    }));
}

function choice(kind, onPick) {
  const name = uniqueId("kind");
  const hint = uniqueId("kind");
  return el("button", {
    type: "button", class: "block-choice", "aria-labelledby": name, "aria-describedby": hint,
    onclick: () => onPick(kind),
  }, icon(kind), el("strong", { id: name }, t(`block.${kind}`)),
  el("span", { id: hint, class: "hint" }, t(`block.${kind}_line`)));
}
