// Two tabs changed the same thing. Both versions are shown, field by field, and the person decides; nothing typed goes
// away unseen.

import { ask } from "./dialog.js";
import { el } from "./dom.js";
import { at } from "./form.js";
import { t } from "./i18n.js";

/** Answers "mine" (overwrite), "theirs" (reload) or null (go on editing). */
export function settleStale({ fields, mine, theirs }) {
  const rows = fields
    .map((field) => ({ label: field.label, mine: shown(at(mine, field.path)), theirs: shown(at(theirs, field.path)) }))
    .filter((row) => row.mine !== row.theirs);
  const body = [el("p", {}, t("stale.text"))];
  if (rows.length > 0) {
    body.push(el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("stale.differences") },
      el("table", { class: "differences" },
        el("thead", {},
          el("tr", {}, ["stale.field", "stale.mine", "stale.theirs"].map((key) => el("th", { scope: "col" }, t(key))))),
        el("tbody", {}, rows.map((row) =>
          el("tr", {}, el("th", { scope: "row" }, row.label), el("td", {}, row.mine), el("td", {}, row.theirs)))))));
  }
  return ask({
    title: t("stale.title"),
    body,
    choices: [
      { value: "", label: t("stale.go_on"), kind: "quiet" },
      { value: "theirs", label: t("stale.reload"), kind: "quiet" },
      { value: "mine", label: t("stale.overwrite"), kind: "danger" },
    ],
  });
}

function shown(value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (Array.isArray(value)) return value.map(shown).join("\n");
  if (typeof value === "object") return Object.values(value).filter((part) => part !== "").map(String).join(", ");
  return String(value);
}
