// Boxes that say what went wrong, and what can be done about it.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { wayOut } from "./limit.js";

/** A box that is read out when it appears. `more`: nodes below the text. */
export function noticeBox(kind, text, more) {
  return el("div", { class: kind, role: "alert" }, icon("warning"), el("div", {}, el("p", {}, text), more));
}

/** A problem in words. `unplaced`: its errors that no field shows; `again()`: tries once more. */
export function problemNotice(problem, { unplaced = [], again = null, kept = true } = {}) {
  const retry = problem.transient && again !== null
    ? el("button", { class: "button quiet", type: "button", onclick: again }, t("retry")) : null;
  const wait = problem.transient && problem.retryAfter
    ? el("p", {}, t("retry.wait", { count: problem.retryAfter })) : null;
  const stays = kept && (problem.transient || problem.status >= 500) ? el("p", {}, t("problem.typed_stays")) : null;
  const listed = unplaced.length === 0 ? null
    : el("ul", {}, unplaced.map((error) => el("li", {}, error.detail ?? error.pointer)));
  const id = problem.status >= 500 && problem.requestId
    ? el("p", { class: "small" }, t("problem.id", { id: problem.requestId })) : null;
  return noticeBox("notice bad", problem.message, [stays, listed, wait, wayOut(problem), id, retry]);
}
