// From addresses to views: history, focus, title, and the question before unsaved changes are left.

import { confirmed } from "./dialog.js";
import { el, replace } from "./dom.js";
import { dropAside, flushAll, forgetAll, hasUnsaved } from "./editing.js";
import { t } from "./i18n.js";
import { Problem } from "./problem.js";
import { retryBox } from "./retry.js";
import { routes } from "./routes.js";
import { SKELETON_AFTER_MS, skeleton } from "./skeleton.js";

let place = null;
let guard = () => null;
let index = 0;
/** Raised by each navigation, so that an answer that comes late changes nothing. */
let turn = 0;
let returning = false;
let shownPath = null;
const listeners = new Set();

/** Starts. `main`: where views are shown. `admit(route)`: another address to go to instead, or null. */
export function start({ main, admit }) {
  place = main;
  guard = admit;
  index = history.state?.index ?? 0;
  history.replaceState({ index }, "");
  history.scrollRestoration = "manual";
  document.addEventListener("click", onClick);
  window.addEventListener("popstate", onPop);
  return render({ focus: false });
}

/** Calls back with the matched route after each navigation. */
export const onRoute = (listener) => listeners.add(listener);

/** Goes to an address of the dashboard. Answers false when the person rather stays. */
export async function go(path, { replace: instead = false, force = false } = {}) {
  if (!force && !(await mayLeave())) return false;
  if (!instead) index += 1;
  history[instead ? "replaceState" : "pushState"]({ index }, "", path);
  await render({ focus: true });
  return true;
}

/** Shows the same address again, e.g. in another language. */
export const renderAgain = () => render({ focus: false });

function onClick(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
    || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}

async function onPop(event) {
  if (returning) {
    returning = false;
    return;
  }
  const next = event.state?.index ?? 0;
  // Only the fragment changed: the skip link, for one.
  if (location.pathname + location.search === shownPath && event.state === null) return;
  if (hasUnsaved() && !(await mayLeave())) {
    returning = true;
    history.go(index - next);
    return;
  }
  index = next;
  await render({ focus: true });
}

async function mayLeave() {
  if (hasUnsaved()) await flushAll();
  if (!hasUnsaved()) return true;
  const leaves = await confirmed({ title: t("unsaved.title"), text: t("unsaved.text"), action: t("unsaved.leave") });
  if (leaves) dropAside();
  return leaves;
}

async function render({ focus }) {
  turn += 1;
  const mine = turn;
  const { route, params } = match(location.pathname);
  const elsewhere = guard(route);
  if (elsewhere !== null) return go(elsewhere, { replace: true, force: true });
  forgetAll();
  shownPath = location.pathname + location.search;
  for (const listener of listeners) listener(route, params);
  place.setAttribute("aria-busy", "true");
  const timer = setTimeout(() => mine === turn && replace(place, skeleton()), SKELETON_AFTER_MS);
  let view;
  try {
    view = await route.show({ params, query: new URLSearchParams(location.search) });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    // The login is over: the way to the login page is already taken.
    if (problem.code === "unauthenticated") return undefined;
    view = failed(problem);
  } finally {
    clearTimeout(timer);
  }
  if (mine !== turn) return undefined;
  place.removeAttribute("aria-busy");
  replace(place, view.element);
  document.title = `${view.title} · SmartPages`;
  window.scrollTo(0, 0);
  if (focus) (view.focus ?? place.querySelector("h1"))?.focus({ preventScroll: true });
  return undefined;
}

function failed(problem) {
  if (problem.status === 404) return routes.at(-1).show({});
  const title = t("load.failed");
  return { title, element: el("div", { class: "narrow" }, heading(title), retryBox(problem, renderAgain)) };
}

/** The heading of a view, which takes the focus after navigation. */
export const heading = (...content) => el("h1", { tabindex: -1 }, content);

function match(path) {
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (found) return { route, params: found.groups ?? {} };
  }
  throw new Error("the last route matches all");
}
