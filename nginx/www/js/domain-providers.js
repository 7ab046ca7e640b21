// Well-known registrars and DNS providers: what they call the fields of a record, and how they want them filled in.

import { locale } from "./i18n.js";

/**
 * `name`, `value`: the labels of the fields, in German and in English; `values`: where a type has one of its own.
 * `top`: what stands for the domain itself, "" where the field is left empty. `whole`: names are typed in full.
 * `dot`: the target of a CNAME needs a dot at its end. `proxy`: what it puts between is to be switched off.
 * `servers`: what its name servers are called.
 */
const PROVIDERS = [
  {
    id: "ionos", title: "IONOS", name: ["Hostname", "Host name"], value: ["Zeigt auf", "Points to"],
    values: { TXT: ["Wert", "Value"] }, top: "@", servers: /\.ui-dns\./,
  },
  {
    id: "strato", title: "Strato", name: ["Präfix", "Prefix"], value: ["Wert", "Value"],
    values: { A: ["IP-Adresse", "IP address"] }, top: "", dot: true, servers: /\.(?:rzone\.de|strato\.)/,
  },
  {
    id: "united_domains", title: "united-domains", name: ["Subdomain", "Subdomain"], value: ["Wert", "Value"], top: "",
    servers: /\.(?:udag|udagdns)\./,
  },
  {
    id: "hetzner", title: "Hetzner", name: ["Name", "Name"], value: ["Wert", "Value"], top: "@", dot: true,
    servers: /\.(?:hetzner\.|first-ns\.de|second-ns\.|your-server\.de)/,
  },
  { id: "inwx", title: "INWX", name: ["Name", "Name"], value: ["Wert", "Value"], top: "", servers: /\.inwx\./ },
  {
    id: "netcup", title: "netcup", name: ["Host", "Host"], value: ["Destination", "Destination"], top: "@",
    servers: /\.netcup\./,
  },
  {
    id: "all_inkl", title: "ALL-INKL", name: ["Name", "Name"], value: ["Data", "Data"], top: "", dot: true,
    servers: /\.kasserver\.com$/,
  },
  {
    id: "godaddy", title: "GoDaddy", name: ["Name", "Name"], value: ["Wert", "Value"], top: "@",
    servers: /\.domaincontrol\.com$/,
  },
  {
    id: "namecheap", title: "Namecheap", name: ["Host", "Host"], value: ["Value", "Value"], top: "@",
    servers: /\.registrar-servers\.com$/,
  },
  {
    id: "cloudflare", title: "Cloudflare", name: ["Name", "Name"], value: ["Inhalt", "Content"],
    values: {
      A: ["IPv4-Adresse", "IPv4 address"], AAAA: ["IPv6-Adresse", "IPv6 address"], CNAME: ["Ziel", "Target"],
    },
    top: "@", proxy: true, servers: /\.ns\.cloudflare\.com$/,
  },
  { id: "other", title: null, name: ["Name", "Name"], value: ["Wert", "Value"], top: "@" },
  { id: "other_whole", title: null, name: ["Name", "Name"], value: ["Wert", "Value"], whole: true },
];

/** Their names, by id; null for those that have none. */
export const providerTitles = () => PROVIDERS.map(({ id, title }) => [id, title]);

/** Who answers for a domain, by the names of its servers; null when that is nobody known here. */
export const guessProvider = (nameservers) => PROVIDERS.find(({ servers }) =>
  servers !== undefined && nameservers.some((server) => servers.test(server.replace(/\.$/, ""))))?.id ?? null;

/**
 * How this provider wants a record: { nameLabel, valueLabel, name, values }, where the name is "" when its field is to
 * be left empty, and what is to be minded: { whole, dot, proxy }.
 */
export function asTyped(record, providerId) {
  const provider = PROVIDERS.find(({ id }) => id === providerId) ?? PROVIDERS.find(({ id }) => id === "other");
  const language = locale() === "de" ? 0 : 1;
  const dot = Boolean(provider.dot) && record.type === "CNAME";
  return {
    nameLabel: provider.name[language],
    valueLabel: (provider.values?.[record.type] ?? provider.value)[language],
    name: provider.whole ? record.name : (record.label === "@" ? provider.top : record.label),
    values: record.expected.map((value) => (dot ? `${value}.` : value)),
    whole: Boolean(provider.whole), dot, proxy: Boolean(provider.proxy) && record.purpose === "address",
  };
}
