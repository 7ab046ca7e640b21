// About what visitors will see of a page, beside its editor, while one types. One picture for screen readers: its
// parts stand in the form already.

import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { dress, prefersDark } from "./look.js";
import { markdownPreview } from "./markdown-preview.js";

/** `profile`, `links`: as the API shows them. Answers { element, show(page), dress({ look, isDark }) }. */
export function pagePreview({ profile, links }) {
  const screen = el("div", { class: "preview-screen", role: "img", "aria-label": t("preview.label") });
  const phone = el("div", { class: "preview-phone", role: "group", tabindex: 0, "aria-labelledby": "preview" }, screen);
  const element = el("aside", { class: "preview", "aria-labelledby": "preview" },
    el("h2", { id: "preview", class: "small" }, t("preview.title")), phone);
  const parts = { profile, links: links.filter(isVisible) };

  function show(page) {
    const blocks = page.blocks.map((block) => SHOWN[block.kind]?.(block, parts));
    const hasProfile = page.blocks.some((block) => block.kind === "profile");
    replace(screen, hasProfile ? null : el("p", { class: "p-title" }, page.title), blocks);
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

const SHOWN = {
  heading: ({ text, level }) => el("p", { class: level === 3 ? "p-heading small" : "p-heading" }, text),
  text: ({ markdown }) => el("div", { class: "p-text" }, markdownPreview(markdown ?? "")),
  button: ({ label }) => el("p", { class: "p-button" }, label),
  divider: () => el("div", { class: "p-divider" }),
  profile: (_, { profile }) => el("div", { class: "p-profile" },
    el("span", { class: "p-avatar" }, initials(profile.name)),
    el("p", { class: "p-title" }, profile.name || t("preview.no_name")),
    profile.headline ? el("p", { class: "p-soft" }, profile.headline) : null,
    profile.bio ? el("div", { class: "p-text" }, markdownPreview(profile.bio)) : null,
    profile.social.length === 0 ? null
      : el("p", { class: "p-social" }, profile.social.map(({ label }) => el("span", {}, label)))),
  links: ({ heading }, { links }) => el("div", { class: "p-links" },
    heading ? el("p", { class: "p-heading" }, heading) : null,
    links.length === 0 ? el("p", { class: "p-soft" }, t("preview.no_links"))
      : links.map(({ title }) => el("p", { class: "p-card" }, title))),
  contact: ({ heading }, { profile }) => el("div", { class: "p-contact" },
    el("p", { class: "p-heading" }, heading || t("block.contact")),
    [profile.email, profile.phone, profile.website, Object.values(profile.address).filter(Boolean).join(", ")]
      .filter(Boolean).map((line) => el("p", {}, line))),
};

function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join("") || "?";
}
