// The customer's own domains, read from the API, and told in pairs: a domain and the `www` that was made with it.

import * as api from "./api.js";

/** All domains, in pairs, the oldest first; throws Problem. */
export const loadPairs = async () => pairs(await api.list("/domains"));

/** One pair, fresh from the API. `id`: of either of both; throws Problem. */
export async function loadPair(id) {
  const found = (await loadPairs()).find(({ all }) => all.some((domain) => domain.id === id));
  if (found) return found;
  // Asked for by itself, so that what is missing is told as the API tells it.
  const root = await api.get(`/domains/${encodeURIComponent(id)}`);
  return { root, www: null, all: [root] };
}

/** [{ root, www, all }]: `www` is null where there is none, `all` holds both. */
export function pairs(domains) {
  return domains.filter((domain) => !domains.some((other) => other.id === domain.www_of)).map((root) => {
    const www = domains.find((other) => other.www_of === root.id) ?? null;
    return { root, www, all: www === null ? [root] : [root, www] };
  });
}

/** The pairs that lead to this site. */
export const pairsOf = (site, all) => all.filter(({ root }) => root.site_id === site.id);

/** Where visitors reach a domain: as its site is reached, by another name. */
export function domainURL(domain, site) {
  const url = new URL(site.url);
  url.hostname = domain.host;
  return url.href;
}
