// For who is logged in and belongs to no customer: invited and not yet joined, or removed.

import * as api from "../api.js";
import { act } from "../customers.js";
import { busyButton } from "../busy-button.js";
import { el } from "../dom.js";
import { t } from "../i18n.js";
import { go, heading } from "../router.js";
import { logOut, session } from "../session.js";

export function begin() {
  const own = busyButton({
    label: t("begin.own"), kind: "primary", work: async () => act(await api.post("/customers", {}), "/"),
  });
  const leave = busyButton({
    label: t("sessions.log_out"),
    work: async () => {
      await logOut();
      await go("/login", { force: true });
    },
  });
  return {
    title: t("begin.title"),
    element: el("div", { class: "doorway" }, heading(t("begin.title")),
      el("div", { class: "card" }, el("p", {}, t("begin.text", { email: session().user.email })),
        el("p", {}, t("begin.invited")), el("p", {}, t("begin.own_text")),
        el("div", { class: "actions" }, leave.element, own.element))),
  };
}
