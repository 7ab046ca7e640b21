// An address that leads nowhere.

import { el } from "../dom.js";
import { t } from "../i18n.js";
import { heading } from "../router.js";

export function missing() {
  return {
    title: t("missing.title"),
    element: el("div", { class: "narrow" }, heading(t("missing.title")), el("p", { class: "lead" }, t("missing.text")),
      el("p", {}, el("a", { class: "button primary", href: "/" }, t("missing.back")))),
  };
}
