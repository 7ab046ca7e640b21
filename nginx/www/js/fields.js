// Labelled controls. Each field has a path (of JSON pointer names without the first slash), a value that can be read
// and set, and a place for its error that the control is described by.

import { el, uniqueId } from "./dom.js";
import { t } from "./i18n.js";

/**
 * A text field. `kind`: an input's type, or "textarea". `check(value)`: a message, or null. `fix(value)`: what to make
 * of what was typed. Optional fields say so; others are required, unless `lenient`: wanted, but may be saved without.
 * `nullable`: its value is null rather than empty.
 */
export function textField({
  path, label, hint, kind = "text", optional = false, lenient = false, nullable = false, max, rows = 4, value = "",
  check, fix, ...more
}) {
  const id = uniqueId("field");
  const attributes = { id, name: path, maxlength: max, value, ...more };
  if (!optional && !lenient) attributes["aria-required"] = true;
  const control = kind === "textarea"
    ? el("textarea", { rows, ...attributes })
    : el("input", { type: kind, ...attributes });
  return leaf({
    path, label, control, hint, optional,
    get() {
      const text = control.value.trim();
      return text === "" && nullable ? null : (fix?.(text) ?? text);
    },
    set: (next) => (control.value = next ?? ""),
    check(text) {
      if ((text ?? "") === "") return optional || lenient ? null : t("field.required");
      return check?.(text) ?? null;
    },
  });
}

/**
 * A moment, typed in the browser's local time, whose zone is named; its value is RFC 3339 in UTC, or null where it is
 * optional.
 */
export function momentField({ path, label, hint = zoneHint(), value = null, optional = true }) {
  const control = el("input", {
    type: "datetime-local", id: uniqueId("field"), name: path, "aria-required": optional ? null : true,
  });
  const field = leaf({
    path, label, control, hint, optional,
    get: () => (control.value === "" ? null : new Date(control.value).toISOString()),
    set: (next) => (control.value = next ? localText(next) : ""),
    check: (time) => (optional || time !== null ? null : t("field.required")),
  });
  field.set(value);
  return field;
}

const zoneHint = () => t("field.zone", { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });

function localText(time) {
  const date = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
    + `T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A choice from a list. `options`: [[value, text]]. */
export function selectField({ path, label, hint, options, value, parse = (text) => text }) {
  const control = el("select", { id: uniqueId("field"), name: path },
    options.map(([key, text]) => el("option", { value: key, selected: key === value }, text)));
  return leaf({
    path, label, control, hint, optional: false, plain: true,
    get: () => parse(control.value),
    set: (next) => (control.value = String(next)),
    check: () => null,
  });
}

/** A yes or no. */
export function checkField({ path, label, hint, value = false }) {
  const control = el("input", { type: "checkbox", id: uniqueId("field"), name: path, checked: value });
  const field = leaf({
    path, label, control, hint, optional: false, plain: true,
    get: () => control.checked,
    set: (next) => (control.checked = Boolean(next)),
    check: () => null,
  });
  field.element.classList.add("field-check");
  return field;
}

/** One of a few, all visible. `options`: [[value, text, hint]]. */
export function choiceField({ path, legend, options, value }) {
  const name = uniqueId("choice");
  const error = errorPlace();
  const inputs = options.map(([key]) =>
    el("input", { type: "radio", name, value: key, id: uniqueId("field"), checked: key === value }));
  const element = el("fieldset", { class: "choice", "aria-describedby": error.id },
    el("legend", {}, legend),
    el("div", { class: "choice-options" }, options.map(([, text, hint], index) =>
      el("label", { class: "choice-option", for: inputs[index].id }, inputs[index],
        el("span", {}, el("strong", {}, text), hint ? el("span", { class: "hint" }, hint) : null)))),
    error);
  return {
    path, label: legend, element,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    get: () => inputs.find((input) => input.checked)?.value ?? null,
    set: (next) => inputs.forEach((input) => (input.checked = input.value === next)),
    check: () => true,
    setError: (text) => showError(error, inputs[0], text),
    locate(rest) {
      return rest.length === 0 ? this : null;
    },
  };
}

function errorPlace() {
  return el("p", { class: "field-error", id: uniqueId("error"), hidden: true });
}

function showError(place, control, text) {
  place.hidden = text === null;
  place.textContent = text ?? "";
  if (text === null) control.removeAttribute("aria-invalid");
  else control.setAttribute("aria-invalid", "true");
}

function leaf({ path, label, control, hint, optional, plain = false, get, set, check }) {
  const error = errorPlace();
  const hintPlace = hint ? el("p", { class: "hint", id: uniqueId("hint") }, hint) : null;
  control.setAttribute("aria-describedby", [hintPlace?.id, error.id].filter(Boolean).join(" "));
  const setError = (text) => showError(error, control, text);
  control.addEventListener("input", () => setError(null));
  return {
    path, label, control, optional,
    element: el("div", { class: "field" },
      el("label", { for: control.id }, label,
        optional && !plain ? el("span", { class: "optional" }, ` ${t("optional")}`) : null),
      hintPlace, control, error),
    focus: () => control.focus(),
    get, set, setError,
    /** True when the value may be sent; shows what is wrong otherwise. */
    check() {
      const message = check(get());
      setError(message);
      return message === null;
    },
    /** The field that the rest of a JSON pointer names. */
    locate(rest) {
      return rest.length === 0 ? this : null;
    },
  };
}
