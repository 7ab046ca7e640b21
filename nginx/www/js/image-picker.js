// Choosing a picture, among those that are there or a new one.

import { openDialog } from "./dialog.js";
import { el, replace, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { imageUpload } from "./image-upload.js";
import { describeImage, loadImages, thumbnail } from "./images.js";
import { problemNotice } from "./notice.js";
import { Problem } from "./problem.js";

/** Opens the dialog. `selected`: the id of the picture that is chosen now. Answers the image, or null. */
export async function pickImage({ selected = null } = {}) {
  const name = uniqueId("picture");
  const list = el("div", { class: "picker-grid", role: "radiogroup", "aria-label": t("images.title") });
  const place = el("div", {});
  const images = new Map();
  const use = el("button", { class: "button primary", value: "use", disabled: true }, t("images.use"));

  function add(image, { first = false, checked = false } = {}) {
    images.set(image.id, image);
    const input = el("input", {
      type: "radio", name, value: image.id, checked, onchange: () => (use.disabled = false),
    });
    const option = el("label", { class: "picker-option" }, input, thumbnail(image),
      el("span", { class: "image-name" }, image.alt || image.name));
    if (first) list.prepend(option);
    else list.append(option);
    if (checked) use.disabled = false;
    return input;
  }

  const upload = imageUpload({
    several: false,
    async onDone(image) {
      replace(place);
      add(image, { first: true, checked: true }).focus();
      const described = await describeImage(image);
      if (described !== null) images.set(image.id, described);
    },
  });
  async function load() {
    replace(place, el("p", { class: "hint" }, t("loading")));
    try {
      const all = await loadImages();
      replace(place, all.length === 0 ? el("p", { class: "hint" }, t("images.empty")) : null);
      for (const image of all) add(image, { checked: image.id === selected });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      replace(place, problemNotice(problem, { again: load, kept: false }));
    }
  }
  const dialog = openDialog({
    title: t("images.pick"),
    content: [
      el("div", { class: "dialog-body" }, upload.element, place, list),
      el("form", { method: "dialog", class: "actions" },
        el("button", { class: "button quiet", value: "" }, t("cancel")), use),
    ],
  });
  dialog.element.classList.add("wide");
  load();
  const answer = await dialog.closed;
  const chosen = list.querySelector("input:checked")?.value;
  return answer === "use" ? images.get(chosen) ?? null : null;
}
