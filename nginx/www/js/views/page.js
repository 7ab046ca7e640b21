// The editor of one page.

import * as api from "../api.js";
import { blocksField } from "../blocks-field.js";
import { el } from "../dom.js";
import { textField } from "../fields.js";
import { group } from "../form.js";
import { t } from "../i18n.js";
import { pagePreview } from "../preview.js";
import { resourceForm } from "../resource-form.js";
import { heading } from "../router.js";
import { pageSlugRule } from "../rules.js";
import { readOnlyReason } from "../session.js";
import { languageName, languagePath, originalField } from "../site-languages.js";
import { siteLine } from "../site-state.js";
import { loadSite } from "../sites.js";

export async function page({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}/pages/${encodeURIComponent(params.page)}`;
  const load = () => api.get(path);
  const sitePath = `/sites/${encodeURIComponent(params.site)}`;
  const [site, resource, profile, links] = await Promise.all([
    loadSite(params.site), load(), api.get("/profile"), api.list(`${sitePath}/links`),
  ]);
  const original = resource.language && !resource.home
    ? originalField(await api.list(`${sitePath}/pages`), resource.translation_of) : null;
  const title = textField({ path: "title", label: t("page.title"), max: 100 });
  const description = textField({
    path: "description", label: t("page.description"), hint: t("page.description_hint"), kind: "textarea", rows: 2,
    max: 300,
    optional: true,
  });
  const slug = resource.home ? null : textField({
    path: "slug", label: t("page.slug"), hint: t("page.slug_hint"), max: 40, autocapitalize: "none", spellcheck: false,
    check: pageSlugRule, fix: (text) => text.toLowerCase(),
  });
  const blocks = blocksField();
  const name = el("span", {}, resource.title);
  const form = resourceForm({
    key: `page:${resource.id}`, label: t("page.edit"), resource, load,
    fields: [title, slug, original, description, blocks].filter(Boolean),
    layout: [group(t("page.about"), null, ...[title, slug, original, description].filter(Boolean)), blocks.element],
    save: (values, version) => api.patch(path, values, version),
    onSaved: (saved) => (name.textContent = saved.title),
    readOnly: readOnlyReason(), savesItself: true,
  });
  const preview = pagePreview({ profile, links });
  // The preview does without when it cannot be had.
  api.post("/themes/preview", site.design).then((look) => preview.dress({ look }), () => {});
  const show = () => preview.show(form.values());
  form.element.addEventListener("input", show);
  form.element.addEventListener("change", show);
  show();
  return {
    title: resource.title,
    element: el("div", {},
      siteLine(site),
      el("p", { class: "back" }, el("a", { href: `/sites/${site.id}/pages` }, t("pages.back"))),
      heading(name),
      el("p", { class: "lead" }, lead(resource)),
      el("div", { class: "with-preview" }, form.element, preview.element)),
  };
}

function lead(page) {
  if (page.language) {
    const address = languagePath(page) + page.slug;
    const key = page.home ? "page.language_home_text" : "page.language_text";
    return t(key, { language: languageName(page.language), address });
  }
  return page.home ? t("page.home_text") : t("page.text", { slug: page.slug });
}
