// The field for a site's address, which says while one types what the address will be or what is wrong with it.

import { el } from "./dom.js";
import { textField } from "./fields.js";
import { t } from "./i18n.js";
import { slugRule } from "./rules.js";
import { knownSites } from "./sites.js";

const QUIET_MS = 500;

export function slugField() {
  const field = textField({
    path: "slug", label: t("site.slug"), hint: t("site.slug_hint"), max: 40, autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false, check: slugRule, fix: (text) => text.toLowerCase(),
  });
  const verdict = el("p", { class: "verdict", role: "status" });
  field.element.append(verdict);
  let timer = 0;

  function judge() {
    const slug = field.get();
    const wrong = slug === "" ? null : slugRule(slug);
    verdict.className = `verdict ${wrong === null ? "good" : "bad"}`;
    verdict.textContent = slug === "" ? "" : (wrong ?? t("site.slug_good", { address: addressOf(slug) }));
  }
  field.control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(judge, QUIET_MS);
  });
  const setError = field.setError;
  field.setError = (text) => {
    if (text !== null) verdict.textContent = "";
    setError(text);
  };
  /** Puts in what would fit, as long as the person typed nothing. */
  field.suggest = (slug) => {
    field.set(slug);
    field.setError(null);
    judge();
  };
  return field;
}

// The host of published sites is known from a site that there is already, unless that has a domain of its own.
function addressOf(slug) {
  const known = knownSites().map((site) => [`${site.slug}.`, new URL(site.url).host])
    .find(([start, host]) => host.startsWith(start));
  return known ? slug + known[1].slice(known[0].length - 1) : slug;
}
