// The kinds of blocks that a page is made of, and the fields of each.

import { selectField, textField } from "./fields.js";
import { t } from "./i18n.js";
import { completedURL, urlRule } from "./rules.js";

/** The kinds in the order in which they are offered. */
export const BLOCK_KINDS = ["heading", "text", "button", "links", "profile", "contact", "divider"];

const FIELDS = {
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
  button: (block) => [
    textField({ path: "label", label: t("block.button_label"), value: block.label, max: 80 }),
    textField({
      path: "url", label: t("link.url"), value: block.url, max: 2048, inputmode: "url", check: urlRule,
        fix: completedURL,
    }),
  ],
  links: (block) => [headingAbove(block)],
  contact: (block) => [headingAbove(block)],
  profile: () => [],
  divider: () => [],
};

function headingAbove(block) {
  return textField({ path: "heading", label: t("block.heading_above"), value: block.heading, max: 200,
    optional: true });
}

/** One block being edited: { kind, fields, value() }. A kind that is not known here is kept as it is. */
export function editedBlock(block) {
  const fields = FIELDS[block.kind]?.(block) ?? [];
  const known = block.kind in FIELDS;
  return {
    kind: block.kind,
    known,
    fields,
    value() {
      if (!known) return block;
      const values = fields.map((field) => [field.path, field.get()]);
      const told = values.filter(([name, value]) => name !== "heading" || value !== "");
      return { kind: block.kind, ...Object.fromEntries(told) };
    },
  };
}
