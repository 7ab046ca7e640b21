// A field whose value is a list of small objects, such as the accounts of a profile.

import { announce } from "./announce.js";
import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** `row(value)`: the fields of one entry, with paths of one name each. `max`: entries at most. */
export function rowsField({ path, label, hint, addLabel, max, row }) {
  const list = el("ul", { class: "rows" });
  const add = el("button", { class: "button quiet", type: "button", onclick: addRow }, icon("plus"), addLabel);
  const element = el("fieldset", { class: "group" }, el("legend", {}, label),
    hint ? el("p", { class: "hint" }, hint) : null, list, add);
  let rows = [];

  function show() {
    replace(list, rows.map((fields, index) => el("li", {},
      el("div", { class: "grid" }, fields.map((field) => field.element)),
      el("button", {
        class: "icon-button", type: "button", title: t("rows.remove"),
        "aria-label": t("rows.remove_number", { number: index + 1 }), onclick: () => removeRow(index),
      }, icon("remove")))));
    add.hidden = rows.length >= max;
  }

  function changed() {
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function addRow() {
    rows.push(row({}));
    show();
    rows.at(-1)[0].focus();
    changed();
  }

  function removeRow(index) {
    rows.splice(index, 1);
    show();
    (rows[Math.min(index, rows.length - 1)]?.[0] ?? add).focus();
    announce(t("rows.removed"));
    changed();
  }

  let invalid = null;
  return {
    path, label, element,
    get: () => rows.map((fields) => Object.fromEntries(fields.map((field) => [field.path, field.get()]))),
    set(values) {
      rows = (values ?? []).map(row);
      show();
    },
    check() {
      invalid = rows.flat().filter((field) => !field.check())[0] ?? null;
      return invalid === null;
    },
    focus: () => (invalid ?? rows[0]?.[0] ?? add).focus(),
    setError: () => rows.flat().forEach((field) => field.setError(null)),
    locate: ([index, name]) => rows[Number(index)]?.find((field) => field.path === name) ?? null,
  };
}
