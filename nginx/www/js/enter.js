// The moment after a login.

import { go } from "./router.js";
import { logIn } from "./session.js";
import { loadCustomers } from "./customers.js";
import { loadSites } from "./sites.js";

/** Takes the session that the API answered and goes where the person wanted to go; throws Problem. */
export async function enter(session, path) {
  await logIn(session);
  await loadCustomers();
  await loadSites();
  await go(path, { replace: true, force: true });
}
