// Who is logged in, and what they may do.

import * as api from "./api.js";
import { locale, localeWasChosen, setLocale, t } from "./i18n.js";
import { forgetPerson } from "./storage.js";

let current = null;
const listeners = new Set();
/** Tells the other tabs of a login or a log-out. */
const channel = "BroadcastChannel" in window ? new BroadcastChannel("smartpages.session") : null;

/** The session as the API shows it, or null. */
export const session = () => current;

/** Calls back with each change of the session. */
export const onSession = (listener) => listeners.add(listener);
/**
 * Calls back with "in" or "out" when another tab logged in or out, with "plan" when it changed the plan, with
 * "customer" when it changed the customer.
 */
export const onOtherTab = (listener) => channel?.addEventListener("message", (event) => listener(event.data));

function set(next) {
  current = next;
  for (const listener of listeners) listener(next);
}

/** For whom the person acts, or null: for nobody, until an invitation is accepted or a beginning of one's own made. */
export const customer = () => current?.customer ?? null;

/** Takes the session as the API answered it after a proof of who the person is. */
export const renewed = (next) => set(next);

/** Asks the API who this is; throws Problem. */
export async function loadSession() {
  set(await api.get("/session"));
  adoptLocale();
}

/** Takes the session that a login answered. */
export async function logIn(next) {
  set(next);
  channel?.postMessage("in");
  // Who chose a language here and now keeps it, in the mails too.
  if (localeWasChosen() && next.user.locale !== locale()) await saveLocale(locale()).catch(() => {});
  else adoptLocale();
}

function adoptLocale() {
  setLocale(current.user.locale, { chosen: false });
}

/** Makes this the user's language. */
export async function saveLocale(next) {
  set(await api.patch("/session", { locale: next }));
}

/** Ends the session, here and at the server. */
export async function logOut() {
  await api.remove("/session");
  over();
}

/** The session is over, by whatever way: forgets what belongs to the person. */
export function over() {
  forgetPerson();
  set(null);
  channel?.postMessage("out");
}

/** The session ran out: drafts stay in this tab for who comes back. */
export function expired() {
  set(null);
}

/** The person acts for another customer: what other tabs show is not that one's. */
export function moved(next) {
  set(next);
  channel?.postMessage("customer");
}

/** Has the other tabs look anew at what the plan allows. */
export const tellPlanChanged = () => channel?.postMessage("plan");

/** Remembers that the trial or the subscription ended, as an answer just said. */
export function writingEnded(code) {
  if (!current?.entitlements?.write) return;
  const status = code === "trial_ended" ? code : current.entitlements.status;
  set({ ...current, entitlements: { ...current.entitlements, status, write: false, publish: false } });
}

const RANKS = { viewer: 0, editor: 1, owner: 2 };

/** True for who may choose and pay for a plan. */
export const isOwner = () => customer()?.role === "owner";

/** Why this person may not change what needs the role, or null when they may. */
export function readOnlyReason(role = "editor") {
  if (RANKS[current.customer.role] < RANKS[role]) return t(`readonly.${role}`);
  return current.entitlements.write ? null : endedReason();
}

/** Why nothing can be changed once the trial or the subscription is over. */
export const endedReason = () =>
  t(current.entitlements.status === "trial_ended" ? "readonly.trial" : "readonly.subscription");

/** Days until the trial ends, counted up; null when it does not, or goes over into a plan that is chosen already. */
export function trialDays() {
  const { plan, status, trial_ends_at: end } = current.entitlements;
  if (plan !== "trial" || status !== "trialing" || !end) return null;
  return Math.max(0, Math.ceil((new Date(end).getTime() - Date.now()) / 86_400_000));
}
