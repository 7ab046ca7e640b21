// The choice of a font: each name in its own letters.

import { choiceField } from "./fields.js";
import { t } from "./i18n.js";

/** `fonts`: as the API answers them. Its value is null for those of the visitor's system. */
export function fontField({ path, fonts }) {
  const options = [["", t("design.font_system"), t("design.font_system_hint")],
    ...fonts.map(({ id, name }) => [id, name, null])];
  const field = choiceField({ path, legend: t("design.font"), options });
  field.element.classList.add("fonts");
  field.element.querySelectorAll(".choice-option").forEach((option, index) => {
    if (index > 0) option.querySelector("strong").style.setProperty("font-family", `"Site ${options[index][0]}"`);
  });
  const { get, set } = field;
  return Object.assign(field, { get: () => get() || null, set: (next) => set(next ?? "") });
}
