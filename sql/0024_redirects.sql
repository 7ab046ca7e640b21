-- Paths of a site that lead elsewhere, as its owner wants. Owned by Customer.

ALTER TABLE customer.sites ADD COLUMN redirects jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN customer.sites.redirects IS 'Of the draft: [{from, to, status}], in order. A path without a slash at its '
  'end, not encoded; where it leads, as it is sent; 301, 302, 307 or 308.';
