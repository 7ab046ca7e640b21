// Starts the dashboard.

import { note } from "./announce.js";
import { onCustomerLost, onProofRequired, onUnauthenticated, onWritingEnded } from "./api.js";
import { followSession, loadBilling, onBilling } from "./billing.js";
import { loadCustomers, onCustomers, startAnew } from "./customers.js";
import { replace } from "./dom.js";
import { hasUnsaved, putAside } from "./editing.js";
import { onLocale, setLocale, t } from "./i18n.js";
import { followDeletion, onDeletion } from "./leaving.js";
import { Problem } from "./problem.js";
import { prove } from "./proof.js";
import { retryBox } from "./retry.js";
import { loginAddress, safePath } from "./return-to.js";
import { go, onRoute, renderAgain, start } from "./router.js";
import { customer, expired, loadSession, onOtherTab, onSession, saveLocale, session, writingEnded } from "./session.js";
import { createShell } from "./shell.js";
import { SKELETON_AFTER_MS, skeleton } from "./skeleton.js";
import { forgetSites, loadSites, onSites } from "./sites.js";
import { forgetPerson } from "./storage.js";

const shell = createShell(document.getElementById("app"), { onLanguage });

function onLanguage(next) {
  // The texts of the view are made anew; what is typed comes along.
  if (hasUnsaved()) putAside();
  setLocale(next, { chosen: true });
  if (session() !== null) saveLocale(next).catch((problem) => problem instanceof Problem && note(problem.message));
}

/** Logged-out people are led to the login, logged-in people away from it; who acts for nobody, to a beginning. */
function admit(route) {
  if (session() === null) return route.open ? null : loginAddress();
  if (customer() === null && !route.open && !route.alone) return "/begin";
  if (customer() !== null && route.alone) return "/";
  if (location.pathname.replace(/\/$/, "") !== "/login") return null;
  return safePath(new URLSearchParams(location.search).get("next"));
}

/** `drafts`: keep what is typed for when the person is back. */
function whenLoginIsOver({ drafts }) {
  if (session() === null) return;
  if (drafts) putAside();
  else forgetPerson();
  const address = loginAddress();
  expired();
  forgetSites();
  note(t("problem.unauthenticated"));
  go(address, { force: true });
}

/** What the plan allows may be something else now; if so, the session follows. */
async function lookAtPlan() {
  if (customer() === null) return;
  try {
    await loadBilling();
  } catch (problem) {
    // What this tab knows stays; the API decides.
    if (!(problem instanceof Problem)) throw problem;
  }
}

/** An answer said that writing is over. Why a subscription ended stands in its own state. */
function whenWritingIsOver(code) {
  writingEnded(code);
  if (code === "subscription_ended") lookAtPlan();
}

async function begin() {
  // Behind the mailed link stands who is about to log in, whoever was before.
  const confirming = location.pathname.startsWith("/login/confirm");
  const timer = setTimeout(() => replace(shell.main, skeleton()), SKELETON_AFTER_MS);
  try {
    if (!confirming) {
      await loadSession();
      await Promise.all([loadSites(), loadCustomers()]);
    }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.code !== "unauthenticated") {
      replace(shell.main, retryBox(problem, begin));
      return;
    }
  } finally {
    clearTimeout(timer);
  }
  onSession(() => shell.update());
  onBilling(() => shell.updateBanner());
  onDeletion(() => shell.updateBanner());
  onSites(() => shell.update());
  onCustomers(() => shell.update());
  onRoute((next) => shell.update(next));
  onLocale(() => {
    shell.update();
    renderAgain();
  });
  onWritingEnded(whenWritingIsOver);
  onUnauthenticated(() => whenLoginIsOver({ drafts: true }));
  onOtherTab((what) => what === "out" && whenLoginIsOver({ drafts: false }));
  onOtherTab((what) => what === "plan" && lookAtPlan());
  onOtherTab((what) => what === "customer" && startAnew());
  onCustomerLost(() => startAnew("problem.no_customer"));
  onProofRequired(prove);
  await start({ main: shell.main, admit });
}

shell.update();
followSession();
followDeletion();
begin();
