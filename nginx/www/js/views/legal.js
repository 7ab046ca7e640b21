// Imprint and privacy policy: by a guided form, or in own words.

import * as api from "../api.js";
import { announce } from "../announce.js";
import { el, replace } from "../dom.js";
import { choiceField, selectField, textField } from "../fields.js";
import { group } from "../form.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { LEGAL_GROUPS } from "../legal-fields.js";
import { resourceForm } from "../resource-form.js";
import { heading } from "../router.js";
import { emailRule } from "../rules.js";
import { readOnlyReason } from "../session.js";

const PATHS = { imprint: "/legal", privacy: "/legal/privacy" };
const MAX_TEXT = 50_000;

export async function legal({ kind }) {
  const path = `/customer/legal/${kind}`;
  const load = () => api.get(path);
  const [resource, other, profile] = await Promise.all([
    load(), api.get(`/customer/legal/${kind === "imprint" ? "privacy" : "imprint"}`), api.get("/profile"),
  ]);
  const complete = { [kind]: resource.complete, [other.kind]: other.complete };
  const tabs = el("nav", { class: "tabs", "aria-label": t("legal.title") });
  const showTabs = () => replace(tabs, el("ul", {}, Object.keys(PATHS).map((name) => el("li", {},
    el("a", { href: PATHS[name], "aria-current": name === kind ? "page" : null }, t(`legal.${name}`),
      el("span", { class: `tag ${complete[name] ? "good" : ""}` },
        t(complete[name] ? "legal.complete" : "legal.incomplete")))))));
  showTabs();

  const mode = choiceField({
    path: "mode", legend: t("legal.mode"), value: resource.mode,
    options: ["form", "text"].map((value) => [value, t(`legal.mode_${value}`), t(`legal.mode_${value}_hint`)]),
  });
  const groups = LEGAL_GROUPS[kind].map(([name, entries]) => {
    const fields = entries.map(asField);
    return { fields, entries, element: group(t(`legal.group_${name}`), null, ...fields) };
  });
  const formFields = groups.flatMap(({ fields }) => fields);
  const texts = ["de", "en"].map((code) => textField({
    path: `text/${code}`, label: t(`legal.text_${code}`), hint: t("markdown.hint"), kind: "textarea", rows: 14,
    max: MAX_TEXT,
    optional: true, nullable: true, lang: code,
  }));
  const guided = el("div", { class: "stack" }, takeOver(formFields, kind, profile, other, () => form.changed()),
    groups.map(({ element }) => element));
  const own = el("div", { class: "stack" }, group(t("legal.own"), t("legal.own_hint"), ...texts));
  const showMode = () => {
    guided.hidden = mode.get() !== "form";
    own.hidden = mode.get() !== "text";
  };
  mode.element.addEventListener("change", showMode);
  const provider = formFields.find((field) => field.path === "form/provider");
  const showProvider = () => provider && groups.forEach((part) => fit(part, provider.get()));
  provider?.element.addEventListener("change", showProvider);
  const form = resourceForm({
    key: kind, label: t(`legal.${kind}`), resource, load, fields: [mode, ...formFields, ...texts],
    layout: [mode.element, guided, own],
    save: (values, version) => api.put(path, values, version),
    onSaved(saved) {
      complete[kind] = saved.complete;
      showTabs();
      showMode();
      showProvider();
    },
    readOnly: readOnlyReason("owner"),
  });
  showMode();
  showProvider();
  return {
    title: t(`legal.${kind}`),
    element: el("div", {}, el("p", { class: "eyebrow" }, t("legal.title")), heading(t(`legal.${kind}`)),
      el("p", { class: "lead" }, t(`legal.${kind}_text`)), tabs, form.element,
      el("p", { class: "hint" }, t("legal.no_advice"))),
  };
}

function asField([name, needed, { options, for: _, due, ...more } = {}]) {
  const place = { path: `form/${name}`, label: t(`legal.${name}`) };
  if (options) {
    return selectField({ ...place, options: options.map((value) => [value, t(`legal.${name}_${value || "open"}`)]) });
  }
  return textField({
    ...place, max: 300, optional: !needed && !due, lenient: needed || Boolean(due),
    check: name === "email" ? emailRule : undefined, ...more,
  });
}

/** Shows what the kind of provider is asked for. What was typed into other fields stays, and stays visible. */
function fit({ fields, entries, element }, provider) {
  fields.forEach((field, index) => {
    const { for: providers, due } = entries[index][2] ?? {};
    field.element.hidden = Boolean(providers) && !providers.includes(provider) && field.get() === "";
    if (due) field.control.setAttribute("aria-required", String(due.includes(provider)));
  });
  element.hidden = fields.every((field) => field.element.hidden);
}

/** Offers what was already said elsewhere, for fields that are still empty. */
function takeOver(fields, kind, profile, other, changed) {
  const known = {
    ...profile.address, name: profile.name, controller: profile.name, email: profile.email, phone: profile.phone,
    ...Object.fromEntries(Object.entries(other.form).filter(([, value]) => value !== "")),
  };
  if (kind === "privacy" && other.form.name) known.controller = other.form.name;
  if (kind === "imprint" && other.form.controller) known.name = other.form.controller;
  const fill = () => fields.filter((field) => field.get() === "" && known[field.path.slice("form/".length)]);
  const button = el("button", { class: "button quiet", type: "button", onclick() {
    const filled = fill();
    filled.forEach((field) => field.set(known[field.path.slice("form/".length)]));
    announce(t("legal.taken_over", { count: filled.length }));
    changed();
    filled[0]?.focus();
    button.hidden = true;
  } }, icon("profile"), t("legal.take_over"));
  // The fields are filled with what is saved only after this; whether anything is left to offer shows then.
  queueMicrotask(() => (button.hidden = fill().length === 0));
  return button;
}
