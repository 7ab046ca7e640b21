// Saving by itself: some seconds after the last change, when the view is left, and when the connection is back.

const AFTER_CHANGE_MS = 3000;
/** After a failure that may pass: twice as long each time, up to a minute. */
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;

/**
 * `isDirty()`: whether there is something to save, in a form that is on screen. `save()`: saves it, does not throw, and
 * answers whether it is to be tried again by itself.
 * Answers { changed(), flush() }: to be called after each change; and what saves at once, for who leaves.
 */
export function autosave({ element, isDirty, save }) {
  let timer = 0;
  let retry = FIRST_RETRY_MS;

  async function flush() {
    clearTimeout(timer);
    if (!isDirty()) return;
    if (await save()) {
      wait(retry);
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    } else {
      retry = FIRST_RETRY_MS;
    }
  }

  function wait(milliseconds) {
    clearTimeout(timer);
    timer = setTimeout(flush, milliseconds);
  }

  /** Listens from the first change on, when the form is on screen, until its view is gone. */
  function follow(target, event, listener) {
    target.addEventListener(event, function heard() {
      if (element.isConnected) listener();
      else target.removeEventListener(event, heard);
    });
  }

  let follows = false;
  function changed() {
    wait(AFTER_CHANGE_MS);
    if (follows) return;
    follows = true;
    follow(window, "online", flush);
    follow(document, "visibilitychange", () => document.visibilityState === "hidden" && flush());
  }

  return { changed, flush };
}
