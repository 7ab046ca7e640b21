// The plans one can choose from, in the person's language.

import * as api from "./api.js";
import { locale } from "./i18n.js";
import { Problem } from "./problem.js";

/** The last answer, by language: names of plans do not change while one looks. */
const known = new Map();

/** The plans with prices and what they include, cheapest first, from the API; throws Problem. */
export async function loadPlans() {
  const language = locale();
  const catalog = await api.get("/plans");
  known.set(language, catalog);
  return catalog;
}

/** What people call this plan; null when it cannot be found out. */
export async function planName(id) {
  try {
    const { plans } = known.get(locale()) ?? await loadPlans();
    return plans.find((plan) => plan.id === id)?.name ?? null;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return null;
  }
}
