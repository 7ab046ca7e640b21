// The customer's pictures.

import { announce } from "../announce.js";
import { el } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { imageCard } from "../image-card.js";
import { imageUpload } from "../image-upload.js";
import { loadImages } from "../images.js";
import { heading } from "../router.js";
import { readOnlyReason } from "../session.js";

export async function images() {
  const items = await loadImages();
  const readOnly = readOnlyReason();
  const grid = el("ul", { class: "image-grid", "aria-label": t("images.title") });
  const empty = el("div", { class: "empty" }, icon("images"), el("p", {}, t("images.empty")));
  const missing = el("p", { class: "notice warn" }, t("images.alt_ask"));
  let cards = items.map((image) => imageCard(image, { gone, readOnly: readOnly !== null }));
  grid.append(...cards.map((card) => card.element));

  function changed() {
    empty.hidden = cards.length > 0;
    missing.hidden = readOnly !== null || !cards.some((card) => card.image.alt === null);
  }

  function gone(card) {
    const index = cards.indexOf(card);
    cards = cards.filter((other) => other !== card);
    card.element.remove();
    changed();
    announce(t("images.deleted", { name: card.image.name }));
    // The focus was on what is gone.
    const next = cards[Math.min(index, cards.length - 1)]?.element.querySelector("button");
    (next ?? upload.element.querySelector("input")).focus();
  }

  // Asked for at once, one after the other: later nobody remembers what the pictures show.
  let asking = Promise.resolve();
  function arrived(image) {
    const card = imageCard(image, { gone, readOnly: false });
    cards.unshift(card);
    grid.prepend(card.element);
    changed();
    asking = asking.then(() => card.element.isConnected && card.describe()).then(changed);
  }
  const upload = imageUpload({ onDone: arrived });
  changed();
  return {
    title: t("images.title"),
    element: el("div", {}, heading(t("images.title")), el("p", { class: "lead" }, t("images.text")),
      readOnly === null ? upload.element : el("p", { class: "notice warn" }, readOnly), missing, grid, empty),
  };
}
