// Small buttons at an item of a list. Their names carry the item's, so that they differ when heard one by one.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** `action`: a key of the texts, such as "row.edit". */
export function rowButton(action, iconName, item, onclick) {
  const label = `${t(action)}: ${item}`;
  return el("button", { class: "icon-button", type: "button", title: t(action), "aria-label": label, onclick },
    icon(iconName));
}

/** Up and down. `move(step)` is called with -1 or 1; at the ends nothing happens, and the focus stays. */
export function moveButtons(item, move) {
  return [["row.up", "up", -1], ["row.down", "down", 1]].map(([action, shape, step]) => {
    const button = rowButton(action, shape, item, () => {
      if (button.getAttribute("aria-disabled") !== "true") move(step, button);
    });
    button.dataset.step = step;
    return button;
  });
}

/** Marks at each item of the list which ways are open. */
export function markEnds(list) {
  const items = [...list.children];
  items.forEach((item, index) => {
    for (const button of item.querySelectorAll(":scope > .row-actions [data-step]")) {
      const target = index + Number(button.dataset.step);
      button.setAttribute("aria-disabled", String(target < 0 || target >= items.length));
    }
  });
}
