// When a site is published and taken offline by itself.

import * as api from "./api.js";
import { announce } from "./announce.js";
import { el } from "./dom.js";
import { momentField, textField } from "./fields.js";
import { createForm } from "./form.js";
import { moment, t, textOrNull } from "./i18n.js";
import { icon } from "./icons.js";
import { noticeBox } from "./notice.js";

/** What is planned, and what did not come about, in words; null when there is nothing to say. */
export function planState(site) {
  const lines = [];
  if (site.scheduled?.publish_at) lines.push(t("plan.publish", { time: moment(site.scheduled.publish_at) }));
  if (site.scheduled?.unpublish_at) lines.push(t("plan.unpublish", { time: moment(site.scheduled.unpublish_at) }));
  return [
    lines.length === 0 ? null : el("ul", { class: "plan" }, lines.map((line) => el("li", {}, icon("clock"), line))),
    site.schedule_failure === null ? null : noticeBox("notice bad", t("plan.failed", {
      time: moment(site.schedule_failure.at),
    }), el("p", {}, textOrNull(`problem.${site.schedule_failure.code}`) ?? t("problem.internal"))),
  ];
}

/** The form. `path`: of the site in the API; `onPlanned(site)`: is called with the site as it is then. */
export function planForm({ site, path, onPlanned }) {
  const fields = [
    momentField({ path: "publish_at", label: t("plan.publish_at"), value: site.scheduled?.publish_at ?? null }),
    textField({
      path: "note", label: t("publish.note"), max: 200, optional: true, value: site.scheduled?.note ?? "",
    }),
    momentField({ path: "unpublish_at", label: t("plan.unpublish_at"), value: site.scheduled?.unpublish_at ?? null }),
  ];
  const form = createForm({
    label: t("plan.title"), fields, submitLabel: t("plan.save"), submitIcon: "clock",
    async onSubmit(values) {
      const planned = await api.put(`${path}/schedule`, values);
      onPlanned(planned);
      announce(t(planned.scheduled === null ? "plan.cleared" : "plan.saved"));
    },
  });
  return el("div", {}, el("p", { class: "hint" }, t("plan.text", { zone: zone() })), form.element);
}

/** The person's time zone, as they know it. */
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
