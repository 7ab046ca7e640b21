// Where contents come from: the address of a page, or a file.

import * as api from "./api.js";
import { el, replace, uniqueId } from "./dom.js";
import { textField } from "./fields.js";
import { createForm } from "./form.js";
import { t } from "./i18n.js";
import { FILE_KINDS, sendFile } from "./import-file.js";
import { problemNotice } from "./notice.js";
import { Problem } from "./problem.js";

/** The cards. `onFound(preview, file)`: what was found, and the file that it was found in, or null. */
export function importSource({ onFound }) {
  return [addressForm(onFound), fileChoice(onFound)];
}

function addressForm(onFound) {
  const url = textField({
    path: "url", label: t("import.url"), hint: t("import.url_hint"), kind: "url", max: 2048, autocomplete: "off",
    fix: (text) => (/^[a-z]+:/i.test(text) ? text : `https://${text}`),
  });
  return el("section", { class: "card", "aria-labelledby": "from-page" },
    el("h2", { id: "from-page" }, t("import.from_page")),
    createForm({
      label: t("import.from_page"), fields: [url], submitLabel: t("import.look"),
      onSubmit: async (values) => onFound(await api.post("/import/preview", values), null),
    }).element);
}

function fileChoice(onFound) {
  const state = el("p", { class: "hint", role: "status" });
  const place = el("div", { class: "form-notice" });
  const input = el("input", {
    type: "file", accept: FILE_KINDS, class: "visually-hidden", id: uniqueId("file"), onchange: take,
  });
  let busy = false;

  async function take() {
    const [file] = input.files;
    input.value = "";
    if (!file || busy) return;
    busy = true;
    replace(place);
    replace(state, t("import.reading", { name: file.name }));
    try {
      onFound(await sendFile("/import/preview", file), file);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      replace(place, problemNotice(problem, { kept: false }));
    } finally {
      busy = false;
      replace(state);
    }
  }

  return el("section", { class: "card file-choice", "aria-labelledby": "from-file" },
    el("h2", { id: "from-file" }, t("import.from_file")), el("p", {}, t("import.file_text")),
    input, el("p", {}, el("label", { class: "button", for: input.id }, t("import.choose_file"))), state, place);
}
