// Sends a picture, with its progress: the one call that is not JSON, made by XMLHttpRequest because fetch does not tell
// how far it is.

import { newKey } from "./api.js";
import { locale, t } from "./i18n.js";
import { Problem } from "./problem.js";

/** The longest file that the API takes, in bytes. */
export const FILE_LIMIT = 20 * 1024 * 1024;
const TIMEOUT_MS = 120_000;
const BUSY_TRIES = 8;

/** `onProgress(part)`: how much has arrived, 0 to 1; at 1 the picture is being worked on. Answers the image. */
export async function uploadImage(file, onProgress) {
  if (file.size > FILE_LIMIT) throw new Problem(413, { code: "image_file_too_large" });
  const key = newKey();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(file, key, onProgress);
    } catch (problem) {
      // Others' pictures are worked on just now: ours waits for its turn, with the same key, so it is made once.
      if (problem.code !== "overloaded" || attempt === BUSY_TRIES) throw problem;
      await new Promise((resolve) => setTimeout(resolve, (problem.retryAfter ?? 2) * 1000));
    }
  }
}

function send(file, key, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/images");
    request.responseType = "json";
    request.timeout = TIMEOUT_MS;
    // What the browser does not know by name, the API tells by its first bytes.
    request.setRequestHeader("Content-Type", file.type.startsWith("image/") ? file.type : "image/unknown");
    request.setRequestHeader("Accept-Language", locale());
    request.setRequestHeader("Idempotency-Key", key);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.slice(-100).toWellFormed?.() ?? ""));
    request.upload.addEventListener("progress",
      (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener("load", () => {
      if (request.status === 201 && request.response) return resolve(request.response);
      const after = Number.parseInt(request.getResponseHeader("Retry-After") ?? "", 10);
      reject(new Problem(request.status, request.response ?? {}, Number.isFinite(after) ? after : null));
    });
    for (const name of ["error", "timeout", "abort"]) request.addEventListener(name, () => reject(new Problem(0)));
    request.send(file);
  });
}

/** How many bytes, for people: "340 KB". */
export function bytesText(bytes) {
  const format = (number, digits) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(number);
  return bytes < 1_000_000 ? t("images.kilobytes", { number: format(Math.max(1, bytes / 1000), 0) })
    : t("images.megabytes", { number: format(bytes / 1_000_000, 1) });
}
