-- Pages in several languages. Owned by Customer.

ALTER TABLE customer.pages
  ADD COLUMN language text NOT NULL DEFAULT ''
    CHECK (language IN ('', 'de', 'en', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'tr')),
  -- Checked at the end: when a draft is put back, a translation may come before its original.
  ADD COLUMN translation_of uuid REFERENCES customer.pages ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  ADD CHECK (translation_of IS NULL OR language <> ''),
  DROP CONSTRAINT pages_slug_taken,
  ADD CONSTRAINT pages_slug_taken UNIQUE (site_id, language, slug);
CREATE INDEX ON customer.pages (translation_of) WHERE translation_of IS NOT NULL;
COMMENT ON COLUMN customer.pages.language IS 'Empty: the site''s own; others stand below /<language>/.';
COMMENT ON COLUMN customer.pages.translation_of IS 'The page of the site''s own language that this one translates.';

-- The stored form names them as well; a generated column is changed by making it anew.
ALTER TABLE customer.pages DROP COLUMN document;
DROP FUNCTION customer.page_document;
CREATE FUNCTION customer.page_document(
  id uuid, site_id uuid, slug text, language text, translation_of uuid, title text, description text, blocks jsonb,
  page_position int, paused boolean, version bigint, created_at timestamptz, updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'slug', slug, 'language', nullif(language, ''), 'translation_of', translation_of,
    'title', title, 'description', description, 'home', slug = '', 'position', page_position, 'paused', paused,
    'blocks', blocks, 'version', version, 'created_at', customer.rfc3339(created_at),
    'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.page_document IS 'A page as the API shows it.';
ALTER TABLE customer.pages
  ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (customer.page_document(
    id, site_id, slug, language, translation_of, title, description, blocks, position, paused, version, created_at,
    updated_at)) STORED;
