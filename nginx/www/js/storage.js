// What this browser keeps. A browser may refuse storage altogether; the dashboard then only forgets sooner.

/** The text kept under this name, or null. `area`: "local" outlives the tab, "session" does not. */
export function recall(name, area = "local") {
  try {
    return window[`${area}Storage`].getItem(`smartpages.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a text; null forgets it. */
export function keep(name, value, area = "local") {
  try {
    if (value === null) window[`${area}Storage`].removeItem(`smartpages.${name}`);
    else window[`${area}Storage`].setItem(`smartpages.${name}`, value);
  } catch {
    // Refused or full: nothing depends on it.
  }
}

/** Forgets all that belongs to a person; the chosen language stays. */
export function forgetPerson() {
  for (const area of ["local", "session"]) {
    try {
      const storage = window[`${area}Storage`];
      for (const name of Object.keys(storage)) {
        if (name.startsWith("smartpages.") && name !== "smartpages.locale") storage.removeItem(name);
      }
    } catch {
      // As above.
    }
  }
}
