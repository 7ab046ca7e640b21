// The page behind the link of an invitation. Only its button uses the invitation up: programs that look into mails open
// links too.

import * as api from "../api.js";
import { note } from "../announce.js";
import { busyButton } from "../busy-button.js";
import { act } from "../customers.js";
import { el, replace } from "../dom.js";
import { t } from "../i18n.js";
import { go, heading } from "../router.js";
import { customer, logOut, session } from "../session.js";
import { keep, recall } from "../storage.js";

export function invitation() {
  const token = takeToken();
  const card = el("div", { class: "card" });
  if (token === null) showInvalid();
  else if (session() === null) showLogin();
  else showButton();

  function showLogin() {
    replace(card, el("p", {}, t("invitation.log_in_text")),
      el("div", { class: "actions" },
        el("a", { class: "button primary", href: "/login?next=%2Finvitation" }, t("invitation.log_in"))));
  }

  function showButton() {
    const accept = busyButton({
      label: t("invitation.accept"), kind: "primary",
      async work() {
        let next;
        try {
          next = await api.post("/invitations/accept", { token });
        } catch (problem) {
          if (problem.code === "invitation_for_other") return showOther();
          if (problem.code === "invitation_invalid" || problem.code === "already_member") return showInvalid(problem);
          throw problem;
        }
        forgetToken();
        await act(next, "/");
        note(t("invitation.joined", { name: customer().name }));
      },
    });
    replace(card, el("p", {}, t("invitation.text", { email: session().user.email })),
      el("div", { class: "actions" }, accept.element));
  }

  function showOther() {
    const other = busyButton({
      label: t("invitation.other"), kind: "primary",
      async work() {
        await logOut();
        keep("invitation", token);
        await go("/login?next=%2Finvitation", { force: true });
      },
    });
    replace(card, el("div", { class: "notice bad", role: "alert" }, el("p", {}, t("problem.invitation_for_other"))),
      el("div", { class: "actions" }, other.element));
  }

  function showInvalid(problem = null) {
    forgetToken();
    const text = problem?.message ?? t("problem.invitation_invalid");
    replace(card, el("div", { class: "notice bad", role: "alert" }, el("p", {}, text)),
      el("div", { class: "actions" }, el("a", { class: "button quiet", href: "/" }, t("missing.back"))));
  }

  const title = t("invitation.title");
  return { title, element: el("div", { class: "doorway" }, heading(title), card) };
}

/** The token out of the address, kept in this browser until it is used: a login may come between. It opens nothing for
 * anybody but the person who was invited. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token === null) return recall("invitation");
  keep("invitation", token);
  history.replaceState(history.state, "", location.pathname);
  return token;
}

const forgetToken = () => keep("invitation", null);
