// Looks again and again at what changes by itself: often at first and after each change, then more seldom, and not at
// all while nobody sees it.

import { Problem } from "./problem.js";

const PAUSES_S = [2, 2, 3, 5, 8, 13, 20, 30, 60];

/**
 * `place`: what shows it; once that is gone from the page, the watch ends. `look()`: reads and shows, and answers
 * whether something changed. Answers { soon() }: begins anew with short pauses.
 */
export function watch({ place, look }) {
  let step = 0;
  let timer = 0;

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(again, PAUSES_S[step] * 1000);
  }

  async function again() {
    if (!place.isConnected) return end();
    // When the page is seen again, it goes on.
    if (document.hidden) return undefined;
    let changed = false;
    try {
      changed = await look();
    } catch (problem) {
      // What was shown stays, and the next look may succeed.
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status === 404) return end();
    }
    step = changed ? 0 : Math.min(step + 1, PAUSES_S.length - 1);
    return plan();
  }

  function onVisible() {
    if (document.hidden) return;
    step = 0;
    clearTimeout(timer);
    again();
  }

  function end() {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  }

  document.addEventListener("visibilitychange", onVisible);
  plan();
  return {
    soon() {
      step = 0;
      plan();
    },
  };
}
