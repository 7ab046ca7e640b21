// What the views of messages share: paths, names, and the way to answer.

import { customer } from "./session.js";
import { t } from "./i18n.js";

const QUOTED = 1000;

/** The path of a site's messages in the API. */
export const messagesPath = (site) => `/sites/${encodeURIComponent(site)}/messages`;

/** Who may mark and delete. That needs no plan, only the role. */
export const mayChange = () => customer().role !== "viewer";

/** Opens a mail to the visitor in the person's own program, with the message quoted. */
export function answerLink(message) {
  const address = message.email.split("@").map(encodeURIComponent).join("@");
  const cut = message.text.length > QUOTED ? `${message.text.slice(0, QUOTED)} …` : message.text;
  const quote = cut.split("\n").map((line) => `> ${line}`).join("\r\n");
  const fields = {
    subject: t("messages.answer_subject", { page: message.page_title }),
    body: `\r\n\r\n${t("messages.wrote", { name: message.name })}\r\n${quote}`,
  };
  const query = Object.entries(fields).map(([name, text]) => `${name}=${encodeURIComponent(text.toWellFormed())}`);
  return `mailto:${address}?${query.join("&")}`;
}
