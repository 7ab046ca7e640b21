// The planned end of the customer: known around every view, and called off from wherever it is shown.

import { note } from "./announce.js";
import * as api from "./api.js";
import { busyButton } from "./busy-button.js";
import { el } from "./dom.js";
import { day, t } from "./i18n.js";
import { icon } from "./icons.js";
import { Problem } from "./problem.js";
import { renderAgain } from "./router.js";
import { isOwner, onSession } from "./session.js";

let at = null;
const listeners = new Set();

/** When everything of the customer goes, as the API says it, or null. */
export const deletionAt = () => at;

/** Calls back when the end was planned or called off. */
export const onDeletion = (listener) => listeners.add(listener);

/** Takes the customer as the API answered it. */
export function noteDeletion(customer) {
  set(customer?.deletion_at ?? null);
}

function set(next) {
  if (next === at) return;
  at = next;
  for (const listener of listeners) listener();
}

/** Keeps up with for whom the person acts. */
export function followDeletion() {
  let known = null;
  onSession((next) => {
    const id = next?.customer?.id ?? null;
    if (id === known) return;
    known = id;
    set(null);
    if (id !== null) load(() => id === known);
  });
}

async function load(isStillIt) {
  try {
    const customer = await api.get("/customer");
    if (isStillIt()) noteDeletion(customer);
  } catch (problem) {
    // What stands around the views is no reason to report an error.
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** The banner while the end is planned; null otherwise. */
export function deletionBanner() {
  if (at === null) return null;
  return el("section", { class: "banner ended", "aria-label": t("deletion.banner_label") }, icon("warning"),
    el("div", {}, el("p", {}, el("strong", {}, t("deletion.planned", { day: day(at) }))),
      isOwner() ? callOffButton().element : el("p", {}, t("deletion.ask_owner"))));
}

/** The way back. */
export const callOffButton = () => busyButton({
  label: t("deletion.call_off"),
  async work() {
    noteDeletion(await api.post("/customer/restore", {}));
    await renderAgain();
    document.querySelector("h1")?.focus();
    note(t("deletion.called_off"));
  },
});
