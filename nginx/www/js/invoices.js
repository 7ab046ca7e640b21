// The invoices, newest first, a few at a time.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { busyButton } from "./busy-button.js";
import { el, replace } from "./dom.js";
import { day, money, t } from "./i18n.js";
import { icon } from "./icons.js";
import { Problem } from "./problem.js";
import { retryBox } from "./retry.js";

const PAGE_SIZE = 10;

/** The section with the invoices, which reads them by itself and keeps nobody waiting. */
export function invoiceSection() {
  const list = el("ul", { class: "invoices", "aria-labelledby": "invoices" });
  const foot = el("div", {});
  const section = el("section", { "aria-labelledby": "invoices", "aria-busy": true },
    el("h2", { id: "invoices" }, t("invoices.title")), list, foot);
  begin();

  async function begin() {
    list.hidden = true;
    replace(foot, el("p", { class: "hint" }, t("loading")));
    try {
      await more(null);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code !== "unauthenticated") replace(foot, retryBox(problem, begin));
    } finally {
      section.removeAttribute("aria-busy");
    }
  }

  async function more(after) {
    const { items, next } = await api.get(
      `/billing/invoices?limit=${PAGE_SIZE}${after === null ? "" : `&after=${encodeURIComponent(after)}`}`);
    const rows = items.map(row);
    list.append(...rows);
    list.hidden = list.children.length === 0;
    if (list.hidden) replace(foot, el("p", { class: "hint" }, t("invoices.none")));
    else replace(foot, next === null ? null : moreButton(next));
    if (after === null) return;
    announce(t("invoices.added", { count: rows.length }));
    rows[0]?.focus();
  }

  const moreButton = (next) => busyButton({ label: t("invoices.more"), work: () => more(next) }).element;
  return section;
}

function row(invoice) {
  const name = invoice.number ?? t("invoices.draft");
  const time = el("time", { datetime: invoice.created_at }, day(invoice.created_at));
  return el("li", { tabindex: -1 },
    el("div", { class: "row-words" }, el("strong", {}, time), el("span", { class: "hint" }, name)),
    el("span", { class: `tag ${invoice.status === "paid" ? "good" : ""}` }, t(`invoice.${invoice.status}`)),
    el("strong", { class: "amount" }, money(invoice.amount, invoice.currency)),
    el("span", { class: "invoice-links" },
      paper(invoice.url, t(invoice.status === "open" ? "invoices.pay" : "invoices.look"), name),
      paper(invoice.pdf_url, "PDF", name)));
}

function paper(url, label, name) {
  if (url === null) return null;
  return el("a", { href: url, target: "_blank", rel: "noopener" }, label, icon("external"),
    el("span", { class: "visually-hidden" }, `${name} ${t("new_tab")}`));
}
