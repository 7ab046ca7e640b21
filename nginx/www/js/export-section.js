// Taking everything along: asking for a copy, and fetching it.

import { announce } from "./announce.js";
import * as api from "./api.js";
import { busyButton } from "./busy-button.js";
import { el, replace } from "./dom.js";
import { day, locale, moment, t } from "./i18n.js";
import { Problem } from "./problem.js";

const LOOK_AGAIN_MS = 2500;
const UNDER_WAY = new Set(["waiting", "running"]);

/** `exports`: the list as the API shows it. */
export function exportSection(exports) {
  const list = el("ul", { class: "sessions", "aria-labelledby": "export" });
  const make = busyButton({
    label: t("export.make"), iconName: "download",
    async work() {
      await api.post("/exports", {});
      await look();
      announce(t("export.begun"));
    },
  });
  const section = el("section", { class: "card", "aria-labelledby": "export" },
    el("h2", { id: "export" }, t("export.title")), el("p", {}, t("export.text")), list, make.element);
  let before = new Map();
  show(exports);

  function show(next) {
    list.hidden = next.length === 0;
    replace(list, next.map(row));
    for (const { id, state } of next) {
      if (UNDER_WAY.has(before.get(id)) && !UNDER_WAY.has(state)) announce(t(`export.now_${state}`));
    }
    before = new Map(next.map(({ id, state }) => [id, state]));
    if (next.some(({ state }) => UNDER_WAY.has(state))) setTimeout(lookAgain, LOOK_AGAIN_MS);
  }

  async function look() {
    show(await api.list("/exports"));
  }

  /** While it is being made, for as long as somebody looks. */
  async function lookAgain() {
    if (!section.isConnected) return;
    try {
      await look();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.transient) setTimeout(lookAgain, LOOK_AGAIN_MS);
    }
  }
  return section;
}

function row(entry) {
  const time = moment(entry.created_at);
  const hint = entry.state === "ready" ? t("export.until", { size: size(entry.bytes), day: day(entry.expires_at) })
    : t(`export.hint_${entry.state}`);
  return el("li", {},
    el("div", { class: "row-words" },
      el("strong", {}, time, " ", el("span", { class: `tag ${TAGS[entry.state] ?? ""}`.trim() },
        t(`export.state_${entry.state}`))),
      el("span", { class: "hint" }, hint)),
    entry.state === "ready" ? download(entry, time) : null);
}

const TAGS = { ready: "good", failed: "warn" };

/** The file comes by a page load, which could not ask for a proof; so that is done before. */
const download = (entry, time) => busyButton({
  label: t("export.download"), name: `${t("export.download")}: ${time}`,
  async work() {
    const path = `/exports/${entry.id}/file`;
    await api.admitted(path);
    location.assign(`/api${path}`);
  },
}).element;

function size(bytes) {
  const number = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 });
  return bytes < 1_000_000 ? `${number.format(Math.max(bytes / 1000, 0.1))} KB` : `${number.format(bytes / 1_000_000)} MB`;
}
