// About what visitors will see of a page, beside its editor, while one types. One picture for screen readers: its
// parts stand in the form already.

import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { dress, prefersDark } from "./look.js";
import { SHOWN } from "./preview-blocks.js";

/** `profile`, `links`: as the API shows them. Answers { element, show(page), dress({ look, isDark }) }. */
export function pagePreview({ profile, links }) {
  const screen = el("div", { class: "preview-screen", role: "img", "aria-label": t("preview.label") });
  const phone = el("div", { class: "preview-phone", role: "group", tabindex: 0, "aria-labelledby": "preview" }, screen);
  const element = el("aside", { class: "preview", "aria-labelledby": "preview" },
    el("h2", { id: "preview", class: "small" }, t("preview.title")), phone);
  const parts = { profile, links: links.filter(isVisible) };

  function show(page) {
    const blocks = page.blocks.map((block) => SHOWN[block.kind]?.(block, parts));
    const hasTitle = page.blocks[0]?.kind === "hero" || page.blocks.some((block) => block.kind === "profile");
    replace(screen, hasTitle ? null : el("p", { class: "p-title" }, page.title), blocks);
  }

  let worn = { look: null, isDark: prefersDark() };
  /** Puts a look on, or shows the other of its schemes; what is not given stays. */
  function dressed(next) {
    worn = { ...worn, ...next };
    if (worn.look !== null) dress(phone, worn.look, worn.isDark);
  }
  return { element, show, dress: dressed };
}

function isVisible({ hidden, from, until }) {
  const now = Date.now();
  return !hidden && (from === null || Date.parse(from) <= now) && (until === null || Date.parse(until) > now);
}
