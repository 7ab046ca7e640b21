// The customer's sites, read once and kept up to date by what is changed here.

import * as api from "./api.js";
import { customer } from "./session.js";
import { keep, recall } from "./storage.js";

let known = null;
const listeners = new Set();

export const onSites = (listener) => listeners.add(listener);

/** The sites if they were read already, else none. */
export const knownSites = () => known ?? [];

/** All sites, from the API; throws Problem. */
export async function loadSites() {
  known = customer() === null ? [] : await api.list("/sites");
  tell();
  return known;
}

/** One site, fresh from the API; throws Problem. */
export async function loadSite(id) {
  const site = await api.get(`/sites/${encodeURIComponent(id)}`);
  remember(site);
  keep("site", id);
  return site;
}

/** Takes a site as the API just answered it. */
export function remember(site) {
  if (known === null) return;
  known = known.some((other) => other.id === site.id)
    ? known.map((other) => (other.id === site.id ? site : other))
    : [...known, site];
  tell();
}

/** A site that is gone. */
export function forget(id) {
  known = (known ?? []).filter((site) => site.id !== id);
  tell();
}

/** Forgets all: another person may come. */
export function forgetSites() {
  known = null;
}

/** The site that the navigation speaks of: the one worked on last, else the first, else null. */
export function currentSite() {
  const last = recall("site");
  return knownSites().find((site) => site.id === last) ?? knownSites()[0] ?? null;
}

function tell() {
  for (const listener of listeners) listener();
}
