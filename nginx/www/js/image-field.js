// A field whose value is the id of a picture, or null.

import * as api from "./api.js";
import { el, replace, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { pickImage } from "./image-picker.js";
import { thumbnail } from "./images.js";
import { Problem } from "./problem.js";

/** `optional`: whether there may be none. */
export function imageField({ path, label, hint = null, optional = true, value = null }) {
  const error = el("p", { class: "field-error", id: uniqueId("error"), hidden: true });
  const hintPlace = hint ? el("p", { class: "hint", id: uniqueId("hint") }, hint) : null;
  const frame = el("div", { class: "image-chosen" });
  const choose = el("button", { class: "button quiet", type: "button", onclick: pick });
  const clear = el("button", {
    class: "button quiet", type: "button", onclick: () => change(null),
  }, t("images.without"));
  const element = el("div", {
    class: "field", role: "group", "aria-label": label,
    "aria-describedby": [hintPlace?.id, error.id].filter(Boolean).join(" "),
  },
    el("span", { class: "field-label" }, label,
      optional ? el("span", { class: "optional" }, ` ${t("optional")}`) : null),
    hintPlace, frame, el("div", { class: "actions" }, choose, clear), error);
  let current = value;

  async function pick() {
    const image = await pickImage({ selected: current });
    if (image !== null) change(image.id, image);
    choose.focus();
  }

  function change(next, image = null) {
    current = next;
    setError(null);
    show(image);
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function show(image = null) {
    const id = current;
    clear.hidden = id === null || !optional;
    replace(choose, id === null ? t("images.pick") : t("images.pick_other"));
    replace(frame, id === null ? null : el("div", { class: "image-empty" }, icon("images")));
    if (id === null) return;
    try {
      const known = image ?? await api.get(`/images/${id}`);
      if (current === id) replace(frame, thumbnail(known, known.alt || known.name));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
    }
  }

  function setError(text) {
    error.hidden = text === null;
    error.textContent = text ?? "";
  }
  show();
  return {
    path, label, element, setError,
    focus: () => choose.focus(),
    get: () => current,
    set(next) {
      if ((next ?? null) === current) return;
      current = next ?? null;
      show();
    },
    check() {
      setError(optional || current !== null ? null : t("field.required"));
      return optional || current !== null;
    },
    locate(rest) {
      return rest.length === 0 ? this : null;
    },
  };
}
