// One version in the list: what it changed, and the ways back to it.

import * as api from "./api.js";
import { changeList } from "./change-list.js";
import { el } from "./dom.js";
import { folded } from "./folded.js";
import { moment, t } from "./i18n.js";
import { icon } from "./icons.js";

/** `path`: of the site in the API. `actions`: { restore(version), draft(version) }, each null when not allowed. */
export function versionRow(version, path, actions) {
  const named = { number: version.number };
  const button = (work, shape, text, label) => (work === null ? null : el("button", {
    class: "button quiet", type: "button", onclick: () => work(version), "aria-label": label,
  }, icon(shape), text));
  return el("li", { class: version.active ? "active" : "" },
    el("div", { class: "row-words" },
      el("strong", {}, t("publish.version", named), " ",
        version.active ? el("span", { class: "tag good" }, t("publish.active")) : null),
      version.note ? el("span", {}, version.note) : null,
      el("span", { class: "hint" }, [moment(version.created_at), version.created_by].filter(Boolean).join(" · ")),
      folded({
        title: t("changes.of_version"), label: t("changes.of_version_number", named),
        load: async () => changeList(await api.get(`${path}/versions/${version.number}/changes`)),
      })),
    el("div", { class: "actions" },
      button(actions.draft, "edit", t("publish.as_draft"), t("publish.as_draft_number", named)),
      version.active ? null
        : button(actions.restore, "undo", t("publish.restore"), t("publish.restore_number", named))));
}
