// Back from the payment provider: its word is fetched at once, so that nobody waits for a message that comes later.

import { announce } from "./announce.js";
import { isSubscribed, syncBilling } from "./billing.js";
import { busyButton } from "./busy-button.js";
import { el, replace } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { Problem } from "./problem.js";

/** How long to wait before each further look. */
const PAUSES_MS = [1000, 2000, 4000];
const ICONS = { busy: "billing", good: "done", warn: "warning" };

/** What there is to say to somebody who comes back; null for who does not. `query`: of the address. */
export function returnNotice(query) {
  if (query.get("checkout") === "done") return afterCheckout();
  if (query.get("checkout") === "cancelled") {
    forgetReturn();
    return box("warn", t("return.cancelled"));
  }
  if (query.get("portal") === "done") return afterPortal();
  return null;
}

function afterCheckout() {
  const place = el("div", { class: "return" });
  // Begun once the view stands, so that the first words are read out too.
  queueMicrotask(look);

  async function look() {
    say(place, "busy", t("return.waiting"));
    for (const pause of [0, ...PAUSES_MS]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!place.isConnected) return;
      if (await isPaid()) {
        forgetReturn();
        say(place, "good", t("return.done"));
        return;
      }
    }
    if (!place.isConnected) return;
    say(place, "warn", t("return.late"), busyButton({ label: t("return.look_again"), work: look }).element);
  }
  return place;
}

/** A try that fails is one that has seen nothing yet. */
async function isPaid() {
  try {
    return isSubscribed(await syncBilling());
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return false;
  }
}

function afterPortal() {
  const place = el("div", { class: "return" });
  queueMicrotask(async () => {
    try {
      await syncBilling();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      say(place, "warn", t("return.not_synced"));
      return;
    }
    forgetReturn();
    announce(t("return.synced"));
  });
  return place;
}

function say(place, kind, text, more = null) {
  replace(place, box(kind, text, more));
  announce(text);
}

function box(kind, text, more = null) {
  return el("div", { class: `notice ${kind}` }, icon(ICONS[kind]),
    el("div", {}, el("p", {}, text), more));
}

/** Who reloads the page now has not just come back. */
function forgetReturn() {
  history.replaceState(history.state, "", location.pathname);
}
