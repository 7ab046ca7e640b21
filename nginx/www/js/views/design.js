// How a site looks: theme, colours, font, corners, layout; with a picture of its home page that follows each choice.

import * as api from "../api.js";
import { colorField } from "../color-field.js";
import { el } from "../dom.js";
import { selectField } from "../fields.js";
import { fontField } from "../font-field.js";
import { group } from "../form.js";
import { t } from "../i18n.js";
import { prefersDark } from "../look.js";
import { pagePreview } from "../preview.js";
import { Problem } from "../problem.js";
import { resourceForm } from "../resource-form.js";
import { heading } from "../router.js";
import { readOnlyReason } from "../session.js";
import { siteLine } from "../site-state.js";
import { loadSite, remember } from "../sites.js";
import { themeField } from "../theme-field.js";

/** Long enough for one key to follow the other, short enough to feel at once. */
const PAUSE_MS = 150;

export async function design({ params }) {
  const path = `/sites/${encodeURIComponent(params.site)}`;
  const [site, offer, profile, pages, links] = await Promise.all([
    loadSite(params.site), api.get("/themes"), api.get("/profile"), api.list(`${path}/pages`), api.list(`${path}/links`),
  ]);
  const accent = colorField({ path: "design/accent", label: t("design.accent"), hint: t("design.accent_hint") });
  const ground = colorField({ path: "design/ground", label: t("design.ground"), hint: t("design.ground_hint") });
  const theme = themeField({ path: "design/theme", themes: offer.themes });
  const font = fontField({ path: "design/font", fonts: offer.fonts });
  const radius = choice("radius", offer.radii);
  const layout = choice("layout", offer.layouts);
  const form = resourceForm({
    key: `design:${site.id}`, label: t("design.title"), resource: site, readOnly: readOnlyReason(),
    fields: [theme, accent, ground, font, radius, layout],
    layout: [theme.element, group(t("design.colors"), null, accent, ground), font.element,
      group(t("design.shape"), null, radius, layout)],
    load: () => loadSite(params.site),
    save: (values, version) => api.patch(path, values, version),
    onSaved(saved) {
      remember(saved);
      look();
    },
  });
  const preview = pagePreview({ profile, links });
  const schemes = schemeButtons((isDark) => preview.dress({ isDark }));
  preview.element.querySelector("h2").after(schemes.element);
  preview.show(pages.find((page) => page.home));

  let latest = 0;
  /** Asks the API, which has the rule; an answer that was overtaken is not shown. */
  async function look() {
    latest += 1;
    const mine = latest;
    const wish = form.values().design;
    const { answer, refused } = await previewOf(wish);
    if (mine !== latest) return;
    accent.judge(refused.accent ?? null);
    ground.judge(refused.ground ?? null);
    if (answer === null) return;
    preview.dress({ look: answer });
    schemes.show(answer);
    const chosen = offer.themes.find(({ id }) => id === wish.theme).look;
    const own = chosen.light ?? chosen.dark;
    accent.own(own.accent);
    ground.own(own.ground);
  }

  let timer = null;
  const lookSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  };
  form.element.addEventListener("input", lookSoon);
  form.element.addEventListener("change", lookSoon);
  await look();
  return {
    title: t("design.title"),
    element: el("div", {}, siteLine(site), heading(t("design.title")), el("p", { class: "lead" }, t("design.text")),
      el("div", { class: "with-preview always" }, form.element, preview.element)),
  };
}

/**
 * What becomes of a design, with the nearest colours in the place of those that cannot be read.
 * Answers { answer: the look, or null, refused: the nearest colours by field }.
 */
async function previewOf(wish) {
  const refused = {};
  // Each of the two colours may be refused once.
  for (let round = 0; round < 3; round += 1) {
    try {
      return { answer: await api.post("/themes/preview", { ...wish, ...refused }), refused };
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const found = problem.errors.filter(({ nearest }) => nearest);
      if (found.length === 0) break;
      for (const { pointer, nearest } of found) refused[pointer.slice(1)] = nearest;
    }
  }
  return { answer: null, refused };
}

/** One of a few words, or the theme's own. */
function choice(name, options) {
  return selectField({
    path: `design/${name}`, label: t(`design.${name}`),
    options: [["null", t("design.as_theme")], ...options.map((option) => [option.id, option.name])],
    parse: (text) => (text === "null" ? null : text),
  });
}

/** Two buttons for the two schemes that a site may have. */
function schemeButtons(onChoice) {
  let isDark = prefersDark();
  const buttons = [false, true].map((dark) => el("button", {
    type: "button", "aria-pressed": dark === isDark, onclick: () => press(dark),
  }, t(dark ? "design.dark" : "design.light")));
  const element = el("div", { class: "schemes", role: "group", "aria-label": t("design.scheme") }, buttons);

  function press(dark) {
    isDark = dark;
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String((index === 1) === dark)));
    onChoice(dark);
  }
  return { element, show: (look) => (element.hidden = look.light === null || look.dark === null) };
}
