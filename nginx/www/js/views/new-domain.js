// Connecting a domain, the first half: its name, and a look at what is there before anything is changed.

import * as api from "../api.js";
import { busyButton } from "../busy-button.js";
import { el } from "../dom.js";
import { domainRefusal } from "../domain-limit.js";
import { domainNameField } from "../domain-name-field.js";
import { preflightSection } from "../domain-preflight.js";
import { guessProvider } from "../domain-providers.js";
import { keepProvider } from "../domain-records.js";
import { domainSteps } from "../domain-steps.js";
import { loadPairs } from "../domains.js";
import { checkField, selectField } from "../fields.js";
import { createForm } from "../form.js";
import { locale, t } from "../i18n.js";
import { Problem } from "../problem.js";
import { go, heading } from "../router.js";
import { currentSite, knownSites } from "../sites.js";

/** The last look, for the view that is opened with it. */
let looked = null;

export async function newDomain({ query }) {
  const asked = {
    host: query.get("host") ?? "", site_id: query.get("site") ?? currentSite()?.id, www: query.get("www") !== "no",
  };
  const refusal = domainRefusal((await loadPairs()).length);
  if (refusal !== null) return view(refusal);
  if (knownSites().length === 0) {
    return view(el("div", { class: "notice warn" }, el("div", {}, el("p", {}, t("new_domain.no_site")),
      el("a", { class: "button quiet", href: "/sites/new" }, t("new_site.create")))));
  }
  if (asked.host === "") return view(nameForm(asked).element);
  try {
    const look = await lookAt(asked.host);
    return view(lookSections(asked, look), "look");
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code === "unauthenticated") throw problem;
    const form = nameForm(asked);
    form.show(problem);
    return { ...view(form.element), focus: problem.errors.length > 0 ? form.fields[0].control : null };
  }
}

function view(content, step = "name") {
  return {
    title: t("new_domain.title"),
    element: el("div", {}, el("p", { class: "back" }, el("a", { href: "/domains" }, t("domains.back"))),
      heading(t("new_domain.title")), domainSteps(step),
      step === "name" ? el("div", { class: "card narrow" }, content) : content),
  };
}

/** Asks the DNS; what was just asked in this language is not asked again. */
async function lookAt(host) {
  if (looked?.asked === `${locale()} ${host}`) return looked.answer;
  const answer = await api.post("/domains/preflight", { host });
  looked = { asked: `${locale()} ${host}`, answer };
  return answer;
}

function nameForm(asked) {
  const host = domainNameField();
  const www = checkField({ path: "www", label: t("new_domain.www"), hint: t("new_domain.www_hint"), value: asked.www });
  const site = selectField({
    path: "site_id", label: t("domain.site"), value: asked.site_id,
    options: knownSites().map(({ id, title }) => [id, title]),
  });
  host.set(asked.host);
  return createForm({
    label: t("new_domain.title"), fields: [host, www, site], submitLabel: t("new_domain.look"), submitIcon: "next",
    async onSubmit(values) {
      looked = null;
      await lookAt(values.host);
      await go(`/domains/new?${queryOf(values)}`);
    },
  });
}

const queryOf = ({ host, site_id: site, www }) => new URLSearchParams({ host, site, www: www ? "yes" : "no" });

/** What was found, and the way on or back. */
function lookSections(asked, look) {
  // Only a registered domain has a `www` that goes with it.
  const isPair = asked.www && look.hosts.length > 1;
  const hosts = look.hosts.map(({ host }) => host).slice(0, isPair ? 2 : 1);
  const connect = busyButton({
    label: t("new_domain.connect"), kind: "primary", iconName: "next",
    async work() {
      const domain = await create({
        host: look.host, site_id: asked.site_id, ...(look.hosts.length > 1 ? { www: isPair } : {}),
      });
      const provider = guessProvider(look.nameservers);
      if (provider !== null) keepProvider(provider);
      looked = null;
      return go(`/domains/${domain.id}`, { force: true });
    },
  });
  return [
    el("section", { class: "card", "aria-labelledby": "chosen" },
      el("h2", { id: "chosen" }, look.name),
      look.name === look.host ? null : el("p", {}, t("new_domain.spelled", { host: look.host })),
      el("p", {}, t("new_domain.will_connect", {
        names: hosts.join(", "), title: knownSites().find(({ id }) => id === asked.site_id)?.title ?? "",
      })),
      asked.www && !isPair ? el("p", { class: "hint" }, t("new_domain.no_www")) : null),
    preflightSection(look, hosts),
    el("p", {}, t("new_domain.nothing_yet")),
    el("div", { class: "actions top" },
      el("button", { class: "button quiet", type: "button", onclick: () => history.back() }, t("back")),
      connect.element),
  ];
}

/** An error at a field has no field here to stand at. */
async function create(body) {
  try {
    return await api.post("/domains", body);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const isTaken = problem.errors.some(({ pointer, code }) => pointer === "/host" && code === "taken");
    throw isTaken ? new Problem(problem.status, { code: "domain_taken" }) : problem;
  }
}
