// Where a person wanted to go before the login came between. It travels in the address of the login page, and, because
// the mailed link opens a new tab, for a while in the browser too.

import { keep, recall } from "./storage.js";

const KEPT_MS = 10 * 60 * 1000;

/** Only ways inside the dashboard; anything else leads to the start. */
export function safePath(path) {
  return /^\/(?![/\\])/.test(path ?? "") && !path.startsWith("/login") ? path : "/";
}

/** The login page's address that leads back to where we are. */
export function loginAddress() {
  const here = safePath(location.pathname + location.search);
  return here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`;
}

/** Keeps the goal for the tab that the mailed link opens. */
export function keepGoal(path) {
  keep("next", JSON.stringify({ path: safePath(path), until: Date.now() + KEPT_MS }));
}

/** The kept goal, once. */
export function takeGoal() {
  const kept = recall("next");
  keep("next", null);
  try {
    const { path, until } = JSON.parse(kept);
    return until > Date.now() ? safePath(path) : "/";
  } catch {
    return "/";
  }
}
