// The icons, drawn as strokes on a 24 by 24 grid. They never carry meaning alone: a text stands beside each.

const SHAPES = {
  overview: "M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
  links: "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
  pages: "M7 3h7l4 4v13a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v4h4M9 12h6M9 16h4",
  design: "M12 3a9 9 0 0 0 0 18c1.4 0 2-.9 2-1.8 0-1.6-1.3-1.7-1.3-2.8 0-.8.7-1.4 1.6-1.400H17a4 4 0 0 0 4-4c0-4.5-4-8-9-8zM7.5 12h.01M9.5 8h.01M14.5 8h.01",
  publish: "M12 15V4M8 8l4-4 4 4M5 14v5a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-5",
  statistics: "M4 20h16M7 16v-4M12 16V6M17 16v-7",
  messages: "M4 5h16v11H9l-5 4zM8 9h8M8 12.500h5",
  settings: "M5 7h8M17 7h2M5 12h2M11 12h8M5 17h8M17 17h2M15 5v4M9 10v4M15 15v4",
  images: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9h.01",
  profile: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  legal: "M12 4v16M8 20h8M5 7h14M5 7l-2.5 6a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6a2.7 2.7 0 0 0 5 0z",
  domains: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3.5 9.500h17M3.5 14.500h17M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
  account: "M8 11V8a4 4 0 0 1 8 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM12 15v2",
  billing: "M3 6h18v12H3zM3 10.5h18M7 14.5h4",
  members: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.500a6.5 6.5 0 0 1 13 0M16 4.800a3.5 3.5 0 0 1 0 6.400M18 13.800a6.5 6.5 0 0 1 3.5 5.7",
  plus: "M12 5v14M5 12h14",
  up: "M12 19V6M6 11l6-6 6 6",
  down: "M12 5v13M6 13l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  shown: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  hidden: "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.2 7.6A15 15 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9M10 10a3 3 0 0 0 4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  drag: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  external: "M14 5h5v5M19 5l-8 8M11 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-5",
  done: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4.5 3.5 19.5h17zM12 10.5v4M12 17.200v.1",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  next: "M9 5l7 7-7 7",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  heading: "M6 5v14M18 5v14M6 12h12",
  text: "M5 7h14M5 12h14M5 17h9",
  button: "M4 8h16v8H4zM9 12h6",
  hero: "M4 5h16v14H4zM4 12h16M8 8.500h5",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9.500h.01",
  gallery: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  social: "M7 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM17 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM17 21a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9.5 10.500l5-3.500M9.5 13.500l5 3.5",
  hours: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  address: "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  faq: "M4 4h16v12h-8l-5 4v-4H4zM10 8.500a2 2 0 1 1 2.8 1.900c-.6.3-.8.7-.8 1.300M12 13.500h.01",
  testimonial: "M5 17v-5a5 5 0 0 1 4-5M5 12h4v5H5M14 17v-5a5 5 0 0 1 4-5M14 12h4v5h-4",
  prices: "M4 12V5h7l9 9-7 7zM8 8.500h.01",
  countdown: "M7 3h10M7 21h10M8 3c0 5 8 6 8 9s-8 4-8 9M16 3c0 5-8 6-8 9s8 4 8 9",
  embed: "M3 5h18v14H3zM10 9l5 3-5 3z",
  form: "M4 4h16v5H4zM4 13h16v3H4zM4 20h7",
  contact: "M4 6h16v12H4zM4 7l8 6 8-6",
  divider: "M4 12h16M8 6h8M8 18h8",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2v2h-2zM14 18h2v2h-2zM18 18h2v2h-2z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  download: "M12 4v11M8 11l4 4 4-4M5 19h14",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.500v5l3 2",
  again: "M20 11a8 8 0 1 0-1 5M20 5v6h-6",
  undo: "M9 8H15a4.5 4.5 0 0 1 0 9H8M9 4.5 5.5 8 9 11.5",
};

/** The icon of that name, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
