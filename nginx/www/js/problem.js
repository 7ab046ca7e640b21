// What can go wrong between here and the API, as one kind of error (RFC 9457).

import { t, textOrNull } from "./i18n.js";

const TRANSIENT = new Set([0, 408, 429, 502, 503, 504]);

export class Problem extends Error {
  /** `status` 0 stands for: no answer came. `retryAfter`: seconds, or null. */
  constructor(status, body = {}, retryAfter = null) {
    // Without a text, so that the message is made when it is read, in the language of that moment.
    super();
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "offline" : "internal");
    this.detail = body.detail ?? null;
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    this.requestId = body.request_id ?? null;
    this.remainingTries = body.remaining_tries ?? null;
    // What the plan does not allow, how many it allows, and the cheapest plan that allows more.
    this.entitlement = body.entitlement ?? null;
    this.limit = body.limit ?? null;
    this.plan = body.plan ?? null;
    // Where something is that cannot go before it is taken out there.
    this.usedBy = Array.isArray(body.used_by) ? body.used_by : [];
    this.retryAfter = retryAfter ?? body.retry_after ?? null;
  }

  /** True when the same request may well succeed a moment later. */
  get transient() {
    return TRANSIENT.has(this.status);
  }

  /** What to tell the person: our own words where we have them, else the server's. */
  get message() {
    const limit = this.code === "limit_reached" && this.limit !== null
      ? textOrNull(`limit.${this.entitlement}`, { count: this.limit }) : null;
    return limit ?? textOrNull(`problem.${this.code}`) ?? this.detail ?? t("problem.internal");
  }
}

/** What to tell the person about one field's error. */
export function fieldMessage(error) {
  return textOrNull(`field.${error.code}`) ?? error.detail ?? t("field.invalid");
}
