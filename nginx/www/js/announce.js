// Says results to screen readers, and shows short notes to everybody.

import { el, replace } from "./dom.js";

const NOTE_MS = 5000;
let timer = 0;

/** Has a screen reader say this, without moving the focus. */
export function announce(text) {
  const region = document.getElementById("announcements");
  // The same words twice would not be said again: a change has to be seen.
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

/** Shows a short note that goes by itself, and says it. */
export function note(text) {
  const place = document.getElementById("notes");
  replace(place, el("p", { class: "note" }, text));
  announce(text);
  clearTimeout(timer);
  timer = setTimeout(() => replace(place), NOTE_MS);
}
