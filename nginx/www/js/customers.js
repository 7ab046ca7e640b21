// The customers that the person belongs to, and the change from one to another.

import { note } from "./announce.js";
import * as api from "./api.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { Problem } from "./problem.js";
import { go } from "./router.js";
import { customer, loadSession, moved, session } from "./session.js";
import { forgetSites, loadSites } from "./sites.js";

let known = [];
const listeners = new Set();

export const onCustomers = (listener) => listeners.add(listener);

/** All customers of the person, from the API; throws Problem. */
export async function loadCustomers() {
  known = session() === null ? [] : await api.list("/customers");
  for (const listener of listeners) listener();
}

/** The part of the navigation that says for whom one acts; null for who belongs to one customer only. */
export function customerMenu() {
  if (known.length < 2) return null;
  return [
    el("p", { class: "menu-site", id: "menu-customers" }, t("customers.label")),
    el("ul", { class: "menu-customers", "aria-labelledby": "menu-customers" }, known.map((entry) => el("li", {},
      el("button", {
        type: "button", "aria-current": entry.id === customer()?.id ? "true" : null, onclick: () => change(entry),
      }, entry.name)))),
  ];
}

async function change(entry) {
  if (entry.id === customer()?.id || !(await go("/"))) return;
  try {
    await act(await api.put("/session/customer", { customer: entry.id }), "/");
    note(t("customers.changed", { name: entry.name }));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    note(problem.message);
  }
}

/** Takes a session that acts for another customer, as the API answered it, and goes on there; throws Problem. */
export async function act(next, path) {
  forgetSites();
  moved(next);
  await Promise.all([loadSites(), loadCustomers()]);
  await go(path, { replace: true, force: true });
}

/** This tab acts for another customer than it shows. `why`: the key of what to say about it. */
export async function startAnew(why = "customers.changed_elsewhere") {
  try {
    forgetSites();
    await loadSession();
    await Promise.all([loadSites(), loadCustomers()]);
    await go("/", { force: true });
    note(t(why));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    location.assign("/");
  }
}
