// Forms: one submit at a time, errors at their fields, and nothing typed is ever lost by an error.

import { el, replace, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { noticeBox, problemNotice } from "./notice.js";
import { fieldMessage, Problem } from "./problem.js";

/**
 * A form. `onSubmit(values)` may throw a Problem, which is shown. `extra`: nodes beside the submit button, which is of
 * `submitKind` "primary" or "danger".
 * Answers { element, fields, values(), fill(), submit(), show(problem), tell(), clear() }.
 */
export function createForm({
  label, fields, layout, submitLabel, submitIcon, submitKind = "primary", extra = [], onSubmit,
}) {
  const notice = el("div", { class: "form-notice" });
  const button = el("button", { class: `button ${submitKind}`, type: "submit" },
    submitIcon ? icon(submitIcon) : null, el("span", {}, submitLabel));
  const element = el("form", { class: "form", novalidate: true, "aria-label": label },
    layout ?? fields.map((field) => field.element), notice,
    el("div", { class: "actions form-actions" }, extra, button));
  let busy = false;

  const form = {
    element, fields, button,
    isBusy: () => busy,
    values: () => collect(form.fields),
    fill: (values) => form.fields.forEach((field) => field.set(at(values, field.path))),
    clear() {
      replace(notice);
      form.fields.forEach((field) => field.setError(null));
    },
    async submit() {
      if (busy) return;
      form.clear();
      const wrong = form.fields.filter((field) => !field.check());
      if (wrong.length > 0) {
        wrong[0].focus();
        return;
      }
      setBusy(true);
      try {
        await onSubmit(form.values());
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        form.show(problem);
      } finally {
        setBusy(false);
      }
    },
    show: (problem) => showProblem(form, notice, problem),
    /** Shows a message of our own; `action`: nodes below it. */
    tell: (text, ...action) => replace(notice, noticeBox("notice warn", text, action)),
  };

  function setBusy(next) {
    busy = next;
    button.setAttribute("aria-disabled", String(next));
    button.classList.toggle("busy", next);
    element.setAttribute("aria-busy", String(next));
  }

  element.addEventListener("submit", (event) => {
    event.preventDefault();
    form.submit();
  });
  element.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.submit();
    }
  });
  return form;
}

/** Shows each error at its field, the rest above the button, and goes to the first. */
function showProblem(form, notice, problem) {
  const unplaced = [];
  let first = null;
  for (const error of problem.errors) {
    const field = fieldAt(form.fields, error.pointer);
    if (field === null) unplaced.push(error);
    else field.setError(fieldMessage(error));
    first ??= field;
  }
  if (first !== null && unplaced.length === 0) {
    first.focus();
    return;
  }
  replace(notice, problemNotice(problem, { unplaced, again: () => form.submit() }));
  first?.focus();
}

function fieldAt(fields, pointer) {
  const parts = String(pointer ?? "").split("/").slice(1).map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));
  for (const field of fields) {
    const path = field.path.split("/");
    if (path.every((part, index) => part === parts[index])) {
      const found = field.locate(parts.slice(path.length));
      if (found) return found;
    }
  }
  return null;
}

/** The part of a value that a field's path names; undefined when it is missing. */
export const at = (value, path) => path.split("/").reduce((part, name) => part?.[name], value);

function collect(fields) {
  const result = {};
  for (const field of fields) {
    const names = field.path.split("/");
    const last = names.pop();
    const place = names.reduce((part, name) => (part[name] ??= {}), result);
    place[last] = field.get();
  }
  return result;
}

/** Fields that belong together. */
export function group(legend, hint, ...fields) {
  const hintPlace = hint ? el("p", { class: "hint", id: uniqueId("hint") }, hint) : null;
  return el("fieldset", { class: "group", "aria-describedby": hintPlace?.id },
    el("legend", {}, legend), hintPlace, el("div", { class: "grid" }, fields.map((field) => field.element ?? field)));
}
