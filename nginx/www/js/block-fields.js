// The fields of each kind of block. A field's path may lead into an object: "button/url".

import { checkField, momentField, selectField, textField } from "./fields.js";
import { t } from "./i18n.js";
import { imageField } from "./image-field.js";
import { rowsField } from "./rows-field.js";
import { completedURL, urlRule } from "./rules.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

export const FIELDS = {
  heading: (block) => [
    textField({ path: "text", label: t("block.heading_text"), value: block.text, max: 200 }),
    selectField({
      path: "level", label: t("block.level"), value: String(block.level ?? 2), parse: Number,
      options: [["2", t("block.level_2")], ["3", t("block.level_3")]],
    }),
  ],
  text: (block) => [
    textField({
      path: "markdown", label: t("block.text_text"), hint: t("markdown.hint"), kind: "textarea", rows: 6, max: 10_000,
      value: block.markdown,
    }),
  ],
  hero: (block) => [
    textField({ path: "heading", label: t("block.heading_text"), value: block.heading, max: 200 }),
    words(block, "text", t("block.hero_text"), 600),
    imageField({ path: "image", label: t("block.picture"), value: block.image ?? null }),
    textField({
      path: "button/label", label: t("block.hero_button"), hint: t("block.hero_button_hint"), optional: true, max: 80,
      value: block.button?.label,
    }),
    address("button/url", block.button?.url, { optional: true }),
  ],
  image: (block) => [
    imageField({ path: "image", label: t("block.picture"), optional: false, value: block.image ?? null }),
    line(block, "caption", t("block.caption"), 300),
    textField({
      path: "alt", label: t("block.alt"), hint: t("block.alt_hint"), optional: true, max: 300, value: block.alt,
    }),
    address("url", block.url, { optional: true }),
  ],
  gallery: (block) => [
    headingAbove(block),
    filled(rowsField({
      path: "images", label: t("block.gallery_images"), addLabel: t("block.gallery_add"), max: 24, movable: true,
      required: true,
      row: (value) => [
        imageField({ path: "image", label: t("block.picture"), optional: false, value: value.image ?? null }),
        line(value, "caption", t("block.caption"), 300),
        line(value, "alt", t("block.alt"), 300),
      ],
    }), block.images ?? [{}]),
  ],
  button: (block) => [
    textField({ path: "label", label: t("block.button_label"), value: block.label, max: 80 }),
    address("url", block.url),
  ],
  links: (block) => [headingAbove(block)],
  social: (block) => [headingAbove(block)],
  contact: (block) => [
    headingAbove(block), checkField({ path: "vcard", label: t("block.contact_vcard"), value: block.vcard === true }),
  ],
  hours: (block) => [
    headingAbove(block),
    filled(rowsField({
      path: "days", label: t("block.hours_days"), hint: t("block.hours_days_hint"), addLabel: t("block.hours_add"),
      max: 28, movable: true, required: true, next: dayAfter,
      row: (value) => [
        selectField({
          path: "day", label: t("block.hours_day"), value: value.day ?? "mon",
          options: DAYS.map((day) => [day, t(`block.day_${day}`)]),
        }),
        time("open", t("block.hours_open"), value.open ?? "09:00"),
        time("close", t("block.hours_close"), value.close ?? "17:00"),
      ],
    }), block.days ?? [{}]),
    line(block, "note", t("block.note"), 300),
  ],
  address: (block) => [
    headingAbove(block),
    textField({ path: "street", label: t("profile.street"), value: block.street, max: 200 }),
    line(block, "postal_code", t("profile.postal_code"), 20),
    textField({ path: "city", label: t("profile.city"), value: block.city, max: 100 }),
    line(block, "country", t("profile.country"), 100),
    checkField({ path: "map", label: t("block.address_map"), value: block.map !== false }),
  ],
  faq: (block) => [
    headingAbove(block),
    filled(rowsField({
      path: "items", label: t("block.faq_items"), addLabel: t("block.faq_add"), max: 50, movable: true, required: true,
      row: (value) => [
        textField({ path: "question", label: t("block.faq_question"), value: value.question, max: 200 }),
        textField({
          path: "answer", label: t("block.faq_answer"), hint: t("markdown.hint"), kind: "textarea", rows: 3, max: 5000,
          value: value.answer,
        }),
      ],
    }), block.items ?? [{}]),
  ],
  testimonial: (block) => [
    textField({
      path: "quote", label: t("block.testimonial_quote"), kind: "textarea", rows: 3, max: 1000, value: block.quote,
    }),
    textField({ path: "author", label: t("block.testimonial_author"), value: block.author, max: 100 }),
    line(block, "role", t("block.testimonial_role"), 100),
    imageField({ path: "image", label: t("block.testimonial_image"), value: block.image ?? null }),
  ],
  prices: (block) => [
    headingAbove(block),
    filled(rowsField({
      path: "items", label: t("block.prices_items"), addLabel: t("block.prices_add"), max: 50, movable: true,
      required: true,
      row: (value) => [
        textField({ path: "title", label: t("block.prices_title"), value: value.title, max: 120 }),
        textField({ path: "price", label: t("block.prices_price"), value: value.price, max: 40 }),
        line(value, "text", t("block.prices_text"), 300),
      ],
    }), block.items ?? [{}]),
  ],
  countdown: (block) => [
    textField({ path: "heading", label: t("block.heading_text"), value: block.heading, max: 200 }),
    momentField({ path: "at", label: t("block.countdown_at"), value: block.at ?? null, optional: false }),
    textField({
      path: "done", label: t("block.countdown_done"), hint: t("block.countdown_done_hint"), optional: true, max: 300,
      value: block.done,
    }),
  ],
  embed: (block) => [
    selectField({
      path: "provider", label: t("block.embed_provider"), value: block.provider ?? "youtube",
      options: [["youtube", "YouTube"], ["vimeo", "Vimeo"], ["openstreetmap", "OpenStreetMap"]],
    }),
    address("url", block.url, { hint: t("block.embed_url_hint") }),
    textField({ path: "title", label: t("block.embed_title"), value: block.title, max: 120 }),
    imageField({
      path: "image", label: t("block.embed_image"), hint: t("block.embed_image_hint"), value: block.image ?? null,
    }),
  ],
  form: (block) => [
    headingAbove(block),
    words(block, "text", t("block.form_text"), 1000),
    line(block, "button", t("block.form_button"), 80),
    words(block, "thanks", t("block.form_thanks"), 500),
  ],
  profile: () => [],
  legal: () => [],
  divider: () => [],
};

const headingAbove = (block) => line(block, "heading", t("block.heading_above"), 200);

const line = (block, path, label, max) => textField({ path, label, optional: true, max, value: block[path] });

const words = (block, path, label, max) =>
  textField({ path, label, kind: "textarea", rows: 2, optional: true, max, value: block[path] });

const address = (path, value, more = {}) => textField({
  path, label: t("link.url"), value, max: 2048, inputmode: "url", check: urlRule, fix: completedURL, ...more,
});

/** A time of the day. Midnight at its end is 24:00 for the API, which no input can show. */
function time(path, label, value) {
  const field = textField({ path, label, kind: "time", value: value === "24:00" ? "00:00" : value });
  if (path !== "close") return field;
  return { ...field, get: () => (field.get() === "00:00" ? "24:00" : field.get()) };
}

/** The same hours on the next day: what one mostly types next. */
const dayAfter = ({ day, ...times }) => ({ ...times, day: DAYS[(DAYS.indexOf(day) + 1) % DAYS.length] });

function filled(field, rows) {
  field.set(rows);
  return field;
}
