// One picture in the grid: what it is, where it is used, and what can be done with it.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { ask, confirmed } from "./dialog.js";
import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { describeImage, thumbnail } from "./images.js";
import { tellProblem } from "./limit.js";
import { Problem } from "./problem.js";
import { bytesText } from "./upload.js";

/** `gone(card)`: it was deleted. Answers { element, image, describe() }. */
export function imageCard(first, { gone, readOnly }) {
  const element = el("li", { class: "image-card" });
  const card = { element, image: first, describe };

  function show() {
    const { image } = card;
    replace(element,
      el("div", { class: "image-frame" }, thumbnail(image)),
      el("div", { class: "image-words" },
        el("strong", { class: "image-name" }, image.name),
        el("p", { class: "hint" },
          t("images.facts", { width: image.width, height: image.height, bytes: bytesText(image.bytes) })),
        image.alt === null ? el("p", {}, el("span", { class: "tag warn" }, icon("warning"), t("images.alt_missing")))
          : el("p", { class: "image-alt" }, image.alt === "" ? t("images.alt_none") : image.alt),
        el("p", { class: "hint" }, t("images.used", { count: image.used_by }))),
      readOnly ? null : el("div", { class: "actions" },
        button("edit", t("images.describe"), describe), button("remove", t("images.delete"), remove)));
  }

  function button(name, label, onclick) {
    return el("button", {
      class: "icon-button", type: "button", "aria-label": `${label}: ${card.image.name}`, title: label, onclick,
    }, icon(name));
  }

  async function describe() {
    try {
      const changed = await describeImage(card.image);
      if (changed === null) return;
      card.image = { ...changed };
      show();
      announce(t("images.described", { name: changed.name }));
      element.querySelector("button")?.focus();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tellProblem(problem);
    }
  }

  async function remove() {
    const { image } = card;
    const isSure = await confirmed({
      title: t("images.delete_title"), text: t("images.delete_text", { name: image.name }), action: t("images.delete"),
    });
    if (!isSure) return;
    try {
      await api.remove(`/images/${image.id}`);
      gone(card);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === "in_use") await tellUses(problem.usedBy);
      else if (problem.code === "not_found") gone(card);
      else tellProblem(problem);
    }
  }
  show();
  return card;
}

async function tellUses(places) {
  await ask({
    title: t("images.in_use"),
    body: [el("p", {}, t("images.in_use_text")), el("ul", {}, places.map((place) => el("li", {}, placeLink(place))))],
    choices: [{ value: "", label: t("close"), kind: "primary" }],
  });
}

function placeLink(place) {
  if (place.what === "profile") return el("a", { href: "/profile" }, t("nav.profile"));
  return el("a", { href: `/sites/${place.site_id}/pages/${place.page_id}` }, `${place.site}: ${place.page}`);
}
