// A small button that puts a text onto the clipboard and says so.

import { note } from "./announce.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** `what`: what the text is, for who does not see what stands beside it. */
export function copyButton(text, what) {
  return el("button", {
    class: "icon-button", type: "button", title: t("copy"), "aria-label": `${t("copy")}: ${what}`,
    onclick: () => copy(text),
  }, icon("copy"));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    note(t("copied", { text }));
  } catch {
    // Not allowed, or not there over plain HTTP: it can be read, at least.
    note(text);
  }
}
