// A site's title, address, language; and its end.

import * as api from "../api.js";
import { note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el } from "../dom.js";
import { textField } from "../fields.js";
import { group } from "../form.js";
import { t } from "../i18n.js";
import { tellProblem } from "../limit.js";
import { Problem } from "../problem.js";
import { redirectsForm, redirectsPath } from "../redirects-form.js";
import { resourceForm } from "../resource-form.js";
import { go, heading } from "../router.js";
import { readOnlyReason } from "../session.js";
import { siteLine } from "../site-state.js";
import { forget, loadSite, remember } from "../sites.js";
import { slugField } from "../slug-field.js";
import { languageField } from "./new-site.js";

export async function settings({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}`;
  const [loaded, redirects] = await Promise.all([loadSite(params.site), api.get(redirectsPath(params.site))]);
  let site = loaded;
  const readOnly = readOnlyReason();
  const fields = [
    textField({ path: "title", label: t("site.title"), hint: t("site.title_hint"), max: 100 }),
    slugField(),
    textField({
      path: "description", label: t("site.description"), hint: t("page.description_hint"), kind: "textarea", rows: 3,
      max: 300,
      optional: true,
    }),
    languageField(site.locale),
  ];
  const form = resourceForm({
    key: `site:${site.id}`, label: t("settings.title"), resource: site, readOnly, fields,
    layout: group(t("settings.about"), null, ...fields),
    load: () => loadSite(params.site),
    save: (values, version) => api.patch(path, values, version),
    onSaved(saved) {
      site = saved;
      remember(saved);
    },
  });

  async function remove() {
    const title = t("settings.delete_title", { title: site.title });
    if (!(await confirmed({ title, text: t("settings.delete_text"), action: t("settings.delete") }))) return;
    try {
      await api.remove(path, site.version);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === "stale") note(t("stale.look_again"));
      else tellProblem(problem);
      return;
    }
    forget(site.id);
    await go("/", { force: true });
    note(t("row.deleted", { title: site.title }));
  }

  return {
    title: t("settings.title"),
    element: el("div", {}, siteLine(site), heading(t("settings.title")), el("p", { class: "lead" }, t("settings.text")),
      form.element, redirectsForm({ site, resource: redirects, readOnly }).element,
      readOnly === null ? el("section", { class: "card danger-zone", "aria-labelledby": "end" },
        el("h2", { id: "end" }, t("settings.delete")), el("p", {}, t("settings.delete_hint")),
        el("button", { class: "button danger", type: "button", onclick: remove }, t("settings.delete"))) : null),
  };
}
