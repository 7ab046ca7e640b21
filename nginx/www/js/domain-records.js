// The records to be set for a domain, as the person's provider wants them typed, each with what was seen of it.

import { copyButton } from "./copy-button.js";
import { asTyped, providerTitles } from "./domain-providers.js";
import { el, replace } from "./dom.js";
import { selectField } from "./fields.js";
import { t } from "./i18n.js";
import { keep, recall } from "./storage.js";

const TAGS = { ok: "good", missing: "warn", wrong: "bad", unknown: "" };

/** Those of a pair, each once: the `www` is proved by the same record. */
export function recordsOf(pair) {
  const records = new Map();
  for (const record of pair.all.flatMap((domain) => domain.records)) {
    const key = `${record.type} ${record.name}`;
    if (!records.has(key)) records.set(key, record);
  }
  return [...records.values()];
}

/** Remembers by whom the person's domains are looked after. */
export const keepProvider = (id) => keep("provider", id);

/** Answers { element, show(records) }: what did not change is left alone, so that nobody loses their place. */
export function recordList() {
  const provider = selectField({
    path: "provider", label: t("records.provider"), hint: t("records.provider_hint"),
    value: recall("provider") ?? "other",
    options: providerTitles().map(([id, title]) => [id, title ?? t(`records.provider_${id}`)]),
  });
  const list = el("ol", { class: "records" });
  let shown = [];
  provider.control.addEventListener("change", () => {
    keepProvider(provider.get());
    const records = shown.map(({ record }) => record);
    shown = [];
    show(records);
  });

  function show(records) {
    if (records.length !== shown.length) {
      shown = records.map(() => ({ element: el("li", { class: "card record" }), record: null }));
      replace(list, shown.map(({ element }) => element));
    }
    records.forEach((record, index) => {
      const place = shown[index];
      if (JSON.stringify(place.record) === JSON.stringify(record)) return;
      const isSame = place.record?.name === record.name
        && JSON.stringify(place.record.expected) === JSON.stringify(record.expected);
      place.record = record;
      if (isSame) replace(place.element.lastElementChild, found(record));
      else replace(place.element, card(record, provider.get()), el("div", { class: "record-seen" }, found(record)));
    });
  }
  return { element: el("div", { class: "record-list" }, el("p", {}, t("records.text")), provider.element, list), show };
}

/** What is to be typed. */
function card(record, providerId) {
  const typed = asTyped(record, providerId);
  const of = `${record.type} ${record.name}`;
  return el("div", { class: "record-words" },
    el("h3", {}, el("span", { class: "tag" }, record.type), " ", t(`records.for_${record.purpose}`),
      record.optional ? el("span", { class: "optional" }, ` ${t("optional")}`) : null),
    record.expected.length === 0 ? el("p", {}, t("records.remove", { type: record.type, name: record.name }))
      : el("dl", {},
        el("dt", {}, typed.nameLabel),
        el("dd", {}, typed.name === "" ? el("em", {}, t("records.leave_empty"))
          : [el("code", {}, typed.name), copyButton(typed.name, `${typed.nameLabel}, ${of}`)]),
        el("dt", {}, typed.valueLabel),
        typed.values.map((value) =>
          el("dd", {}, el("code", {}, value), copyButton(value, `${typed.valueLabel}, ${of}`)))),
    el("p", { class: "hint" }, [
      typed.whole ? t("records.whole") : t("records.relative", { zone: record.zone, name: record.name }),
      typed.dot ? t("records.dot") : "", typed.proxy ? t("records.proxy") : "",
    ].filter(Boolean).join(" ")));
}

/** What stands there, and what to do about it. */
function found(record) {
  const { state, seen, type, expected } = record;
  const advice = state === "wrong" ? t(adviceKey(record), { type }) : null;
  return [
    el("p", {}, el("span", { class: `tag ${TAGS[state]}` }, t(`records.${state}`))),
    seen.length === 0 || state === "ok" ? null : el("p", { class: "hint" }, t("records.seen"), " ",
      seen.map((value, index) => [index > 0 ? ", " : "", el("code", {}, value)])),
    advice === null || expected.length === 0 ? null : el("p", {}, advice),
  ];
}

function adviceKey({ type, seen, expected, optional }) {
  if (type === "TXT") {
    const bare = (text) => text.replace(/["\s]/g, "").toLowerCase();
    return seen.some((value) => bare(value).includes(bare(expected[0]))) ? "records.fix_typo" : "records.fix_text";
  }
  if (seen.some((value) => expected.includes(value))) return "records.fix_both";
  // A CNAME stands alone.
  if (type === "CNAME" && seen.some((value) => /^[\d.]+$|:/.test(value))) return "records.fix_alone";
  return optional ? "records.fix_optional" : "records.fix_address";
}
