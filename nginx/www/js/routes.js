// Every address of the dashboard. `open`: may be seen without a login. `alone`: for who acts for no customer. `nav`:
// the entry of the navigation that it belongs to.

import { account } from "./views/account.js";
import { activity } from "./views/activity.js";
import { begin } from "./views/begin.js";
import { billing } from "./views/billing.js";
import { confirm } from "./views/confirm.js";
import { images } from "./views/images.js";
import { importView } from "./views/import.js";
import { invitation } from "./views/invitation.js";
import { design } from "./views/design.js";
import { domain } from "./views/domain.js";
import { domains } from "./views/domains.js";
import { legal } from "./views/legal.js";
import { links } from "./views/links.js";
import { login } from "./views/login.js";
import { members } from "./views/members.js";
import { message } from "./views/message.js";
import { messages } from "./views/messages.js";
import { missing } from "./views/missing.js";
import { newDomain } from "./views/new-domain.js";
import { newSite } from "./views/new-site.js";
import { overview } from "./views/overview.js";
import { page } from "./views/page.js";
import { pages } from "./views/pages.js";
import { plans } from "./views/plans.js";
import { profile } from "./views/profile.js";
import { publish } from "./views/publish.js";
import { settings } from "./views/settings.js";
import { statistics } from "./views/statistics.js";
import { shortLinks } from "./views/short-links.js";
import { trash } from "./views/trash.js";

export const routes = [
  { pattern: /^\/login\/?$/, show: login, open: true },
  { pattern: /^\/login\/confirm$/, show: confirm, open: true },
  { pattern: /^\/plans$/, show: plans, open: true },
  { pattern: /^\/$/, show: overview, nav: "overview" },
  { pattern: /^\/profile$/, show: profile, nav: "profile" },
  { pattern: /^\/images$/, show: images, nav: "images" },
  { pattern: /^\/legal$/, show: (context) => legal({ ...context, kind: "imprint" }), nav: "legal" },
  { pattern: /^\/legal\/privacy$/, show: (context) => legal({ ...context, kind: "privacy" }), nav: "legal" },
  { pattern: /^\/domains$/, show: domains, nav: "domains" },
  { pattern: /^\/domains\/new$/, show: newDomain, nav: "domains" },
  { pattern: /^\/domains\/(?<domain>[^/]+)$/, show: domain, nav: "domains" },
  { pattern: /^\/invitation$/, show: invitation, open: true },
  { pattern: /^\/begin$/, show: begin, alone: true },
  { pattern: /^\/members$/, show: members, nav: "members" },
  { pattern: /^\/activity$/, show: activity, nav: "members" },
  { pattern: /^\/account$/, show: account, nav: "account" },
  { pattern: /^\/trash$/, show: trash, nav: "account" },
  { pattern: /^\/import$/, show: importView, nav: "account" },
  { pattern: /^\/billing$/, show: billing, nav: "billing" },
  { pattern: /^\/sites\/new$/, show: newSite, nav: "overview" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/links$/, show: links, nav: "links" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/short-links$/, show: shortLinks, nav: "links" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/pages$/, show: pages, nav: "pages" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/pages\/(?<page>[^/]+)$/, show: page, nav: "pages" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/design$/, show: design, nav: "design" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/publish$/, show: publish, nav: "publish" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/statistics$/, show: statistics, nav: "statistics" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/messages$/, show: messages, nav: "messages" },
  {
    pattern: /^\/sites\/(?<site>[^/]+)\/messages\/spam$/,
    show: (context) => messages({ ...context, spam: true }),
    nav: "messages",
  },
  { pattern: /^\/sites\/(?<site>[^/]+)\/messages\/(?<message>[^/]+)$/, show: message, nav: "messages" },
  { pattern: /^\/sites\/(?<site>[^/]+)\/settings$/, show: settings, nav: "settings" },
  { pattern: /^/, show: missing },
];
