// The blocks of a page as one field of its form: added, moved, removed with a way back.

import { announce } from "./announce.js";
import { blockPicker } from "./block-picker.js";
import { editedBlock } from "./blocks.js";
import { el, replace } from "./dom.js";
import { t, textOrNull } from "./i18n.js";
import { icon } from "./icons.js";
import { rankOf, reorderable } from "./reorder.js";
import { markEnds, moveButtons, rowButton } from "./row-buttons.js";

const MAX_BLOCKS = 100;

export function blocksField() {
  const list = el("ol", { class: "blocks", "aria-label": t("blocks.title") });
  const empty = el("p", { class: "hint" }, t("blocks.empty"));
  const chooser = blockPicker(add);
  const element = el("section", { class: "blocks-section", "aria-labelledby": "blocks" },
    el("h2", { id: "blocks" }, t("blocks.title")), empty, list,
    el("div", { class: "add-block" }, el("p", { class: "label" }, t("blocks.add")), chooser));
  let blocks = [];
  let invalid = null;

  function show() {
    replace(list, blocks.map((block) => block.element));
    settle();
  }

  function settle() {
    markEnds(list);
    empty.hidden = blocks.length > 0;
    chooser.parentElement.hidden = blocks.length >= MAX_BLOCKS;
  }

  function changed() {
    settle();
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function made(value) {
    const block = editedBlock(value);
    const name = block.known ? t(`block.${block.kind}`) : t("block.unknown");
    block.name = name;
    block.element = el("li", { class: `block block-${block.known ? block.kind : "unknown"}` },
      el("span", { class: "drag", "aria-hidden": true }, icon("drag")),
      el("fieldset", {}, el("legend", {}, block.known ? icon(block.kind) : null, name),
        hintOf(block), el("div", { class: "grid" }, block.fields.map((field) => field.element))),
      el("div", { class: "row-actions" }, moveButtons(name, (step, button) => move(block, step, button)),
        rowButton("row.remove", "remove", name, () => drop(block))));
    return block;
  }

  function add(kind) {
    const block = made({ kind });
    blocks.push(block);
    list.append(block.element);
    changed();
    announce(t("blocks.added", { name: block.name }));
    if (block.fields.length > 0) block.fields[0].focus();
    else block.element.querySelector("button:last-of-type").focus();
  }

  function move(block, step, button) {
    const index = blocks.indexOf(block);
    const other = blocks[index + step];
    if (!other) return;
    if (step < 0) other.element.before(block.element);
    else other.element.after(block.element);
    blocks.splice(index, 1);
    blocks.splice(index + step, 0, block);
    button.focus();
    sayPlace(block);
    changed();
  }

  function sayPlace(block) {
    announce(t("links.moved", { title: block.name, position: blocks.indexOf(block) + 1, all: blocks.length }));
  }

  function drop(block) {
    const place = blocks.indexOf(block);
    blocks.splice(place, 1);
    const undo = el("button", { class: "button quiet", type: "button" }, icon("undo"), t("undo"));
    const gone = el("li", { class: "block is-gone" }, el("p", {}, t("blocks.removed", { name: block.name })), undo);
    block.element.replaceWith(gone);
    undo.addEventListener("click", () => {
      blocks.splice(rankOf(gone, list, blocks.map((other) => other.element)), 0, block);
      gone.replaceWith(block.element);
      block.element.querySelector(":scope > .row-actions button").focus();
      changed();
    });
    undo.focus();
    announce(t("blocks.removed", { name: block.name }));
    changed();
  }

  reorderable(list, (from, to) => {
    const moved = blocks.find((block) => block.element === list.children[to]);
    blocks = [...list.children].map((item) => blocks.find((block) => block.element === item)).filter(Boolean);
    if (moved) sayPlace(moved);
    changed();
  });

  const all = () => blocks.flatMap((block) => block.fields);
  return {
    path: "blocks", label: t("blocks.title"), element,
    get: () => blocks.map((block) => block.value()),
    set(values) {
      blocks = (values ?? []).map(made);
      show();
    },
    check() {
      invalid = all().filter((field) => !field.check())[0] ?? null;
      return invalid === null;
    },
    focus: () => (invalid ?? all()[0])?.focus(),
    setError: (text) => text === null && all().forEach((field) => field.setError(null)),
    locate([index, ...rest]) {
      for (const field of blocks[Number(index)]?.fields ?? []) {
        const path = field.path.split("/");
        if (path.every((name, place) => name === rest[place])) return field.locate(rest.slice(path.length));
      }
      return null;
    },
  };
}

function hintOf(block) {
  const text = block.known ? textOrNull(`block.${block.kind}_hint`) : t("block.unknown_hint");
  return text === null ? null : el("p", { class: "hint" }, text);
}
