// A button for something that takes a while: pressed once, it shows that it is at work, and says below what went wrong.

import { el, replace } from "./dom.js";
import { icon } from "./icons.js";
import { problemNotice } from "./notice.js";
import { Problem } from "./problem.js";

/**
 * `name`: what a screen reader says instead of the label. `work()`: may throw a Problem. When it answers true the button stays busy, for the page is being left.
 * Answers { element, say(...nodes) }: `say` shows nodes below the button.
 */
export function busyButton({ label, name = null, kind = "quiet", iconName = null, work }) {
  const button = el("button", { class: `button ${kind}`, type: "button", "aria-label": name, onclick: run },
    iconName === null ? null : icon(iconName), el("span", {}, label));
  const place = el("div", { class: "form-notice" });
  let busy = false;

  async function run() {
    if (busy) return;
    replace(place);
    setBusy(true);
    let leaving = false;
    try {
      leaving = await work() === true;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // The login is over: the way to the login page is already taken.
      if (problem.code !== "unauthenticated") replace(place, problemNotice(problem, { again: run, kept: false }));
    } finally {
      if (!leaving) setBusy(false);
    }
  }

  function setBusy(next) {
    busy = next;
    button.setAttribute("aria-disabled", String(next));
    button.classList.toggle("busy", next);
  }

  return { element: el("div", { class: "busy-button" }, button, place), say: (...nodes) => replace(place, ...nodes) };
}

/** Leaves for a page of the payment provider. Answers true, for `work` to hand on. */
export function leaveFor(url) {
  if (!/^https?:\/\//i.test(url)) throw new TypeError("not a page");
  location.assign(url);
  return true;
}
