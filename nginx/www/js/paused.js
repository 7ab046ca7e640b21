// What is paused because the plan has room for less: marked, explained, and for the owner to choose from.

import * as api from "./api.js";
import { note } from "./announce.js";
import { formDialog } from "./dialog.js";
import { el, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { plansLink } from "./limit.js";
import { isOwner, session } from "./session.js";

/** The mark of what is paused, or null. */
export const pausedTag = (item) => (item.paused ? el("span", { class: "tag warn" }, t("paused.tag")) : null);

/**
 * The explanation above a list, or null when nothing in it is paused. `kind`: "sites", "pages", "links" or "domains";
 * `path`: of the list; `onChosen()`: shows the list anew.
 */
export function pausedNotice({ kind, items, path, onChosen }) {
  const count = items.filter((item) => item.paused).length;
  if (count === 0) return null;
  const { write, [kind]: limit } = session().entitlements;
  const choose = el("button", {
    class: "button", type: "button", onclick: () => chooseActive({ kind, items, limit, path, onChosen }),
  }, t("paused.choose"));
  return el("div", { class: "notice warn" }, icon("warning"), el("div", {},
    el("p", {}, el("strong", {}, t(`paused.${kind}`, { count }))), el("p", {}, t(`paused.text_${kind}`)),
    el("div", { class: "actions" }, isOwner() && write ? choose : null, plansLink())));
}

/** The explanation above short links, of which nobody chooses: the oldest stay. */
export function pausedShortLinks(items) {
  const count = items.filter((item) => item.paused).length;
  if (count === 0) return null;
  return noticeBox("notice warn", null,
    el("p", {}, el("strong", {}, t("paused.short_links", { count }))), el("p", {}, t("paused.text_short_links")),
    el("div", { class: "actions" }, plansLink()));
}

/** The notice on the views of a site that is paused itself. */
export function pausedSite(site) {
  if (!site.paused) return null;
  return el("div", { class: "notice warn" }, icon("warning"), el("div", {},
    el("p", {}, el("strong", {}, t("paused.this_site"))), el("p", {}, t("paused.text_sites")),
    el("div", { class: "actions" },
      el("a", { class: "button quiet", href: "/" }, t("paused.to_overview")), plansLink())));
}

async function chooseActive({ kind, items, limit, path, onChosen }) {
  const field = activeField(kind, items, limit);
  const done = await formDialog({
    title: t(`paused.choose_${kind}`), submitLabel: t("save"), fields: [field],
    body: el("p", {}, t("paused.choose_text")),
    onSubmit: ({ ids }) => api.put(`${path}/active`, { ids }).then(() => true),
  });
  if (!done) return;
  await onChosen();
  document.querySelector("h1")?.focus();
  note(t("paused.chosen"));
}

/** A list of boxes to tick, up to as many as the plan allows; the start page is always among them. */
function activeField(kind, items, limit) {
  const error = el("p", { class: "field-error", id: uniqueId("error"), hidden: true });
  const count = el("p", { class: "hint", role: "status" });
  const boxes = items.map((item) => el("input", {
    type: "checkbox", id: uniqueId("field"), value: item.id, checked: !item.paused, disabled: Boolean(item.home),
  }));
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const show = () => (count.textContent = t("paused.count", { count: chosen().length, limit }));
  const element = el("fieldset", { class: "ticks", "aria-describedby": error.id, onchange() {
    field.setError(null);
    show();
  } }, el("legend", {}, t(`limit.${kind}`, { count: limit })), items.map((item, index) =>
    el("label", { class: "choice-option", for: boxes[index].id }, boxes[index], el("span", {}, item.title))),
  count, error);
  show();
  const field = {
    path: "ids", label: "", element, get: chosen, set: () => {},
    focus: () => boxes.find((box) => !box.disabled)?.focus(),
    check() {
      const fits = chosen().length <= limit;
      this.setError(fits ? null : t("paused.too_many", { count: chosen().length - limit }));
      return fits;
    },
    setError(text) {
      error.hidden = text === null;
      error.textContent = text ?? "";
    },
    locate: () => field,
  };
  return field;
}
