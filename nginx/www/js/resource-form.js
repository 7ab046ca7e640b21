// A form over one versioned resource: shows whether all is saved, and settles what was changed elsewhere meanwhile.

import { announce } from "./announce.js";
import { autosave } from "./autosave.js";
import { el, replace } from "./dom.js";
import { putAside, register, takeBack } from "./editing.js";
import { at, createForm } from "./form.js";
import { t } from "./i18n.js";
import { Problem } from "./problem.js";
import { settleStale } from "./stale.js";

/**
 * `save(values, version)` and `load()` answer the resource. `readOnly`: a message that says why, or null.
 * `onSaved(resource)`: what else shows this resource. `key`: names the form where drafts are put aside.
 * `savesItself`: for drafts, which nobody sees before they are published.
 */
export function resourceForm({
  key, resource, save, load, onSaved, readOnly = null, extra = [], savesItself = false, ...rest
}) {
  // A form that saves itself would be heard after each pause: only what came of it is said, below.
  const state = el("p", { class: "save-state", role: savesItself ? null : "status" });
  let version = resource.version;
  let baseline;
  /** The end of the writing under way. */
  let before = Promise.resolve();
  /** Whether the person was asked about a change elsewhere and goes on editing: from then on they save. */
  let isHeld = false;
  let isAside = false;
  let toldFailure = null;

  const form = createForm({ ...rest, submitLabel: t("save"), extra: [state, ...extra], onSubmit });
  form.fill(resource);
  baseline = snapshot();

  function snapshot() {
    return JSON.stringify(form.values());
  }

  const isDirty = () => form.element.isConnected && snapshot() !== baseline;

  /** Saves; one after the other, as two at once would be based on the same version. */
  function write(values, base = null) {
    const mine = before.then(async () => settle(await save(values, base ?? version), values));
    before = mine.catch(() => {});
    return mine;
  }

  /** `values`: what was sent; what was typed since then is not saved. */
  function settle(saved, values) {
    version = saved.version;
    baseline = JSON.stringify(values);
    isHeld = false;
    toldFailure = null;
    if (isAside) takeBack(key);
    isAside = false;
    const isAll = snapshot() === baseline;
    showState(isAll ? "saved" : "unsaved");
    if (!isAll) self?.changed();
    onSaved?.(saved);
  }

  async function onSubmit(values) {
    showState("saving");
    try {
      await write(values);
    } catch (problem) {
      showState("unsaved");
      if (!(problem instanceof Problem) || problem.code !== "stale") throw problem;
      await onStale(values);
    }
  }

  async function onStale(mine) {
    isHeld = true;
    const theirs = await load();
    const choice = await settleStale({ fields: form.fields, mine, theirs });
    if (choice === "mine") {
      showState("saving");
      try {
        await write(mine, theirs.version);
      } catch (problem) {
        showState("unsaved");
        throw problem;
      }
    } else if (choice === "theirs") {
      form.fill(theirs);
      settle(theirs, form.values());
      form.tell(t("stale.took_theirs"), el("button", {
        class: "button quiet", type: "button", onclick: () => {
          form.clear();
          form.fill(mine);
          changed();
        },
      }, t("stale.bring_back")));
    }
  }

  /** Nothing is marked while somebody types: what is wrong stands beside the button, in words. */
  async function saveQuietly() {
    if (form.isBusy() || isHeld) return false;
    const values = form.values();
    if (isAside) putAside();
    if (toldFailure === null) showState("saving");
    try {
      try {
        await write(values);
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.code !== "stale") throw problem;
        showState("unsaved");
        await onStale(values);
        return false;
      }
      announce(t("save.saved"));
      return false;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      // In this tab it outlives a reload, too.
      putAside();
      isAside = true;
      tellFailure(problem);
      return problem.transient;
    }
  }

  function tellFailure(problem) {
    const reason = problem.status === 0 ? t("save.offline")
      : problem.code === "invalid_body" ? t("save.incomplete") : problem.message;
    const text = t("save.unsaved_because", { reason });
    showState("unsaved", text);
    if (text !== toldFailure) announce(text);
    toldFailure = text;
  }

  let shown = null;
  function showState(next, text = next === null ? "" : t(`save.${next}`)) {
    if (state.textContent === text && next === shown) return;
    shown = next;
    state.className = `save-state ${next ?? ""}`;
    replace(state, text);
  }

  function changed() {
    const isChanged = snapshot() !== baseline;
    // Going on from a saved field to the next one changes nothing.
    if (isChanged || shown !== "saved") showState(isChanged ? "unsaved" : null);
    if (isChanged) self?.changed();
  }

  const self = savesItself && readOnly === null
    ? autosave({ element: form.element, isDirty, save: saveQuietly }) : null;
  form.element.addEventListener("input", changed);
  form.element.addEventListener("change", changed);
  form.changed = changed;
  form.isDirty = isDirty;
  register({ key, isDirty, values: form.values, version: () => version, flush: self?.flush });

  if (readOnly !== null) {
    form.element.prepend(el("p", { class: "notice warn" }, readOnly));
    form.element.classList.add("read-only");
    form.element.querySelectorAll("input, textarea, select, button").forEach((control) => (control.disabled = true));
  }
  const draft = takeBack(key);
  if (draft !== null && form.fields.some((field) => at(draft.values, field.path) !== undefined)) {
    form.fill(draft.values);
    // It may have been saved on the way out.
    if (snapshot() !== baseline) {
      // What was saved elsewhere since then is to be seen, not overwritten.
      version = draft.version ?? version;
      queueMicrotask(() => {
        changed();
        announce(t("draft.restored"));
      });
    }
  }
  return form;
}
