// The state of the customer's subscription, read when there is one and kept up to date by what is done here.

import * as api from "./api.js";
import { Problem } from "./problem.js";
import { loadSession, onSession, session, tellPlanChanged } from "./session.js";

let current = null;
const listeners = new Set();

/** The subscription as the API showed it last, or null. */
export const billing = () => current;

/** Calls back with each change of the subscription that is seen here. Answers a function that ends this. */
export function onBilling(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The subscription, from the API; throws Problem. */
export async function loadBilling() {
  set(await api.get("/billing"));
  await followPlan();
  return current;
}

/** The subscription, fetched from the payment provider; throws Problem. */
export async function syncBilling() {
  const before = JSON.stringify(essence(current));
  set(await api.post("/billing/sync", {}));
  if (JSON.stringify(essence(current)) !== before) await changed(current);
  return current;
}

/** Takes the subscription as a change of it answered: what may be done follows, here and in the other tabs. */
export async function changed(next) {
  set(next);
  await quietly(loadSession);
  tellPlanChanged();
}

/** True when there is a subscription that is paid for, or that begins after the trial. */
export const isSubscribed = ({ plan, status }) =>
  !["trial", "none"].includes(plan) && ["trialing", "active", "past_due", "unpaid", "paused"].includes(status);

/** Keeps up with who is logged in, and for whom they act. */
export function followSession() {
  let customer = null;
  onSession((next) => {
    const changed = next?.customer?.id !== customer;
    customer = next?.customer?.id ?? null;
    if (customer === null || changed) set(null);
    if (customer !== null && next.entitlements.plan !== "trial" && differs(next.entitlements)) quietly(async () => set(await read()));
  });
}

const read = () => api.get("/billing");

/** The plan changed elsewhere, perhaps on another device: what may be done is asked for anew. */
async function followPlan() {
  if (session()?.entitlements && differs(session().entitlements)) await quietly(loadSession);
}

const differs = ({ plan, status }) => current?.plan !== plan || current?.status !== status;

/** All but what changes by looking. */
const essence = (state) => ({ ...state, synced_at: null });

function set(next) {
  current = next;
  for (const listener of listeners) listener(next);
}

/** What stands around the views is no reason to report an error: the view itself asks again. */
async function quietly(work) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
}
