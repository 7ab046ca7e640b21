// What an import would make, to be chosen from.

import * as api from "./api.js";
import { busyButton } from "./busy-button.js";
import { el, replace, uniqueId } from "./dom.js";
import { selectField, textField } from "./fields.js";
import { t, textOrNull } from "./i18n.js";
import { sendFile } from "./import-file.js";

const NEW_SITE = "new";

/** `file`: that it was found in, or null. `onDone(outcome)`: it is imported. */
export function importChoice(found, file, onDone) {
  return found.source === "export" ? exportChoice(found, file, onDone) : contentChoice(found, onDone);
}

/** Texts and links from elsewhere. */
function contentChoice(found, onDone) {
  const profile = found.profile.map((entry) => tick({
    label: `${t(`import.field_${entry.field}`)}: ${entry.value}`, value: entry, checked: entry.state === "new",
    disabled: entry.state !== "new", hint: entry.state === "new" ? null : t(`import.profile_${entry.state}`),
  }));
  const target = targetFields(found);
  const links = found.links.map((link) => tick({ label: link.title, value: link, hint: link.url }));

  /** A link that the chosen site has already would not be made again. */
  function mark() {
    const site = target.site.get();
    links.forEach((box) => {
      const { state, reason, sites, url } = box.value;
      const known = site !== NEW_SITE && sites.includes(site);
      let why = null;
      if (state === "invalid") why = reason ?? t("import.link_invalid");
      else if (known) why = t("import.link_known");
      else if (state === "twice") why = t("import.link_twice");
      box.allow(why === null, why === null ? url : `${url} · ${why}`);
    });
  }

  target.site.control.addEventListener("change", mark);
  mark();
  const button = busyButton({
    label: t("import.run"), kind: "primary", iconName: "done",
    async work() {
      const chosen = links.filter((box) => box.chosen()).map(({ value }) => value);
      const order = { profile: Object.fromEntries(profile.filter((box) => box.chosen())
        .map(({ value }) => [value.field, value.value])) };
      if (chosen.length > 0) {
        if (!target.check()) return;
        Object.assign(order, target.order());
        order.links = chosen.map(({ title, url, group }) => ({ title, url, group }));
      }
      onDone(await api.post("/import", order));
    },
  });
  const isEmpty = profile.length + links.length === 0;
  return el("section", { class: "card", "aria-labelledby": "found" }, title(found),
    isEmpty ? el("p", {}, t("import.nothing")) : null,
    ticks(t("import.profile"), profile), ticks(t("import.links", { count: links.length }), links, true),
    links.length > 0 ? target.element : null, leftOut(found.left_out), isEmpty ? null : button.element);
}

/** Where links go: one of the sites, or a new one where the plan has room. */
function targetFields({ room, profile }) {
  const options = room.sites.map((site) => [site.id, t("import.site_room", { title: site.title, count: site.links })]);
  if (room.new_sites > 0) options.push([NEW_SITE, t("import.new_site")]);
  const site = selectField({
    path: "site", label: t("import.target"), options, value: room.sites.length === 0 ? NEW_SITE : room.sites[0].id,
  });
  const name = profile.find((entry) => entry.field === "name")?.value ?? "";
  const newTitle = textField({ path: "new_site/title", label: t("site.title"), max: 100, value: name.slice(0, 100) });
  const show = () => (newTitle.element.hidden = site.get() !== NEW_SITE);
  site.control.addEventListener("change", show);
  show();
  return {
    site, element: el("div", { class: "grid" }, site.element, newTitle.element),
    check() {
      if (site.get() !== NEW_SITE || newTitle.check()) return true;
      newTitle.focus();
      return false;
    },
    order: () => (site.get() === NEW_SITE ? { new_site: { title: newTitle.get() } } : { site: site.get() }),
  };
}

/** The parts of an export of ours. */
function exportChoice(found, file, onDone) {
  const parts = [];
  const add = (part, label, hint = null, allowed = true) => parts.push(
    tick({ label, value: part, hint, checked: allowed, disabled: !allowed }));
  if (found.profile.length > 0) {
    const empty = found.profile.filter((entry) => entry.state === "new");
    add("profile", t("import.profile"), empty.length === 0 ? t("import.profile_kept")
      : empty.map((entry) => t(`import.field_${entry.field}`)).join(", "), empty.length > 0);
  }
  for (const { part, state } of found.legal) {
    add(part, t(`import.part_${part}`), state === "new" ? null : t(`import.legal_${state}`), state === "new");
  }
  for (const site of found.sites) {
    add(site.part, site.title, t("import.site_holds", { ...site }));
  }
  if (found.images > 0) add("images", t("import.images", { count: found.images }), t("import.images_hint"));
  const button = busyButton({
    label: t("import.run"), kind: "primary", iconName: "done",
    async work() {
      const chosen = parts.filter((box) => box.chosen()).map(({ value }) => value);
      button.say(el("p", { class: "hint", role: "status" }, t("import.working")));
      onDone(await sendFile("/import", file, chosen));
    },
  });
  return el("section", { class: "card", "aria-labelledby": "found" }, title(found),
    el("p", {}, t("import.new_sites_room", { count: found.room.new_sites })),
    ticks(t("import.parts"), parts), leftOut(found.left_out), parts.length > 0 ? button.element : null);
}

const title = (found) => el("h2", { id: "found", tabindex: -1 }, t(`import.source_${found.source}`));

/** A box to tick. Answers { element, value, chosen(), allow(allowed, hint), set(checked) }. */
function tick({ label, value, hint = null, checked = true, disabled = false }) {
  const input = el("input", { type: "checkbox", id: uniqueId("field"), checked, disabled });
  const words = el("span", { class: "hint" }, hint);
  const element = el("label", { class: "choice-option", for: input.id }, input,
    el("span", {}, el("strong", {}, label), words));
  words.hidden = hint === null;
  return {
    element, value, chosen: () => input.checked && !input.disabled,
    set: (next) => (input.checked = next && !input.disabled),
    allow(allowed, next) {
      if (input.disabled === allowed) input.checked = allowed;
      input.disabled = !allowed;
      words.hidden = next === null;
      words.textContent = next ?? "";
    },
  };
}

function ticks(legend, boxes, several = false) {
  if (boxes.length === 0) return null;
  const all = (checked) => el("button", {
    class: "button quiet", type: "button", onclick: () => boxes.forEach((box) => box.set(checked)),
  }, t(checked ? "import.all" : "import.none"));
  return el("fieldset", { class: "ticks" }, el("legend", {}, legend),
    several && boxes.length > 3 ? el("div", { class: "actions" }, all(true), all(false)) : null,
    boxes.map((box) => box.element));
}

/** What is not taken over, in the words of the API. */
export function leftOut(entries) {
  if (entries.length === 0) return null;
  const place = el("div", { class: "notice" });
  replace(place, el("div", {}, el("p", {}, el("strong", {}, t("import.left_out"))),
    el("ul", {}, entries.map((entry) => el("li", {}, `${entry.text} (${entry.count})`,
      entry.names.length > 0 ? el("span", { class: "hint" }, ` ${entry.names.join(", ")}`) : null)))));
  return place;
}

/** The name of a profile's field. */
export const fieldName = (field) => textOrNull(`import.field_${field}`) ?? field;
