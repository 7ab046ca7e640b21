// Which site a domain shows, and under which of its addresses that site is known.

import * as api from "./api.js";
import { note } from "./announce.js";
import { el } from "./dom.js";
import { choiceField, selectField } from "./fields.js";
import { createForm } from "./form.js";
import { t } from "./i18n.js";
import { loadSites } from "./sites.js";

/** `readOnly`: why nothing can be changed, or null. `onSaved()`: shows everything anew. */
export function targetCard(pair, sites, { readOnly, onSaved }) {
  const primary = pair.all.find((domain) => domain.primary) ?? null;
  const site = selectField({
    path: "site_id", label: t("domain.site"), hint: t("domain.site_hint"), value: pair.root.site_id ?? "",
    options: [...sites.map(({ id, title }) => [id, title]), ["", t("domain.no_site")]],
    parse: (text) => (text === "" ? null : text),
  });
  const main = choiceField({
    path: "primary", legend: t("domain.primary"), value: primary?.id ?? "",
    options: [
      ...pair.all.map((domain) => [domain.id, domain.name, t("domain.primary_hint")]),
      ["", t("domain.not_primary"), t("domain.not_primary_hint")],
    ],
  });
  const form = createForm({
    label: t("domain.target"), fields: [site, main], submitLabel: t("save"),
    async onSubmit(values) {
      const chosen = pair.all.find(({ id }) => id === values.primary) ?? null;
      if (chosen !== null && values.site_id === null) {
        main.setError(t("domain.primary_needs_site"));
        main.focus();
        return;
      }
      const { id } = chosen ?? primary ?? pair.root;
      await api.patch(`/domains/${id}`, { site_id: values.site_id, primary: chosen !== null });
      // The address of the site may be another one now.
      await loadSites();
      await onSaved();
      note(t("save.saved"));
    },
  });
  if (readOnly !== null) {
    form.element.classList.add("read-only");
    form.element.querySelectorAll("input, select, button").forEach((control) => (control.disabled = true));
  }
  return el("section", { class: "card", "aria-labelledby": "target" },
    el("h2", { id: "target" }, t("domain.target")), el("p", { class: "hint" }, t("domain.target_text")), form.element);
}
