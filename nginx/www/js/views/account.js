// The account: the customer, the language, the plan, and where one is logged in.

import { addressSection } from "../address-change.js";
import * as api from "../api.js";
import { deleteSection } from "../delete-account.js";
import { el } from "../dom.js";
import { exportSection } from "../export-section.js";
import { choiceField, textField } from "../fields.js";
import { group } from "../form.js";
import { moment, t } from "../i18n.js";
import { icon } from "../icons.js";
import { noteDeletion } from "../leaving.js";
import { resourceForm } from "../resource-form.js";
import { heading } from "../router.js";
import { isOwner, readOnlyReason, session } from "../session.js";
import { sessionList } from "../session-list.js";

export async function account() {
  const load = () => api.get("/customer");
  const owner = isOwner();
  const [customer, sessions, exports] = await Promise.all([
    load(), api.list("/sessions"), owner ? api.list("/exports") : [],
  ]);
  noteDeletion(customer);
  const fields = [
    textField({ path: "name", label: t("account.name"), hint: t("account.name_hint"), max: 100, autocomplete: "name" }),
    textField({
      path: "company", label: t("account.company"), max: 200, optional: true, nullable: true,
        autocomplete: "organization",
    }),
  ];
  const kind = choiceField({
    path: "kind", legend: t("account.kind"), value: customer.kind,
    options: ["private", "business"].map((value) => [value, t(`account.${value}`), t(`account.${value}_hint`)]),
  });
  const form = resourceForm({
    key: "customer", label: t("account.customer"), resource: customer, load, fields: [...fields, kind],
    layout: [group(t("account.customer"), null, ...fields), kind.element],
    save: (values, version) => api.patch("/customer", values, version),
    readOnly: readOnlyReason("owner"),
  });
  return {
    title: t("account.title"),
    element: el("div", {}, heading(t("account.title")),
      el("p", { class: "lead" }, t("account.text", { email: session().user.email })),
      form.element,
      addressSection(),
      plan(),
      el("p", { class: "actions" }, el("a", { class: "button quiet", href: "/trash" }, icon("trash"), t("trash.title")),
        el("a", { class: "button quiet", href: "/import" }, icon("publish"), t("import.title"))),
      sessionList(sessions),
      owner ? [exportSection(exports), deleteSection(customer)] : null),
  };
}

function plan() {
  const { plan: id, status, trial_ends_at: end, sites, pages, links, versions } = session().entitlements;
  const text = status === "trial_ended" ? t("trial.ended_text")
    : (id === "trial" && end ? t("account.trial", { time: moment(end) }) : t("account.includes"));
  return el("section", { class: "card", "aria-labelledby": "plan" },
    el("h2", { id: "plan" }, t("account.plan")),
    el("p", {}, text),
    el("dl", { class: "limits" }, Object.entries({ sites, pages, links, versions }).map(([name, count]) =>
      el("div", {}, el("dt", {}, t(`account.limit_${name}`)), el("dd", {}, String(count))))),
    el("p", {}, el("a", { class: "button quiet", href: "/billing" }, t("account.to_billing"))));
}
