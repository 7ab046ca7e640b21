// The field for a domain's name, which says while one types how the name is spelled where only ASCII is known.

import { el, replace } from "./dom.js";
import { textField } from "./fields.js";
import { t } from "./i18n.js";

const QUIET_MS = 500;

export function domainNameField() {
  const field = textField({
    path: "host", label: t("new_domain.host"), hint: t("new_domain.host_hint"), max: 253, autocomplete: "off",
    autocapitalize: "none", spellcheck: false, inputmode: "url", fix: bareName,
  });
  const verdict = el("div", { class: "verdict good", role: "status" });
  field.element.append(verdict);
  let timer = 0;

  function judge() {
    const name = field.get().toLowerCase();
    const ascii = asciiName(name);
    const words = [];
    if (ascii !== null && ascii !== name) words.push(t("new_domain.spelled", { host: ascii }));
    if (/^www\.[^.]+\.[^.]+/.test(name)) words.push(t("new_domain.without_www", { name: name.slice(4) }));
    replace(verdict, words.map((text) => el("p", {}, text)));
  }
  field.control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(judge, QUIET_MS);
  });
  return field;
}

/** What was copied from the address bar is taken for the name in it. */
const bareName = (text) => text.replace(/^https?:\/\//i, "").replace(/[/?#].*$/s, "");

/** As the DNS knows the name, or null while it is none. */
function asciiName(name) {
  try {
    return name === "" ? null : new URL(`http://${name}`).hostname;
  } catch {
    return null;
  }
}
