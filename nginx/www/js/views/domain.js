// One domain with its `www`: the records to set and what is seen of them, its certificate, where it leads, its end.

import { note } from "../announce.js";
import { certificateCard } from "../domain-certificate.js";
import { domainHelp } from "../domain-help.js";
import { liveBox } from "../domain-live.js";
import { recordList, recordsOf } from "../domain-records.js";
import { removalCard } from "../domain-removal.js";
import { isSettled, stateName } from "../domain-state.js";
import { domainSteps } from "../domain-steps.js";
import { targetCard } from "../domain-target.js";
import { watch } from "../domain-watch.js";
import { domainURL, loadPair } from "../domains.js";
import { el, replace } from "../dom.js";
import { t } from "../i18n.js";
import { icon } from "../icons.js";
import { plansLink } from "../limit.js";
import { heading, renderAgain } from "../router.js";
import { readOnlyReason } from "../session.js";
import { knownSites, loadSites } from "../sites.js";

export async function domain({ params }) {
  let pair = await loadPair(params.domain);
  const { root } = pair;
  const steps = el("div", {});
  const links = el("p", { class: "address big" });
  const live = liveBox({ onAsked: () => watcher.soon() });
  const records = recordList();
  const certificate = certificateCard();
  const folded = el("details", { class: "card fold", open: !pair.all.every(isProved) },
    el("summary", {}, t("records.title")), records.element);
  const element = el("div", {},
    el("p", { class: "back" }, el("a", { href: "/domains" }, t("domains.back"))),
    heading(root.name),
    root.name === root.host ? null : el("p", { class: "hint" }, t("new_domain.spelled", { host: root.host })),
    steps, links, overLimit(root), live.element, folded, domainHelp(hasTrouble(pair)), certificate.element,
    targetCard(pair, knownSites(), { readOnly: readOnlyReason(), onSaved: renderAgain }),
    removalCard(pair));
  show();
  const watcher = watch({ place: element, look });

  function show() {
    const isConnecting = !pair.all.every(isProved);
    const step = pair.all.some((one) => one.checked_at !== null) ? "connect" : "records";
    replace(steps, isConnecting ? domainSteps(step) : null);
    steps.hidden = !isConnecting;
    showLinks();
    live.show(pair);
    records.show(recordsOf(pair));
    folded.hidden = recordsOf(pair).length === 0;
    certificate.show(pair);
  }

  function showLinks() {
    const site = knownSites().find((one) => one.id === pair.root.site_id);
    const first = pair.all.find((one) => one.primary && one.live) ?? pair.all.find((one) => one.live);
    links.hidden = !first || !site || site.published_version === null;
    replace(links, links.hidden ? null : el("a", {
      href: domainURL(first, site), target: "_blank", rel: "noopener", referrerpolicy: "origin",
    }, first.name, icon("external"), el("span", { class: "visually-hidden" }, t("new_tab"))));
  }

  /** Reads it again; answers whether something is other than before. */
  async function look() {
    const next = await loadPair(root.id);
    const before = pair;
    pair = next;
    show();
    if (next.all.length !== before.all.length) await renderAgain();
    const became = next.all.some((one, index) => one.live && !before.all[index]?.live);
    if (became) {
      note(t("domain.connected", { name: next.root.name }));
      // Its site may be known under it now.
      await loadSites();
    }
    // What is settled changes once a day; what is awaited may any moment.
    return !next.all.every(isSettled) && JSON.stringify(next) !== JSON.stringify(before);
  }

  return { title: root.name, element };
}

const isProved = ({ state }) => state === "active";

const hasTrouble = ({ all }) => all.some(({ state, records }) =>
  ["failing", "paused", "expired"].includes(state) || records.some((record) => record.state === "wrong"));

/** The way out when the plan has no room for it. */
const overLimit = (root) => (stateName(root) !== "over_limit" ? null : el("div", { class: "notice warn" },
  icon("warning"), el("div", {}, el("p", {}, t("paused.text_domains")), plansLink())));
