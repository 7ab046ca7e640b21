// Who may act for the customer: members, their roles, and open invitations.

import * as api from "../api.js";
import { note } from "../announce.js";
import { loadCustomers } from "../customers.js";
import { confirmed, formDialog } from "../dialog.js";
import { el } from "../dom.js";
import { choiceField, selectField, textField } from "../fields.js";
import { createForm } from "../form.js";
import { day, t } from "../i18n.js";
import { limitNotice, tellProblem } from "../limit.js";
import { Problem } from "../problem.js";
import { go, heading, renderAgain } from "../router.js";
import { rowButton } from "../row-buttons.js";
import { emailRule } from "../rules.js";
import { customer, isOwner, loadSession, readOnlyReason, session } from "../session.js";
import { forgetSites, loadSites } from "../sites.js";

const ROLES = ["owner", "editor", "viewer"];

export async function members() {
  const owner = isOwner();
  const [all, invited] = await Promise.all([api.list("/members"), owner ? api.list("/invitations") : []]);
  const others = all.filter((member) => member.user !== session().user.id);
  return {
    title: t("members.title"),
    element: el("div", {}, heading(t("members.title")), el("p", { class: "lead" }, t("members.text")),
      all.some((member) => member.paused) ? pausedNotice() : null,
      el("ul", { class: "sessions", "aria-label": t("members.title") }, all.map((member) => memberRow(member, owner, others.length > 0))),
      owner ? [invitationList(invited), inviteForm(all.length + invited.length), transferCard(others)] : null,
      el("p", {}, owner ? el("a", { class: "button quiet", href: "/activity" }, t("activity.title")) : null)),
  };
}

const pausedNotice = () => el("div", { class: "notice warn" }, el("p", {}, t("members.paused_text")));

/** `shared`: there are others, so that one may leave. */
function memberRow(member, owner, shared) {
  const self = member.user === session().user.id;
  return el("li", {},
    el("div", { class: "row-words" },
      el("strong", {}, member.email, " ", self ? el("span", { class: "tag good" }, t("members.you")) : null),
      el("span", { class: "hint" }, t("members.since", { day: day(member.created_at) }))),
    el("span", { class: "tags" }, el("span", { class: "tag" }, t(`role.${member.role}`)),
      member.paused ? el("span", { class: "tag warn" }, t("members.paused")) : null),
    el("span", { class: "row-actions" },
      owner ? rowButton("members.change", "edit", member.email, () => attempt(() => changeRole(member))) : null,
      self ? (shared ? leaveButton(member) : null)
        : (owner ? rowButton("row.remove", "remove", member.email, () => attempt(() => remove(member))) : null)));
}

const leaveButton = (member) => el("button", {
  class: "button quiet", type: "button", onclick: () => attempt(() => leave(member)),
}, t("members.leave"));

async function changeRole(member) {
  const role = roleField(member.role);
  const done = await formDialog({
    title: t("members.change_title", { email: member.email }),
    fields: [role], submitLabel: t("save"),
    onSubmit: (values) => api.patch(`/members/${member.user}`, values),
  });
  if (done) await changed(t("members.changed", { email: member.email }));
}

const roleField = (value) => choiceField({
  path: "role", legend: t("members.role"), value,
  options: ROLES.map((role) => [role, t(`role.${role}`), t(`role.${role}_hint`)]),
});

async function remove(member) {
  const question = {
    title: t("members.remove_title", { email: member.email }), text: t("members.remove_text"), action: t("row.remove"),
  };
  if (!(await confirmed(question))) return;
  await api.remove(`/members/${member.user}`);
  await changed(t("members.removed", { email: member.email }));
}

async function leave(member) {
  const { name } = customer();
  const question = {
    title: t("members.leave_title", { name }), text: t("members.leave_text"), action: t("members.leave"),
  };
  if (!(await confirmed(question))) return;
  await api.remove(`/members/${member.user}`);
  forgetSites();
  await loadSession();
  await Promise.all([loadSites(), loadCustomers()]);
  await go("/", { force: true });
  note(t("members.left", { name }));
}

function invitationList(invited) {
  if (invited.length === 0) return null;
  return el("section", { "aria-labelledby": "invited" }, el("h2", { id: "invited" }, t("members.invited")),
    el("ul", { class: "sessions", "aria-labelledby": "invited" }, invited.map((invitation) => el("li", {},
      el("div", { class: "row-words" }, el("strong", {}, invitation.email),
        el("span", { class: "hint" }, t("members.until", { day: day(invitation.expires_at) }))),
      el("span", { class: "tags" }, el("span", { class: "tag" }, t(`role.${invitation.role}`))),
      el("span", { class: "row-actions" },
        rowButton("members.withdraw", "remove", invitation.email, () => attempt(() => withdraw(invitation))))))));
}

async function withdraw(invitation) {
  await api.remove(`/invitations/${invitation.id}`);
  await changed(t("members.withdrawn", { email: invitation.email }));
}

/** `count`: members and open invitations, of which the plan allows so many. */
function inviteForm(count) {
  const title = el("h2", { id: "invite" }, t("members.invite"));
  const limit = session().entitlements.members;
  const reason = readOnlyReason("owner");
  const content = reason !== null ? el("p", { class: "hint" }, reason)
    : (count >= limit ? limitNotice("members", limit) : createForm({
      label: t("members.invite"),
      fields: [
        textField({
          path: "email", label: t("login.email"), kind: "email", max: 254, autocomplete: "off", inputmode: "email",
          autocapitalize: "none", spellcheck: false, check: emailRule,
        }),
        roleField("editor"),
      ],
      submitLabel: t("members.send"), submitIcon: "mail",
      async onSubmit(values) {
        await api.post("/invitations", values);
        await changed(t("members.sent", { email: values.email }));
      },
    }).element);
  return el("section", { class: "card", "aria-labelledby": "invite" }, title,
    el("p", { class: "hint" }, t("members.invite_text")), content);
}

function transferCard(others) {
  if (others.length === 0) return null;
  return el("section", { class: "card danger-zone", "aria-labelledby": "transfer" },
    el("h2", { id: "transfer" }, t("members.transfer")), el("p", {}, t("members.transfer_text")),
    el("button", {
      class: "button danger", type: "button", onclick: () => attempt(() => transfer(others)),
    }, t("members.transfer")));
}

async function transfer(others) {
  const user = selectField({
    path: "user", label: t("members.transfer_to"), value: others[0].user,
    options: others.map((member) => [member.user, member.email]),
  });
  const done = await formDialog({
    title: t("members.transfer"), body: el("p", {}, t("members.transfer_text")), fields: [user],
    submitLabel: t("members.transfer_go"), submitKind: "danger",
    onSubmit: (values) => api.post("/members/transfer", values),
  });
  if (done) await changed(t("members.transferred"));
}

/** Shows who belongs to the customer now, and what the person may still do. */
async function changed(text) {
  await loadSession();
  await renderAgain();
  note(text);
}

async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    await tellProblem(problem);
  }
}
