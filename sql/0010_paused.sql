-- What a smaller plan does not cover is paused: kept, not shown, and back with a larger plan. Owned by Customer.

ALTER TABLE customer.sites
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  ADD COLUMN keep int;
COMMENT ON COLUMN customer.sites.paused IS 'Beyond the plan''s number: its host answers nothing, and it is not published.';
COMMENT ON COLUMN customer.sites.keep IS 'The customer''s choice of what stays active, the lowest first; null: by age, after those chosen.';

-- The stored form of pages and links names the pause as well; a generated column is changed by making it anew.
ALTER TABLE customer.pages DROP COLUMN document;
DROP FUNCTION customer.page_document;
CREATE FUNCTION customer.page_document(
  id uuid, site_id uuid, slug text, title text, description text, blocks jsonb, page_position int, paused boolean,
  version bigint, created_at timestamptz, updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'slug', slug, 'title', title, 'description', description, 'home', slug = '',
    'position', page_position, 'paused', paused, 'blocks', blocks, 'version', version,
    'created_at', customer.rfc3339(created_at), 'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.page_document IS 'A page as the API shows it.';
ALTER TABLE customer.pages
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  ADD COLUMN keep int;
ALTER TABLE customer.pages
  ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (customer.page_document(
    id, site_id, slug, title, description, blocks, position, paused, version, created_at, updated_at)) STORED;
COMMENT ON COLUMN customer.pages.paused IS 'Beyond the plan''s number: left out of what is published. Never the home page.';
COMMENT ON COLUMN customer.pages.keep IS 'As in customer.sites.';

ALTER TABLE customer.links DROP COLUMN document;
DROP FUNCTION customer.link_document;
CREATE FUNCTION customer.link_document(
  id uuid, site_id uuid, title text, url text, group_name text, hidden boolean, visible_from timestamptz,
  visible_until timestamptz, link_position int, paused boolean, version bigint, created_at timestamptz,
  updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'title', title, 'url', url, 'group', group_name, 'hidden', hidden,
    'from', customer.rfc3339(visible_from), 'until', customer.rfc3339(visible_until), 'position', link_position,
    'paused', paused, 'version', version, 'created_at', customer.rfc3339(created_at),
    'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.link_document IS 'A link as the API shows it.';
ALTER TABLE customer.links
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  ADD COLUMN keep int;
ALTER TABLE customer.links
  ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (customer.link_document(
    id, site_id, title, url, group_name, hidden, visible_from, visible_until, position, paused, version, created_at,
    updated_at)) STORED;
COMMENT ON COLUMN customer.links.paused IS 'Beyond the plan''s number: left out of what is published.';
COMMENT ON COLUMN customer.links.keep IS 'As in customer.sites.';
