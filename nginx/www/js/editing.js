// The forms on screen that hold what is not saved yet: asked before leaving, and kept over a login or a change of
// language.

import { keep, recall } from "./storage.js";

/**
 * Forms of the view on screen: { key, isDirty(), values() }. Of those that save by themselves also version(), on which
 * what is typed is based, and flush(), which saves at once.
 */
const editors = new Set();

export const register = (editor) => editors.add(editor);
export const forgetAll = () => editors.clear();

/** True when leaving now would lose something typed. */
export const hasUnsaved = () => [...editors].some((editor) => editor.isDirty());

/** Has the forms that save by themselves do so at once. */
export const flushAll = () => Promise.all([...editors].map((editor) => editor.flush?.()));

/** Puts what is typed aside, in this tab, for the forms of the same keys. */
export function putAside() {
  const drafts = readDrafts();
  for (const editor of editors) {
    if (editor.isDirty()) drafts[editor.key] = { values: editor.values(), version: editor.version?.() ?? null };
  }
  keep("drafts", Object.keys(drafts).length === 0 ? null : JSON.stringify(drafts), "session");
}

/** What was put aside for this form, once: { values, version }; null when nothing was. */
export function takeBack(key) {
  const drafts = readDrafts();
  const draft = drafts[key] ?? null;
  if (draft !== null) {
    delete drafts[key];
    keep("drafts", Object.keys(drafts).length === 0 ? null : JSON.stringify(drafts), "session");
  }
  return draft;
}

/** Forgets what was put aside for the forms on screen: the person leaves without it. */
export const dropAside = () => editors.forEach((editor) => takeBack(editor.key));

function readDrafts() {
  try {
    return JSON.parse(recall("drafts", "session") ?? "{}");
  } catch {
    return {};
  }
}

window.addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});
