// Calls to the API: JSON in and out, problems as errors, versions as If-Match, and nothing sent twice by accident.

import { locale } from "./i18n.js";
import { Problem } from "./problem.js";

const TIMEOUT_MS = 20_000;
const WRITING_ENDED = new Set(["trial_ended", "subscription_ended"]);

/** Writes under way, by what they say: the same one asked for again joins the first. */
const underWay = new Map();
/** Idempotency keys of POSTs whose outcome is not known, so that trying again cannot do it twice. */
const openKeys = new Map();
/** Asks the person for a proof of who they are; answers whether it was given. */
let prove = async () => false;
const listeners = { unauthenticated: new Set(), writingEnded: new Set(), customerLost: new Set() };

/** Call back when any call shows that the login is over, or, with the problem's code, that writing is. */
export const onUnauthenticated = (listener) => listeners.unauthenticated.add(listener);
export const onWritingEnded = (listener) => listeners.writingEnded.add(listener);
/** Call back when a call shows that the person does not belong to the customer any more. */
export const onCustomerLost = (listener) => listeners.customerLost.add(listener);

/** `ask()`: what proves once more who the person is, when a call asks for it. The call is then made again. */
export const onProofRequired = (ask) => (prove = ask);

export const get = (path) => send("GET", path);
export const post = (path, body) => sendOnce("POST", path, body);
/** `version`: of the resource as it was read; null writes whatever stands there. */
export const put = (path, body, version = null) => sendOnce("PUT", path, body, version);
export const patch = (path, body, version = null) => sendOnce("PATCH", path, body, version);
/** `body`: for what has to be confirmed by typing. */
export const remove = (path, version = null, body = undefined) => sendOnce("DELETE", path, body, version);

/** Whether a file may be fetched, asked with a proof if need be: what is read is one byte of it; throws Problem. */
export const admitted = (path) => send("GET", path, undefined, null, null, false, { Range: "bytes=0-0" });

/** All items of a list, page by page; bounded, for no list of ours is longer. */
export async function list(path) {
  const items = [];
  let after = null;
  for (let page = 0; page < 20; page += 1) {
    const answer = await get(`${path}?limit=100${after === null ? "" : `&after=${encodeURIComponent(after)}`}`);
    items.push(...answer.items);
    after = answer.next;
    if (after === null) break;
  }
  return items;
}

function sendOnce(method, path, body, version = null) {
  const name = `${method} ${path} ${version} ${JSON.stringify(body)}`;
  if (!underWay.has(name)) {
    underWay.set(name, send(method, path, body, version, name).finally(() => underWay.delete(name)));
  }
  return underWay.get(name);
}

async function send(method, path, body, version = null, name = null, proved = false, more = {}) {
  const headers = { Accept: "application/json", "Accept-Language": locale(), ...more };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== null) headers["If-Match"] = `"${version}"`;
  if (method === "POST") {
    if (!openKeys.has(name)) openKeys.set(name, newKey());
    headers["Idempotency-Key"] = openKeys.get(name);
  }
  let answer;
  let content;
  try {
    answer = await fetch(`/api${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    content = await readJSON(answer);
  } catch {
    throw new Problem(0);
  }
  if (answer.ok) {
    openKeys.delete(name);
    return content;
  }
  const problem = new Problem(answer.status, content ?? {}, retryAfter(answer));
  if (!problem.transient) openKeys.delete(name);
  if (problem.code === "proof_required" && !proved && await prove()) {
    return send(method, path, body, version, name, true, more);
  }
  if (problem.code === "unauthenticated") for (const listener of listeners.unauthenticated) listener();
  if (problem.code === "no_customer") for (const listener of listeners.customerLost) listener();
  if (WRITING_ENDED.has(problem.code)) for (const listener of listeners.writingEnded) listener(problem.code);
  throw problem;
}

async function readJSON(answer) {
  if (answer.status === 204) return null;
  const text = await answer.text();
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // Something between here and Core answered in its own words; the status says enough.
    return null;
  }
}

function retryAfter(answer) {
  const seconds = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 300) : null;
}

// Not randomUUID: it is missing where the dashboard is tried out over plain HTTP under a name other than localhost.
/** A key that no other request has. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
