// A field whose value is a list of small objects, such as the accounts of a profile.

import { announce } from "./announce.js";
import { el, replace, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { markEnds, moveButtons } from "./row-buttons.js";

/**
 * `row(value)`: the fields of one entry, with paths of one name each; what is optional and empty is left out of it.
 * `max`: entries at most. `required`: whether there must be one. `movable`: whether their order is chosen.
 * `next(value)`: what a new entry begins with, after one of that value.
 */
export function rowsField({
  path, label, hint, addLabel, max, row, required = false, movable = false, next = () => ({}),
}) {
  const list = el(movable ? "ol" : "ul", { class: "rows" });
  const add = el("button", { class: "button quiet", type: "button", onclick: addRow }, icon("plus"), addLabel);
  const error = el("p", { class: "field-error", id: uniqueId("error"), hidden: true });
  const element = el("fieldset", { class: "group", "aria-describedby": error.id }, el("legend", {}, label),
    hint ? el("p", { class: "hint" }, hint) : null, list, error, add);
  let rows = [];
  const items = new Map();

  function show() {
    items.clear();
    rows.forEach((fields, index) => items.set(fields, item(fields, index)));
    replace(list, [...items.values()]);
    if (movable) markEnds(list);
    add.hidden = rows.length >= max;
  }

  function item(fields, index) {
    const name = t("rows.number", { number: index + 1 });
    return el("li", {},
      el("div", { class: "grid" }, fields.map((field) => field.element)),
      el("div", { class: "row-actions" },
        movable ? moveButtons(name, (step) => move(fields, step)) : null,
        el("button", {
          class: "icon-button", type: "button", title: t("rows.remove"),
          "aria-label": t("rows.remove_number", { number: index + 1 }), onclick: () => removeRow(fields),
        }, icon("remove"))));
  }

  function changed() {
    setError(null);
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function addRow() {
    rows.push(row(rows.length === 0 ? {} : next(valueOf(rows.at(-1)))));
    show();
    rows.at(-1)[0].focus();
    changed();
  }

  function move(fields, step) {
    const index = rows.indexOf(fields);
    const place = index + step;
    if (place < 0 || place >= rows.length) return;
    rows.splice(index, 1);
    rows.splice(place, 0, fields);
    show();
    items.get(fields).querySelector(`[data-step="${step}"]`).focus();
    announce(t("links.moved", { title: t("rows.entry"), position: place + 1, all: rows.length }));
    changed();
  }

  function removeRow(fields) {
    const index = rows.indexOf(fields);
    rows.splice(index, 1);
    show();
    (rows[Math.min(index, rows.length - 1)]?.[0] ?? add).focus();
    announce(t("rows.removed"));
    changed();
  }

  function setError(text) {
    error.hidden = text === null;
    error.textContent = text ?? "";
  }

  let invalid = null;
  return {
    path, label, element,
    get: () => rows.map(valueOf),
    set(values) {
      rows = (values ?? []).map(row);
      show();
    },
    check() {
      setError(required && rows.length === 0 ? t("field.required") : null);
      invalid = rows.flat().filter((field) => !field.check())[0] ?? null;
      return invalid === null && (rows.length > 0 || !required);
    },
    focus: () => (invalid ?? rows[0]?.[0] ?? add).focus(),
    setError(text) {
      setError(text);
      if (text === null) rows.flat().forEach((field) => field.setError(null));
    },
    locate(rest) {
      if (rest.length === 0) return this;
      const [index, name] = rest;
      return rows[Number(index)]?.find((field) => field.path === name) ?? null;
    },
  };
}

function valueOf(fields) {
  const values = fields.map((field) => [field.path, field.get(), field.optional]);
  const told = values.filter(([, value, optional]) => !(optional && (value === "" || value === null)));
  return Object.fromEntries(told.map(([path, value]) => [path, value]));
}
