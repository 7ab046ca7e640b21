-- More answers of the guided imprint, and editions of the legal pages of each site. Owned by Customer.

UPDATE customer.legal_texts SET content = jsonb_set(content, '{form}', jsonb_build_object(
  'provider', '', 'business_id', '', 'professional_rules', '', 'dispute_resolution', '', 'dispute_body', ''
) || (content -> 'form'))
WHERE kind = 'imprint';

CREATE TABLE customer.legal_editions (
  site_id uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  kind    text NOT NULL CHECK (kind IN ('imprint', 'privacy')),
  digest  text NOT NULL,
  number  int NOT NULL DEFAULT 1,
  since   timestamptz NOT NULL,
  PRIMARY KEY (site_id, kind)
);
COMMENT ON TABLE customer.legal_editions IS 'Which edition of its legal pages a site shows: the next one begins when '
  'it is published with another text, or with other processing to tell of.';
COMMENT ON COLUMN customer.legal_editions.digest IS 'Of what the page is made of, to see a change.';
