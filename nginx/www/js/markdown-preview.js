// A rough look at text in the Markdown subset, for the preview only: what is published is rendered by the server.

import { el } from "./dom.js";

const INLINE = /\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*\s][^*]*)\*|`(?<code>[^`]+)`|\[(?<label>[^\]]+)\]\([^)\s]+\)/g;

/** The text as elements, without anything that could be followed or focused. */
export function markdownPreview(text) {
  return text.split(/\n\s*\n/).filter((part) => part.trim() !== "").map((part) => {
    const lines = part.trim().split("\n");
    if (lines.every((line) => /^\s*[-*+] /.test(line))) return list("ul", lines, /^\s*[-*+] /);
    if (lines.every((line) => /^\s*\d+[.)] /.test(line))) return list("ol", lines, /^\s*\d+[.)] /);
    if (lines.every((line) => line.startsWith(">"))) {
      return el("blockquote", {}, lines.map((line) => el("p", {}, inline(line.replace(/^>\s?/, "")))));
    }
    if (lines.length === 1 && /^#{1,6} /.test(lines[0])) {
      return el("p", { class: "p-heading" }, inline(lines[0].replace(/^#+ /, "")));
    }
    return el("p", {}, lines.flatMap((line, index) => [index > 0 ? el("br") : null, inline(line)]));
  });
}

function list(tag, lines, marker) {
  return el(tag, {}, lines.map((line) => el("li", {}, inline(line.replace(marker, "")))));
}

function inline(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(end, found.index));
    const { bold, italic, code, label } = found.groups;
    if (bold !== undefined) parts.push(el("strong", {}, bold));
    else if (italic !== undefined) parts.push(el("em", {}, italic));
    else if (code !== undefined) parts.push(el("code", {}, code));
    else parts.push(el("span", { class: "p-link" }, label));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}
