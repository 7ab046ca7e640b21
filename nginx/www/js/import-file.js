// Sends a file to be looked at or imported: as it is, told by its name.

import { newKey } from "./api.js";
import { locale } from "./i18n.js";
import { Problem } from "./problem.js";

// The pictures of an export are made anew one after the other.
const TIMEOUT_MS = 300_000;
const BUSY_TRIES = 6;
const TYPES = {
  zip: "application/zip", csv: "text/csv", tsv: "text/csv", txt: "text/csv", json: "application/json",
  html: "text/html", htm: "text/html",
};

/** The names of files that can be imported, for the dialog that chooses one. */
export const FILE_KINDS = Object.keys(TYPES).map((ending) => `.${ending}`).join(",");

/** `parts`: of an export; null: all. Throws Problem. */
export async function sendFile(path, file, parts = null) {
  const type = TYPES[file.name.split(".").pop().toLowerCase()];
  if (type === undefined) throw new Problem(415, { code: "import_unknown" });
  const headers = {
    Accept: "application/json", "Accept-Language": locale(), "Content-Type": type, "Idempotency-Key": newKey(),
  };
  if (parts !== null) headers["X-Import-Parts"] = parts.join(",");
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(path, file, headers);
    } catch (problem) {
      // Somebody else's export is worked on just now: ours waits for its turn, with the same key, so it is made once.
      if (problem.code !== "overloaded" || attempt === BUSY_TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, (problem.retryAfter ?? 5) * 1000));
    }
  }
}

async function send(path, file, headers) {
  let answer;
  let content;
  try {
    answer = await fetch(`/api${path}`, {
      method: "POST", headers, body: file, credentials: "same-origin", cache: "no-store", redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    content = await answer.json();
  } catch {
    throw new Problem(answer?.ok === false ? answer.status : 0);
  }
  if (answer.ok) return content;
  throw new Problem(answer.status, content, Number.parseInt(answer.headers.get("Retry-After") ?? "", 10) || null);
}
