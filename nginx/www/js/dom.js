// Builds elements. Text reaches the page only as text nodes, and attributes that could run code are refused, so that
// nothing a person typed or the API sent can become markup.

const SAFE_ADDRESS = /^(?:https?:|mailto:|tel:|[/#?])/i;
const ADDRESSES = new Set(["href", "src", "action"]);
const PROPERTIES = new Set(["value", "checked", "selected", "indeterminate"]);

/** An element. `attributes`: strings, numbers, booleans, or functions under `onclick`-like names. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  append(element, children);
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith("on")) {
    if (typeof value !== "function") throw new TypeError(`${name} must be a function`);
    element.addEventListener(name.slice(2), value);
  } else if (name === "style" || name === "srcdoc") {
    throw new TypeError(`${name} is not set from here`);
  } else if (PROPERTIES.has(name)) {
    element[name] = value;
  } else if (ADDRESSES.has(name)) {
    if (SAFE_ADDRESS.test(value)) element.setAttribute(name, value);
  } else if (name.startsWith("aria-")) {
    element.setAttribute(name, String(value));
  } else if (value === true) {
    element.setAttribute(name, "");
  } else if (value !== false) {
    element.setAttribute(name, String(value));
  }
}

/** Appends nodes, texts and lists of them; skips null and false. */
export function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Puts these children in the place of all that were there. */
export function replace(element, ...children) {
  element.replaceChildren();
  return append(element, children);
}

let lastId = 0;
/** An id that no other element of this document has. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
