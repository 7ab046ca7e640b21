-- Sites with their pages, links and published versions. Owned by the module Customer.

CREATE TABLE customer.sites (
  id                uuid PRIMARY KEY,
  customer_id       uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  slug              text NOT NULL CONSTRAINT sites_slug_taken UNIQUE,
  title             text NOT NULL,
  description       text NOT NULL DEFAULT '',
  language          text NOT NULL CHECK (language IN ('de', 'en')),
  published_version bigint,
  published_at      timestamptz,
  edited_at         timestamptz NOT NULL DEFAULT now(),
  version           bigint NOT NULL DEFAULT 1,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.sites (customer_id, id);
COMMENT ON COLUMN customer.sites.slug IS 'The first label of the site''s own host.';
COMMENT ON COLUMN customer.sites.published_version IS 'The number of the version that the volume''s pointer shall name; null before the first.';
COMMENT ON COLUMN customer.sites.edited_at IS 'When the site, a page or a link was last changed; later than published_at means unpublished changes.';

-- What the API shows of pages and links is made when they are written, and stored with them: reading is far more
-- frequent, and then passes the text through.
CREATE FUNCTION customer.page_document(
  id uuid, site_id uuid, slug text, title text, description text, blocks jsonb, page_position int, version bigint,
  created_at timestamptz, updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'slug', slug, 'title', title, 'description', description, 'home', slug = '',
    'position', page_position, 'blocks', blocks, 'version', version, 'created_at', customer.rfc3339(created_at),
    'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.page_document IS 'A page as the API shows it.';

CREATE FUNCTION customer.link_document(
  id uuid, site_id uuid, title text, url text, group_name text, hidden boolean, visible_from timestamptz,
  visible_until timestamptz, link_position int, version bigint, created_at timestamptz, updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'title', title, 'url', url, 'group', group_name, 'hidden', hidden,
    'from', customer.rfc3339(visible_from), 'until', customer.rfc3339(visible_until), 'position', link_position,
    'version', version, 'created_at', customer.rfc3339(created_at), 'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.link_document IS 'A link as the API shows it.';

CREATE TABLE customer.pages (
  id          uuid PRIMARY KEY,
  site_id     uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  slug        text NOT NULL,
  title       text NOT NULL,
  description text NOT NULL DEFAULT '',
  blocks      jsonb NOT NULL,
  position    int NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  document    text NOT NULL GENERATED ALWAYS AS (customer.page_document(
    id, site_id, slug, title, description, blocks, position, version, created_at, updated_at)) STORED,
  CONSTRAINT pages_slug_taken UNIQUE (site_id, slug)
);
CREATE INDEX ON customer.pages (site_id, position);
COMMENT ON COLUMN customer.pages.slug IS 'The path below the host; empty for the home page, of which each site has one.';
COMMENT ON COLUMN customer.pages.blocks IS 'The blocks in order; as in the API.';
COMMENT ON COLUMN customer.pages.position IS 'Ascending order; assigned while the site''s row is locked.';

CREATE TABLE customer.links (
  id          uuid PRIMARY KEY,
  site_id     uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  title       text NOT NULL,
  url         text NOT NULL,
  group_name  text,
  hidden      boolean NOT NULL DEFAULT false,
  visible_from  timestamptz,
  visible_until timestamptz,
  position    int NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  document    text NOT NULL GENERATED ALWAYS AS (customer.link_document(
    id, site_id, title, url, group_name, hidden, visible_from, visible_until, position, version, created_at,
    updated_at)) STORED
);
CREATE INDEX ON customer.links (site_id, position);
COMMENT ON COLUMN customer.links.position IS 'Ascending order; assigned while the site''s row is locked.';
COMMENT ON COLUMN customer.links.visible_from IS 'Left out of what is published before this moment; null: no bound.';
COMMENT ON COLUMN customer.links.visible_until IS 'Left out of what is published from this moment on; null: no bound.';

CREATE TABLE customer.versions (
  site_id     uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  number      bigint NOT NULL,
  deploy      text NOT NULL,
  note        text NOT NULL DEFAULT '',
  created_by  uuid REFERENCES customer.users ON DELETE SET NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, number)
);
COMMENT ON TABLE customer.versions IS 'Published states of a site, numbered for people.';
COMMENT ON COLUMN customer.versions.deploy IS 'The name on the volume: deploys/<site>/<deploy>.manifest; never used twice, even when a publish fails half-way.';

CREATE TABLE customer.retired_hosts (
  slug        text PRIMARY KEY,
  site_id     uuid NOT NULL,
  retired_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.retired_hosts (site_id);
COMMENT ON TABLE customer.retired_hosts IS 'Slugs that a site had before; their hosts lead to the new one until somebody else takes the slug.';
