// A form over one versioned resource: shows whether all is saved, and settles what was changed elsewhere meanwhile.

import { announce } from "./announce.js";
import { el, replace } from "./dom.js";
import { register, takeBack } from "./editing.js";
import { at, createForm } from "./form.js";
import { t } from "./i18n.js";
import { Problem } from "./problem.js";
import { settleStale } from "./stale.js";

/**
 * `save(values, version)` and `load()` answer the resource. `readOnly`: a message that says why, or null.
 * `onSaved(resource)`: what else shows this resource. `key`: names the form where drafts are put aside.
 */
export function resourceForm({ key, resource, save, load, onSaved, readOnly = null, extra = [], ...rest }) {
  const state = el("p", { class: "save-state", role: "status" });
  let version = resource.version;
  let baseline;

  const form = createForm({ ...rest, submitLabel: t("save"), extra: [state, ...extra], onSubmit });
  form.fill(resource);
  baseline = snapshot();

  function snapshot() {
    return JSON.stringify(form.values());
  }

  const isDirty = () => form.element.isConnected && snapshot() !== baseline;

  /** `values`: what was sent; what was typed since then is not saved. */
  function settle(saved, values) {
    version = saved.version;
    baseline = JSON.stringify(values);
    showState(snapshot() === baseline ? "saved" : "unsaved");
    onSaved?.(saved);
  }

  async function onSubmit(values) {
    showState("saving");
    try {
      settle(await save(values, version), values);
    } catch (problem) {
      showState("unsaved");
      if (!(problem instanceof Problem) || problem.code !== "stale") throw problem;
      await onStale(values);
    }
  }

  async function onStale(mine) {
    const theirs = await load();
    const choice = await settleStale({ fields: form.fields, mine, theirs });
    if (choice === "mine") {
      showState("saving");
      try {
        settle(await save(mine, theirs.version), mine);
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

  let shown = null;
  function showState(next) {
    if (next === shown) return;
    shown = next;
    state.className = `save-state ${next ?? ""}`;
    replace(state, next === null ? "" : t(`save.${next}`));
  }

  function changed() {
    showState(snapshot() === baseline ? null : "unsaved");
  }

  form.element.addEventListener("input", changed);
  form.element.addEventListener("change", changed);
  form.changed = changed;
  form.isDirty = isDirty;
  register({ key, isDirty, values: form.values });

  if (readOnly !== null) {
    form.element.prepend(el("p", { class: "notice warn" }, readOnly));
    form.element.classList.add("read-only");
    form.element.querySelectorAll("input, textarea, select, button").forEach((control) => (control.disabled = true));
  }
  const draft = takeBack(key);
  if (draft !== null && form.fields.some((field) => at(draft, field.path) !== undefined)) {
    form.fill(draft);
    queueMicrotask(() => {
      changed();
      announce(t("draft.restored"));
    });
  }
  return form;
}
