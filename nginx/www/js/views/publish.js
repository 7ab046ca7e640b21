// Publishing: what is online, putting the present state online, now or later, and going back to an earlier one.

import * as api from "../api.js";
import { announce, note } from "../announce.js";
import { changeList } from "../change-list.js";
import { confirmed } from "../dialog.js";
import { loadPairs } from "../domains.js";
import { el, replace } from "../dom.js";
import { textField } from "../fields.js";
import { folded } from "../folded.js";
import { createForm } from "../form.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { tellProblem } from "../limit.js";
import { previewLink } from "../preview-link.js";
import { Problem } from "../problem.js";
import { planForm, planState } from "../publish-plan.js";
import { heading } from "../router.js";
import { endedReason, readOnlyReason, session } from "../session.js";
import { siteAddressLine, siteDomainsLine } from "../site-domains.js";
import { siteLine, siteLink, siteState } from "../site-state.js";
import { loadSite, remember } from "../sites.js";
import { versionRow } from "../version-row.js";

export async function publish({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}`;
  const readVersions = () => api.list(`${path}/versions`);
  let [site, versions, imprint, privacy, pairs] = await Promise.all([
    loadSite(params.site), readVersions(), api.get("/customer/legal/imprint"), api.get("/customer/legal/privacy"),
    loadPairs(),
  ]);
  const readOnly = session().entitlements.publish ? readOnlyReason() : endedReason();
  const mayEnd = session().customer.role !== "viewer";
  const state = el("div", { class: "publish-state" });
  const difference = el("div", {});
  const later = el("details", { class: "card" });
  const end = el("div", { class: "actions" });
  const history = el("div", {});

  function show() {
    const online = site.published_version !== null;
    replace(state,
      siteState(site),
      el("p", { class: "address big" }, siteAddressLine(site, pairs)),
      siteDomainsLine(site, pairs),
      el("p", { class: "hint" }, online
        ? t("publish.online_since", { number: site.published_version, time: moment(site.published_at) })
        : t("publish.not_yet")),
      planState(site));
    replace(difference, online && site.changed ? folded({
      title: t("changes.of_draft"), load: async () => changeList(await api.get(`${path}/changes`)),
    }) : null);
    replace(later, el("summary", {}, icon("clock"), t("plan.title")), planForm({ site, path, onPlanned: take }));
    replace(end,
      site.scheduled !== null && mayEnd ? el("button", { class: "button quiet", type: "button", onclick: callOff },
        icon("clock"), t("plan.call_off")) : null,
      online && mayEnd ? el("button", { class: "button quiet", type: "button", onclick: takeOffline },
        icon("hidden"), t("offline.now")) : null);
    replace(history, versions.length === 0 ? el("p", { class: "hint" }, t("publish.no_versions"))
      : el("ol", { class: "versions" }, versions.map((version) => versionRow(version, path, {
        restore: readOnly === null ? restore : null, draft: readOnlyReason() === null ? asDraft : null,
      }))));
  }

  function take(next) {
    site = next;
    remember(next);
    show();
  }

  async function refresh() {
    [site, versions] = await Promise.all([loadSite(params.site), readVersions()]);
    show();
  }

  /** Asks, does it, shows what there is then, and says so. */
  async function change(question, work, done, place) {
    if (!(await confirmed(question))) return;
    try {
      await work();
      await refresh();
      note(done);
      document.querySelector(place).focus();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      tellProblem(problem);
    }
  }

  const restore = ({ number }) => change({
    title: t("publish.restore_title", { number }), text: t("publish.restore_text"), action: t("publish.restore"),
    kind: "primary",
  }, () => api.post(`${path}/versions/${number}/restore`, {}), t("publish.restored", { number }), "#versions");

  const asDraft = ({ number }) => change({
    title: t("publish.draft_title", { number }), text: t("publish.draft_text"), action: t("publish.as_draft"),
    kind: "primary",
  }, () => api.post(`${path}/versions/${number}/draft`, {}), t("publish.drafted", { number }), "#versions");

  const takeOffline = () => change({
    title: t("offline.title"), text: t("offline.text"), action: t("offline.now"),
  }, () => api.post(`${path}/unpublish`, {}), t("offline.done"), "h1");

  const callOff = () => change({
    title: t("plan.call_off_title"), text: t("plan.call_off_text"), action: t("plan.call_off"),
  }, () => api.put(`${path}/schedule`, { publish_at: null, unpublish_at: null }), t("plan.cleared"), "h1");

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
        difference, readOnly === null ? form.element : el("p", { class: "notice warn" }, readOnly), end),
      readOnlyReason() === null ? el("details", { class: "card" },
        el("summary", {}, icon("shown"), t("preview_link.title")), previewLink(path)) : null,
      readOnly === null ? later : null,
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
