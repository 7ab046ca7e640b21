// How each kind of block looks in the preview: in outline, without anything that could be followed or focused.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { markdownPreview } from "./markdown-preview.js";

/** `(block, { profile, links })`: an element, or null for nothing. */
export const SHOWN = {
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
  hero: ({ heading, text, image, button }) => el("div", { class: "p-hero" },
    el("p", { class: "p-title" }, heading), lines(text), picture(image),
    button?.label ? el("p", { class: "p-button" }, button.label) : null),
  image: ({ image, caption }) => el("div", { class: "p-image" },
    picture(image), caption ? el("p", { class: "p-soft" }, caption) : null),
  gallery: ({ heading, images }) => part(heading,
    el("div", { class: "p-gallery" }, (images ?? []).map(({ image }) => picture(image)))),
  social: ({ heading }, { profile }) => profile.social.length === 0 ? null : part(heading,
    el("p", { class: "p-social" }, profile.social.map(({ label }) => el("span", {}, label)))),
  hours: ({ heading, days, note }) => part(heading || t("block.hours"),
    el("div", { class: "p-rows" }, (days ?? []).map(({ day, open, close }) =>
      row(t(`block.day_${day}`), `${open}–${close}`))),
    lines(note)),
  address: ({ heading, street, postal_code: code, city, country }) => part(heading || t("block.address"),
    [street, [code, city].filter(Boolean).join(" "), country].filter(Boolean).map((line) => el("p", {}, line))),
  faq: ({ heading, items }) => part(heading,
    (items ?? []).map(({ question }) => el("p", { class: "p-card" }, question))),
  testimonial: ({ quote, author, role }) => el("div", { class: "p-quote" },
    lines(quote), el("p", { class: "p-soft" }, [author, role].filter(Boolean).join(", "))),
  prices: ({ heading, items }) => part(heading,
    el("div", { class: "p-rows" }, (items ?? []).map(({ title, price }) => row(title, price)))),
  countdown: ({ heading, at, done }) => el("div", { class: "p-count" },
    el("p", { class: "p-heading small" }, heading), el("p", { class: "p-days" }, daysLeft(at, done))),
  embed: ({ title, image, provider }) => el("div", { class: "p-embed" },
    picture(image), el("p", { class: "p-heading small" }, title),
    el("p", { class: "p-button" }, t(provider === "openstreetmap" ? "preview.load_map" : "preview.load_video"))),
  form: ({ heading, text, button }) => part(heading || t("block.form"), lines(text),
    el("div", { class: "p-field" }), el("div", { class: "p-field" }), el("div", { class: "p-field tall" }),
    el("p", { class: "p-button" }, button || t("preview.send"))),
  legal: () => el("p", { class: "p-link" }, `${t("preview.imprint")}   ${t("preview.privacy")}`),
};

const part = (heading, ...content) => el("div", { class: "p-part" },
  heading ? el("p", { class: "p-heading" }, heading) : null, content);

const row = (name, value) => el("p", { class: "p-row" }, el("span", {}, name), el("span", {}, value));

const lines = (text) => (text ?? "").split("\n").filter((line) => line.trim() !== "").map((line) => el("p", {}, line));

/** The place of a picture; which one it is stands in the form. */
const picture = (image) => (image ? el("div", { class: "p-picture" }, icon("image")) : null);

/** As the published page counts them: whole days until the day. */
function daysLeft(at, done) {
  if (!at) return "";
  if (Date.parse(at) <= Date.now()) return done || t("preview.past");
  const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);
  return t("preview.days", { count: Math.round((midnight(at) - midnight(Date.now())) / 86_400_000) });
}

function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toUpperCase()).join("") || "?";
}
