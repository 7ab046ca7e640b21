// Giving a domain up: what that means, and a question before it is done.

import * as api from "./api.js";
import { note } from "./announce.js";
import { formDialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { tellProblem } from "./limit.js";
import { Problem } from "./problem.js";
import { go } from "./router.js";
import { isOwner } from "./session.js";
import { loadSites } from "./sites.js";

export function removalCard(pair) {
  return el("section", { class: "card danger-zone", "aria-labelledby": "removal" },
    el("h2", { id: "removal" }, t("domain_removal.title")),
    isOwner() ? [el("p", {}, t("domain_removal.text")), el("button", {
      class: "button danger", type: "button", onclick: () => begin(pair),
    }, t("domain_removal.go"))] : el("p", { class: "hint" }, t("domain_removal.owners")));
}

const consequences = () => el("ul", { class: "bullets" },
  ["links", "certificate", "mail", "records", "back"].map((what) => el("li", {}, t(`domain_removal.what_${what}`))));

async function begin({ root, all }) {
  const names = all.map((domain) => domain.name).join(", ");
  try {
    const done = await formDialog({
      title: t("domain_removal.question", { name: root.name }),
      body: [el("p", {}, t("domain_removal.names", { names })), consequences()],
      submitLabel: t("domain_removal.go"), submitKind: "danger",
      onSubmit: () => api.remove(`/domains/${root.id}`),
    });
    if (!done) return;
    await loadSites();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await tellProblem(problem);
    return;
  }
  await go("/domains", { force: true });
  note(t("domain_removal.done", { name: root.name }));
}
