// Lists in the person's own order: dragged by the handle with mouse, pen or finger. (The keyboard's way are buttons.)

const EDGE_PX = 64;
const STEP_PX = 12;

/** Makes `list` follow its `.drag` handles. `onMove(from, to)`: called once, when an item was let go elsewhere. */
export function reorderable(list, onMove) {
  list.addEventListener("pointerdown", (down) => {
    const item = down.target.closest(".drag")?.closest("li");
    if (!item || item.parentElement !== list || down.button !== 0) return;
    down.preventDefault();
    drag(list, item, down.pointerId, onMove);
  });
}

function drag(list, item, pointer, onMove) {
  const items = () => [...list.children];
  const from = items().indexOf(item);
  const after = item.nextSibling;
  const ended = new AbortController();
  const options = { signal: ended.signal };
  item.classList.add("dragged");

  document.addEventListener("pointermove", (move) => {
    if (move.pointerId !== pointer) return;
    if (move.clientY < EDGE_PX) window.scrollBy(0, -STEP_PX);
    if (move.clientY > window.innerHeight - EDGE_PX) window.scrollBy(0, STEP_PX);
    const place = items().find((other) => other !== item && move.clientY < middle(other)) ?? null;
    if (place !== item.nextSibling) list.insertBefore(item, place);
  }, options);
  document.addEventListener("pointerup", (up) => up.pointerId === pointer && finish(true), options);
  document.addEventListener("pointercancel", () => finish(false), options);
  document.addEventListener("keydown", (event) => event.key === "Escape" && finish(false), options);

  function finish(kept) {
    ended.abort();
    item.classList.remove("dragged");
    if (!kept) list.insertBefore(item, after);
    const to = items().indexOf(item);
    if (to !== from) onMove(from, to);
  }
}

/** How many of the list's items before this one are among `kept`: its place once the others are gone. */
export function rankOf(item, list, kept) {
  const items = [...list.children];
  return items.slice(0, items.indexOf(item)).filter((other) => kept.includes(other)).length;
}

function middle(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
