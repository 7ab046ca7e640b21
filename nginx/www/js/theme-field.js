// The choice of a theme: a card with a small picture for each.

import { el, uniqueId } from "./dom.js";
import { dress, prefersDark } from "./look.js";
import { t } from "./i18n.js";

/** `themes`: as the API answers them. */
export function themeField({ path, themes }) {
  const name = uniqueId("theme");
  const inputs = themes.map(({ id }) => el("input", { type: "radio", name, value: id, id: uniqueId("field") }));
  const error = el("p", { class: "field-error", id: uniqueId("error"), hidden: true });
  const element = el("fieldset", { class: "choice", "aria-describedby": error.id },
    el("legend", {}, t("design.theme")),
    el("div", { class: "theme-options" }, themes.map((theme, index) =>
      el("label", { class: "theme-option", for: inputs[index].id },
        picture(theme),
        el("span", { class: "theme-words" }, inputs[index], el("span", {}, el("strong", {}, theme.name),
          el("span", { class: "hint" }, theme.text)))))),
    error);
  return {
    path, label: t("design.theme"), element,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    get: () => inputs.find((input) => input.checked)?.value ?? null,
    set: (next) => inputs.forEach((input) => (input.checked = input.value === next)),
    check: () => true,
    setError(text) {
      error.hidden = text === null;
      error.textContent = text ?? "";
    },
    locate(rest) {
      return rest.length === 0 ? this : null;
    },
  };
}

/** What the theme is like, for the eye alone: its name and words stand below. */
function picture({ look }) {
  const element = el("span", { class: "theme-picture", "aria-hidden": "true" },
    el("span", { class: "theme-head" }, el("span", { class: "p-avatar" }), el("span", { class: "theme-letters" }, "Aa")),
    el("span", { class: "theme-bar" }), el("span", { class: "theme-bar" }), el("span", { class: "theme-button" }));
  dress(element, look, prefersDark());
  return element;
}
