// Publishing: what is online, putting the present state online, and going back to an earlier one.

import * as api from "../api.js";
import { announce, note } from "../announce.js";
import { confirmed } from "../dialog.js";
import { el, replace } from "../dom.js";
import { textField } from "../fields.js";
import { createForm } from "../form.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { tellProblem } from "../limit.js";
import { Problem } from "../problem.js";
import { heading } from "../router.js";
import { endedReason, readOnlyReason, session } from "../session.js";
import { siteAddress, siteLine, siteLink, siteState } from "../site-state.js";
import { loadSite } from "../sites.js";

export async function publish({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}`;
  const readVersions = () => api.list(`${path}/versions`);
  let [site, versions, imprint, privacy] = await Promise.all([
    loadSite(params.site), readVersions(), api.get("/customer/legal/imprint"), api.get("/customer/legal/privacy"),
  ]);
  const readOnly = session().entitlements.publish ? readOnlyReason() : endedReason();
  const state = el("div", { class: "publish-state" });
  const history = el("div", {});

  function show() {
    const online = site.published_version !== null;
    replace(state,
      siteState(site),
      el("p", { class: "address big" }, online ? siteLink(site, siteAddress(site)) : siteAddress(site)),
      el("p", { class: "hint" }, online
        ? t("publish.online_since", { number: site.published_version, time: moment(site.published_at) })
        : t("publish.not_yet")));
    replace(history, versions.length === 0 ? el("p", { class: "hint" }, t("publish.no_versions"))
      : el("ol", { class: "versions" }, versions.map(versionRow)));
  }

  function versionRow(version) {
    return el("li", { class: version.active ? "active" : "" },
      el("div", { class: "row-words" },
        el("strong", {}, t("publish.version", { number: version.number }), " ",
          version.active ? el("span", { class: "tag good" }, t("publish.active")) : null),
        version.note ? el("span", {}, version.note) : null,
        el("span", { class: "hint" }, [moment(version.created_at), version.created_by].filter(Boolean).join(" · "))),
      version.active || readOnly !== null ? null : el("button", {
        class: "button quiet", type: "button", onclick: () => restore(version),
        "aria-label": t("publish.restore_number", { number: version.number }),
      }, icon("undo"), t("publish.restore")));
  }

  async function refresh() {
    [site, versions] = await Promise.all([loadSite(params.site), readVersions()]);
    show();
  }

  async function restore(version) {
    const title = t("publish.restore_title", { number: version.number });
    const question = { title, text: t("publish.restore_text"), action: t("publish.restore"), kind: "primary" };
    if (!(await confirmed(question))) return;
    try {
      await api.post(`${path}/versions/${version.number}/restore`, {});
      await refresh();
      note(t("publish.restored", { number: version.number }));
      document.querySelector("#versions").focus();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tellProblem(problem);
    }
  }

  const done = el("div", { class: "published", tabindex: -1, hidden: true });
  const text = textField({
    path: "note", label: t("publish.note"), hint: t("publish.note_hint"), max: 200, optional: true,
  });
  const form = createForm({
    label: t("publish.title"), fields: [text], submitLabel: t("publish.now"), submitIcon: "publish",
    async onSubmit(values) {
      let version;
      try {
        version = await api.post(`${path}/publish`, values.note === "" ? {} : values);
      } catch (problem) {
        if (problem.code !== "imprint_missing") throw problem;
        form.tell(t("problem.imprint_missing"),
          el("a", { class: "button quiet", href: "/legal" }, t("publish.to_imprint")));
        return;
      }
      text.set("");
      await refresh();
      replace(done, icon("done"), el("div", {},
        el("p", {}, el("strong", {}, t("publish.done", { number: version.number }))),
        el("p", {}, siteLink(site, t("publish.look")))));
      done.hidden = false;
      done.focus();
      announce(t("publish.done", { number: version.number }));
    },
  });
  show();
  return {
    title: t("publish.title"),
    element: el("div", {},
      siteLine(site), heading(t("publish.title")), el("p", { class: "lead" }, t("publish.text")),
      el("section", { class: "card", "aria-label": t("publish.title") }, state, done, missingTexts(imprint, privacy),
        readOnly === null ? form.element : el("p", { class: "notice warn" }, readOnly)),
      el("section", { "aria-labelledby": "versions" },
        el("h2", { id: "versions", tabindex: -1 }, t("publish.versions")),
        el("p", { class: "hint" }, t("publish.versions_hint")), history)),
  };
}

function missingTexts(imprint, privacy) {
  const open = [];
  if (!imprint.complete) open.push(["/legal", "legal.imprint"]);
  if (!privacy.complete) open.push(["/legal/privacy", "legal.privacy"]);
  if (open.length === 0) return null;
  return el("div", { class: "notice warn" }, icon("warning"), el("div", {}, el("p", {}, t("publish.legal_open")),
    el("ul", {}, open.map(([href, key]) => el("li", {}, el("a", { href }, t(key)))))));
}
