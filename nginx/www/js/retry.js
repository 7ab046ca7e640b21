// A notice in the place of what could not be read, with another try by hand or, after a while, by itself.

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

const AUTOMATIC_TRIES = 5;
let tries = 0;

/** `again()`: tries once more. */
export function retryBox(problem, again) {
  const wait = el("p", {});
  const box = el("div", { class: "notice bad", role: "alert" }, icon("warning"),
    el("div", {}, el("p", {}, problem.message), wait,
      problem.requestId ? el("p", { class: "small" }, t("problem.id", { id: problem.requestId })) : null,
      el("button", { class: "button", type: "button", onclick: byHand }, t("retry"))));
  let timer = 0;
  if (problem.transient && tries < AUTOMATIC_TRIES) {
    tries += 1;
    const seconds = problem.retryAfter ?? 5;
    wait.textContent = t("retry.soon", { count: seconds });
    timer = setTimeout(() => box.isConnected && again(), seconds * 1000);
  }

  function byHand() {
    clearTimeout(timer);
    tries = 0;
    again();
  }
  return box;
}
