// A link by which others can see the draft.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { busyButton } from "./busy-button.js";
import { el } from "./dom.js";
import { moment, t } from "./i18n.js";
import { icon } from "./icons.js";

/** `path`: of the site in the API. */
export function previewLink(path) {
  const maker = busyButton({
    label: t("preview_link.make"), iconName: "shown",
    async work() {
      const { url, expires_at: end } = await api.post(`${path}/preview`, {});
      const copy = el("button", { class: "button quiet", type: "button", onclick: () => copyText(url) },
        t("preview_link.copy"));
      const link = el("a", { href: url, target: "_blank", rel: "noopener noreferrer" },
        t("preview_link.open"), icon("external"), el("span", { class: "visually-hidden" }, t("new_tab")));
      maker.say(el("div", { class: "preview-link" },
        el("p", {}, link), el("p", { class: "address" }, url),
        el("p", { class: "hint" }, t("preview_link.until", { time: moment(end) })),
        navigator.clipboard ? copy : null));
      link.focus();
      announce(t("preview_link.made"));
    },
  });
  return el("div", {}, el("p", { class: "hint" }, t("preview_link.text")), maker.element);
}

async function copyText(text) {
  await navigator.clipboard.writeText(text);
  announce(t("preview_link.copied"));
}
