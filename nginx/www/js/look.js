// How a site looks, put onto an element of the dashboard: custom properties that only previews use.

/** Corners of cards and of what is as high as a line, by the design's word for them; as in the published sheet. */
const CORNERS = {
  none: ["0", "0"],
  small: ["0.5rem", "0.5rem"],
  large: ["1rem", "99rem"],
  round: ["1.75rem", "99rem"],
};

/** `look`: as the API answers it. `isDark`: which of its two schemes, when it has both. */
export function dress(element, look, isDark) {
  const palette = (isDark ? look.dark ?? look.light : look.light ?? look.dark);
  const [radius, pill] = CORNERS[look.radius];
  const brought = look.font === null ? "" : `"Site ${look.font}", `;
  const values = {
    ground: palette.ground, surface: palette.surface, ink: palette.ink, soft: palette.muted, line: palette.line,
    tint: palette.tint, accent: palette.accent, "on-accent": palette.on_accent, glow: palette.glow ?? palette.ground,
    radius, pill, text: brought + look.text, display: brought + look.display, weight: look.weight,
    edge: own(look.edge), shadow: own(look.shadow),
  };
  for (const [name, value] of Object.entries(values)) element.style.setProperty(`--p-${name}`, value);
  for (const name of ["wide", "centered", "left", "card"]) {
    element.classList.toggle(`p-layout-${name}`, name === look.layout);
  }
}

/** The sheet's own properties have other names in the dashboard, which has a --line of its own. */
const own = (value) => value.replaceAll("var(--", "var(--p-");

/** Whether the person's system asks for dark pages. */
export const prefersDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
