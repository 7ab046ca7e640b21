// A colour: typed, or picked; or none, so that the theme's own holds. Says as one types whether it can be read.

import { el, replace } from "./dom.js";
import { textField } from "./fields.js";
import { t } from "./i18n.js";

const COLOR = /^#[0-9a-f]{6}$/;

/** Answers a field with two more: judge(nearest) tells whether the colour can be read, own(color) the theme's. */
export function colorField({ path, label, hint }) {
  const field = textField({
    path, label, hint, optional: true, nullable: true, max: 7, autocapitalize: "none", spellcheck: false,
    autocomplete: "off", class: "color-text",
    fix: (text) => (text.startsWith("#") ? text : `#${text}`).toLowerCase(),
    check: (text) => (COLOR.test(text) ? null : t("design.color_invalid")),
  });
  const picker = el("input", { type: "color", class: "color-picker", "aria-label": t("design.pick", { label }) });
  const clear = el("button", { class: "button quiet", type: "button", onclick: () => choose("") }, t("design.as_theme"));
  const verdict = el("p", { class: "verdict", role: "status" });
  const row = el("div", { class: "color-row" });
  field.control.replaceWith(row);
  row.append(picker, field.control, clear);
  row.after(verdict);
  let ofTheme = "#000000";

  function choose(color) {
    field.control.value = color;
    field.control.dispatchEvent(new Event("input", { bubbles: true }));
    field.control.focus();
  }

  function show() {
    const color = field.get();
    picker.value = COLOR.test(color ?? "") ? color : ofTheme;
    clear.hidden = color === null;
  }
  picker.addEventListener("input", (event) => {
    // The text field tells the form; this event would tell it too early.
    event.stopPropagation();
    field.control.value = picker.value;
    field.control.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.control.addEventListener("input", show);
  const { set } = field;
  field.set = (next) => {
    set(next);
    show();
  };

  /** `nearest`: the colour to take instead, or null when this one can be read. */
  field.judge = (nearest) => {
    const color = field.get();
    verdict.className = `verdict ${nearest === null ? "good" : "bad"}`;
    if (color === null || !COLOR.test(color)) replace(verdict);
    else if (nearest === null) replace(verdict, t("design.readable"));
    else {
      replace(verdict, t("design.unreadable"), " ",
        el("button", { class: "button quiet", type: "button", onclick: () => choose(nearest) },
          sample(nearest), t("design.take", { color: nearest })));
    }
  };
  field.own = (color) => {
    ofTheme = color;
    field.control.placeholder = color;
    show();
  };
  show();
  return field;
}

function sample(color) {
  const element = el("span", { class: "color-sample", "aria-hidden": "true" });
  element.style.setProperty("background-color", color);
  return element;
}
