// What forms and lists need of the customer's pictures.

import * as api from "./api.js";
import { el } from "./dom.js";
import { formDialog } from "./dialog.js";
import { textField } from "./fields.js";
import { t } from "./i18n.js";

/** All pictures, the newest first. */
export const loadImages = () => api.list("/images");

/** The picture itself, small, for lists. Its name stands beside it, so it says nothing of its own there. */
export function thumbnail(image, alt = "") {
  const small = image.variants[0];
  return el("img", {
    src: small.url, width: small.width, height: small.height, alt, loading: "lazy", decoding: "async",
  });
}

/** Asks for name and description. Answers the image as it is then, or null when the person left. */
export async function describeImage(image) {
  const alt = textField({
    path: "alt", label: t("images.alt"), hint: t("images.alt_hint"), kind: "textarea", rows: 3, max: 500,
    optional: true, value: image.alt ?? "",
  });
  const name = textField({
    path: "name", label: t("images.name"), hint: t("images.name_hint"), max: 200, value: image.name,
  });
  let changed = null;
  await formDialog({
    title: t("images.describe"), body: el("div", { class: "image-large" }, thumbnail(image)), fields: [alt, name],
    submitLabel: t("save"),
    async onSubmit(values) {
      changed = await api.patch(`/images/${image.id}`, values, image.version);
    },
  });
  return changed;
}
