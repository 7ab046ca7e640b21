// A QR code to look at and to take away.

import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** Opens it. `kind`: page, link, short_link or vcard; `leadsTo`: the address that a telephone opens, or a description. */
export function showQR({ site, kind, id, title, leadsTo }) {
  const path = `/api/sites/${site.id}/qr/${kind}/${id}`;
  const failed = el("p", { class: "notice warn", role: "alert", hidden: true }, t("qr.failed"));
  const image = el("img", {
    class: "qr", src: `${path}.svg`, width: 256, height: 256, alt: t("qr.alt", { title }),
    onerror() {
      image.hidden = true;
      failed.hidden = false;
    },
  });
  const download = (format, style) => el("a", { class: `button ${style}`, href: `${path}.${format}`, download: true },
    icon("download"), el("span", {}, t(`qr.${format}`)));
  return openDialog({
    title: t("qr.title", { title }),
    content: [
      el("div", { class: "dialog-body" }, image, failed, el("p", { class: "address" }, leadsTo),
        el("p", { class: "hint" }, t("qr.hint"))),
      el("form", { method: "dialog", class: "actions" },
        el("button", { class: "button quiet", value: "" }, t("close")), download("svg", "quiet"),
        download("png", "primary")),
    ],
  }).closed;
}
