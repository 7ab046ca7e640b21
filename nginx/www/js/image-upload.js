// The place where pictures are dropped or chosen, with a line for each that is on its way.

import { announce } from "./announce.js";
import { el, replace, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { Problem } from "./problem.js";
import { uploadImage } from "./upload.js";

const KINDS = "image/jpeg,image/png,image/webp,image/avif,image/heic,image/heif,.heic,.heif,.avif";
const AT_ONCE = 2;

/** `onDone(image)`: one has arrived. `several`: whether more than one may be chosen at once. */
export function imageUpload({ onDone, several = true }) {
  const input = el("input", {
    type: "file", accept: KINDS, multiple: several, class: "visually-hidden", id: uniqueId("file"), onchange: choose,
  });
  const lines = el("ul", { class: "upload-lines", "aria-label": t("images.under_way") });
  const zone = el("div", { class: "drop-zone" },
    icon("publish"),
    el("p", {}, el("label", { class: "button primary", for: input.id },
      several ? t("images.choose") : t("images.choose_one"))),
    input, el("p", { class: "hint drop-hint" }, t("images.drop")), el("p", { class: "hint" }, t("images.kinds")));
  const waiting = [];
  let running = 0;

  function choose() {
    take([...input.files]);
    input.value = "";
  }

  function take(files) {
    for (const file of several ? files : files.slice(0, 1)) waiting.push(uploadLine(file));
    next();
  }

  function uploadLine(file) {
    const bar = el("progress", { max: 1, value: 0, "aria-label": t("images.progress", { name: file.name }) });
    const state = el("span", { class: "hint" }, t("images.waiting"));
    const line = el("li", {}, el("span", { class: "upload-name" }, file.name), bar, state);
    lines.append(line);
    return { file, bar, state, line };
  }

  async function next() {
    if (running >= AT_ONCE || waiting.length === 0) return;
    const { file, bar, state, line } = waiting.shift();
    running += 1;
    next();
    try {
      const image = await uploadImage(file, (part) => {
        bar.value = part;
        replace(state, part < 1 ? t("images.sending") : t("images.working"));
      });
      line.remove();
      announce(t("images.arrived", { name: image.name }));
      onDone(image);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      failed(line, bar, state, file, problem);
    } finally {
      running -= 1;
      next();
    }
  }

  function failed(line, bar, state, file, problem) {
    bar.remove();
    line.classList.add("is-bad");
    state.className = "field-error";
    replace(state, problem.message);
    const away = el("button", { class: "button quiet", type: "button", onclick: () => line.remove() }, t("close"));
    const again = problem.transient ? el("button", {
      class: "button quiet", type: "button", onclick: () => {
        line.remove();
        take([file]);
      },
    }, t("retry")) : null;
    line.append(el("span", { class: "actions" }, again, away));
    announce(`${file.name}: ${problem.message}`);
  }

  // Entering a child leaves its parent: what counts is how often.
  let inside = 0;
  const mark = () => zone.classList.toggle("is-over", inside > 0);
  zone.addEventListener("dragenter", (event) => {
    event.preventDefault();
    inside += 1;
    mark();
  });
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("dragleave", () => {
    inside -= 1;
    mark();
  });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    inside = 0;
    mark();
    take([...event.dataTransfer.files]);
  });
  return { element: el("div", { class: "image-upload" }, zone, lines), isBusy: () => running + waiting.length > 0 };
}
