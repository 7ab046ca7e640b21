// The redirects of a site: paths where a page used to be, and where they lead now.

import * as api from "./api.js";
import { selectField, textField } from "./fields.js";
import { t } from "./i18n.js";
import { resourceForm } from "./resource-form.js";
import { rowsField } from "./rows-field.js";

const STATUSES = [301, 302, 308, 307];

/** `resource`: what GET …/redirects answers. */
export function redirectsForm({ site, resource, readOnly }) {
  const path = redirectsPath(site.id);
  const rows = rowsField({
    path: "items", label: t("redirects.title"), hint: t("redirects.hint"), addLabel: t("redirects.add"), max: 100,
    row: (value) => [
      textField({
        path: "from", label: t("redirects.from"), value: value.from, max: 300, autocapitalize: "none", fix: fromPage,
        check: (text) => (text.startsWith("/") && text !== "/" ? null : t("redirects.from_rule")),
      }),
      textField({
        path: "to", label: t("redirects.to"), value: value.to, max: 2048, autocapitalize: "none", inputmode: "url",
        check: (text) => (/^(\/(?!\/)|https?:\/\/)/.test(text) ? null : t("redirects.to_rule")),
      }),
      selectField({
        path: "status", label: t("redirects.status"), value: String(value.status ?? 301), parse: Number,
        options: STATUSES.map((status) => [String(status), t(`redirects.status_${status}`)]),
      }),
    ],
  });
  return resourceForm({
    key: `redirects:${site.id}`, label: t("redirects.title"), resource, readOnly, fields: [rows], layout: [rows.element],
    load: () => api.get(path),
    save: (values, version) => api.put(path, values, version),
  });
}

export const redirectsPath = (site) => `/sites/${encodeURIComponent(site)}/redirects`;

/** The path of an address that was copied whole from the old page. */
function fromPage(text) {
  return /^https?:\/\//i.test(text) ? text.replace(/^https?:\/\/[^/?#]*/i, "").replace(/[?#].*$/, "") || "/" : text;
}
