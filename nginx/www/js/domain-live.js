// Where a domain stands at this moment, kept up to date while it is looked at.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { busyButton } from "./busy-button.js";
import { stateBadge, stateName } from "./domain-state.js";
import { el, replace } from "./dom.js";
import { moment, relative, t } from "./i18n.js";
import { customer } from "./session.js";

/**
 * `onAsked()`: called after the DNS was asked anew at the person's wish.
 * Answers { element, show(pair) }.
 */
export function liveBox({ onAsked }) {
  const states = el("div", { class: "live-states", "aria-live": "polite" });
  const times = el("p", { class: "hint" });
  let pair = null;
  let said = "";
  /** When each was looked at as the person asked for another look; null: nobody waits. */
  let before = null;
  const check = busyButton({
    label: t("domain.check_now"), iconName: "again",
    async work() {
      before = looks(pair);
      for (const domain of pair.all) await api.post(`/domains/${domain.id}/check`, {});
      announce(t("domain.checking"));
      onAsked();
    },
  });

  function show(next) {
    pair = next;
    const words = pair.all.map((domain) => `${stateName(domain)} ${domain.explanation}`).join("\n");
    // Said once for each change, not at each look.
    if (words !== said) replace(states, pair.all.map(oneState));
    if (before !== null && looks(pair) !== before) {
      before = null;
      if (words === said) announce(`${t("domain.checked")} ${pair.root.explanation}`);
    }
    said = words;
    times.textContent = timesOf(pair.root);
  }

  return {
    element: el("section", { class: "card", "aria-labelledby": "live" },
      el("h2", { id: "live" }, t("domain.state")), states, times,
      customer().role === "viewer" ? null : check.element),
    show,
  };
}

const looks = (pair) => pair.all.map((domain) => domain.checked_at).join();

function oneState(domain) {
  return el("div", {}, el("p", {}, el("strong", {}, domain.name)), stateBadge(stateName(domain)),
    el("p", {}, domain.explanation),
    domain.state === "failing" && domain.pauses_at !== null
      ? el("p", {}, el("strong", {}, t("domain.pauses_at", { time: moment(domain.pauses_at) }))) : null);
}

/** When it was looked at, and when it will be. */
function timesOf(domain) {
  const texts = [];
  if (domain.checked_at !== null) texts.push(t("domain.checked_at", { time: relative(domain.checked_at) }));
  if (domain.next_check_at !== null) {
    const isSoon = Date.parse(domain.next_check_at) - Date.now() < 60_000;
    texts.push(isSoon ? t("domain.next_soon") : t("domain.next_check", { time: relative(domain.next_check_at) }));
  }
  if (domain.state === "pending" && domain.expires_at !== null) {
    texts.push(t("domain.expires_at", { time: moment(domain.expires_at) }));
  }
  return texts.join(" ");
}
