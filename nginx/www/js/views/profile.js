// The profile: who stands behind the pages.

import * as api from "../api.js";
import { el } from "../dom.js";
import { textField } from "../fields.js";
import { group } from "../form.js";
import { t } from "../i18n.js";
import { imageField } from "../image-field.js";
import { resourceForm } from "../resource-form.js";
import { heading } from "../router.js";
import { rowsField } from "../rows-field.js";
import { completedURL, emailRule, urlRule, websiteRule } from "../rules.js";
import { readOnlyReason } from "../session.js";

export async function profile() {
  const load = () => api.get("/profile");
  const resource = await load();
  const field = (path, more) =>
    textField({ path, label: t(`profile.${path.split("/").at(-1)}`), lenient: true, max: 120, ...more });
  const name = field("name", { max: 100, autocomplete: "name", hint: t("profile.name_hint") });
  const picture = imageField({ path: "picture", label: t("profile.picture"), hint: t("profile.picture_hint") });
  const headline = field("headline", { max: 160, hint: t("profile.headline_hint") });
  const bio = field("bio", { kind: "textarea", rows: 6, max: 2000, hint: t("markdown.hint") });
  const email = field("email", { kind: "email", autocomplete: "email", max: 254, check: emailRule });
  const phone = field("phone", { kind: "tel", autocomplete: "tel", max: 40 });
  const website = field("website", {
    inputmode: "url", autocomplete: "url", max: 2048, check: websiteRule, fix: completedURL,
  });
  const address = [
    field("address/street", { autocomplete: "street-address" }),
    field("address/postal_code", { autocomplete: "postal-code" }),
    field("address/city", { autocomplete: "address-level2" }),
    field("address/country", { autocomplete: "country-name" }),
  ];
  const social = rowsField({
    path: "social", label: t("profile.social"), hint: t("profile.social_hint"), addLabel: t("profile.social_add"),
    max: 20,
    row: (value) => [
      textField({ path: "label", label: t("profile.social_label"), value: value.label, max: 80 }),
      textField({
        path: "url", label: t("link.url"), value: value.url, max: 2048, inputmode: "url", check: urlRule,
        fix: completedURL,
      }),
    ],
  });
  const form = resourceForm({
    key: "profile", label: t("profile.title"), resource, load,
    fields: [name, picture, headline, bio, email, phone, website, ...address, social],
    layout: [
      group(t("profile.group_you"), null, name, headline, picture, bio),
      group(t("profile.group_contact"), t("profile.contact_hint"), email, phone, website, ...address),
      social.element,
    ],
    save: (values, version) => api.put("/profile", values, version),
    readOnly: readOnlyReason(),
  });
  return {
    title: t("profile.title"),
    element: el("div", {}, heading(t("profile.title")), el("p", { class: "lead" }, t("profile.text")), form.element),
  };
}
