// What stands around every view: logo, navigation, the state of the plan, the choice of language.

import { planBanner } from "./banner.js";
import { customerMenu } from "./customers.js";
import { el, replace } from "./dom.js";
import { LOCALES, locale, number, t } from "./i18n.js";
import { icon } from "./icons.js";
import { deletionBanner } from "./leaving.js";
import { customer, session } from "./session.js";
import { currentSite } from "./sites.js";

/**
 * Builds the frame into `root`. `onLanguage(next)`: the person chose a language.
 * Answers { main, update(route), updateBanner() }.
 */
export function createShell(root, { onLanguage }) {
  const main = el("main", { id: "main", tabindex: -1 });
  const header = el("header", { class: "bar" });
  const banner = el("div", { class: "banners" });
  const tongues = el("div", {});
  const footer = el("footer", { class: "foot" }, tongues, el("div", { id: "notes" }));
  const frame = el("div", { class: "frame" }, header, el("div", { class: "stage" }, banner, main, footer));
  replace(root, frame);
  let route = null;

  function update(next = route) {
    route = next;
    const inside = customer() !== null && !route?.open;
    frame.classList.toggle("outside", !inside);
    document.getElementById("skip").textContent = t("skip");
    const home = session() === null ? "/login" : "/";
    replace(header, el("div", { class: "bar-inner" }, inside ? navigation(route) : logo(home)));
    updateBanner();
    replace(tongues, languages(onLanguage));
  }

  function updateBanner() {
    replace(banner, customer() === null || route?.open ? null : [deletionBanner(), planBanner()]);
  }
  return { main, update, updateBanner };
}

function logo(href) {
  return el("a", { class: "logo", href }, el("img", { src: "/img/logo.svg", alt: "", width: 32, height: 32 }),
    el("span", {}, "SmartPages"));
}

const SITE_ENTRIES = ["links", "pages", "design", "publish", "statistics", "messages", "settings"];

function navigation(route) {
  const site = currentSite();
  const menu = el("nav", { class: "menu", id: "menu", "aria-label": t("nav.label") },
    customerMenu(),
    el("ul", {}, entry("overview", "/", route)),
    site === null ? null : [
      el("p", { class: "menu-site", id: "menu-site" }, site.title),
      el("ul", { "aria-labelledby": "menu-site" }, SITE_ENTRIES.map((name) =>
        entry(name, `/sites/${site.id}/${name}`, route, name === "messages" ? site.unread_messages : 0))),
    ],
    el("p", { class: "menu-site", id: "menu-you" }, t("nav.you")),
    el("ul", { "aria-labelledby": "menu-you" },
      entry("profile", "/profile", route), entry("images", "/images", route),
      entry("legal", "/legal", route), entry("domains", "/domains", route), entry("billing", "/billing", route),
      entry("members", "/members", route), entry("account", "/account", route)));
  const toggle = el("button", {
    class: "menu-toggle", type: "button", "aria-expanded": false, "aria-controls": "menu",
    onclick: () => setOpen(toggle.getAttribute("aria-expanded") !== "true"),
  }, icon("menu"), t("nav.menu"));

  function setOpen(open) {
    toggle.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("open", open);
  }
  menu.addEventListener("click", (event) => event.target.closest("a") && setOpen(false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.classList.contains("open")) return;
    setOpen(false);
    toggle.focus();
  });
  return [el("div", { class: "bar-top" }, logo("/"), toggle), menu];
}

/** `count`: how many wait there for the person; none is not told. */
function entry(name, href, route, count = 0) {
  return el("li", {},
    el("a", { href, "aria-current": route?.nav === name ? "page" : null }, icon(name), t(`nav.${name}`),
      count > 0 ? el("span", { class: "count" }, number(count),
        el("span", { class: "visually-hidden" }, ` ${t("messages.unread_count")}`)) : null));
}

function languages(onLanguage) {
  const names = { de: "Deutsch", en: "English" };
  return el("div", { class: "languages", role: "group", "aria-label": t("language") },
    LOCALES.map((code) => el("button", {
      type: "button", lang: code, "aria-pressed": code === locale(), onclick: () => onLanguage(code),
    }, names[code])));
}
