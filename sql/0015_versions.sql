-- Schedules, previews and the trash. Owned by the module Customer.

ALTER TABLE customer.sites
  ADD COLUMN publish_at timestamptz,
  ADD COLUMN publish_note text NOT NULL DEFAULT '',
  ADD COLUMN publish_by uuid REFERENCES customer.users ON DELETE SET NULL,
  ADD COLUMN unpublish_at timestamptz,
  ADD COLUMN schedule_failure text,
  ADD COLUMN schedule_failed_at timestamptz,
  ADD COLUMN change_told_at timestamptz;
COMMENT ON COLUMN customer.sites.publish_at IS 'When the draft is published by itself; null: not planned.';
COMMENT ON COLUMN customer.sites.publish_note IS 'The note of the version that is planned.';
COMMENT ON COLUMN customer.sites.publish_by IS 'Who planned it, and is told when it fails.';
COMMENT ON COLUMN customer.sites.unpublish_at IS 'When the site goes offline by itself; null: not planned.';
COMMENT ON COLUMN customer.sites.schedule_failure IS 'Why the last planned publishing did not come about: a problem''s code; null once it is of no matter.';
COMMENT ON COLUMN customer.sites.schedule_failed_at IS 'When that was.';
COMMENT ON COLUMN customer.sites.change_told_at IS 'When the owners were last told that somebody else published.';

-- How much of it is shown, when an old version came back under a smaller plan.
ALTER TABLE customer.versions
  ADD COLUMN page_limit int,
  ADD COLUMN link_limit int;
COMMENT ON COLUMN customer.versions.page_limit IS 'The most pages that are shown of it; null: all. Set when it is restored.';
COMMENT ON COLUMN customer.versions.link_limit IS 'The most links that are shown of it; null: all. Set when it is restored.';

CREATE TABLE customer.previews (
  name        text PRIMARY KEY,
  site_id     uuid NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL
);
CREATE INDEX ON customer.previews (site_id, created_at);
COMMENT ON TABLE customer.previews IS 'Drafts that were put on the volume for those who know their address. No reference to the site: when it is gone its previews must still be found, to be removed.';
COMMENT ON COLUMN customer.previews.name IS 'The first label of the host, and the site''s name on the volume; hard to guess.';
COMMENT ON COLUMN customer.previews.expires_at IS 'As in the host''s record, by which the edge stops serving it.';

CREATE TABLE customer.trash (
  id          uuid NOT NULL,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  site_id     uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('page', 'link', 'site', 'draft')),
  title       text NOT NULL,
  slug        text,
  content     jsonb NOT NULL,
  deleted_at  timestamptz NOT NULL DEFAULT now(),
  deleted_by  uuid REFERENCES customer.users ON DELETE SET NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX ON customer.trash (customer_id, deleted_at, id);
CREATE INDEX ON customer.trash (site_id);
CREATE INDEX ON customer.trash (deleted_at);
CREATE INDEX ON customer.trash (slug) WHERE kind = 'site';
ALTER TABLE customer.trash ALTER content SET COMPRESSION lz4;
COMMENT ON TABLE customer.trash IS 'What was deleted, for 30 days: it can come back.';
COMMENT ON COLUMN customer.trash.id IS 'The id of what was deleted; of a draft that was replaced, a new one.';
COMMENT ON COLUMN customer.trash.site_id IS 'The site that it was part of, or that it is.';
COMMENT ON COLUMN customer.trash.slug IS 'A site''s name, which nobody else may take meanwhile; a page''s address.';
COMMENT ON COLUMN customer.trash.content IS 'Rows as they stood, under the names of their tables.';

CREATE TABLE customer.trashed_versions (
  customer_id uuid NOT NULL,
  trash_id    uuid NOT NULL,
  number      bigint NOT NULL,
  deploy      text NOT NULL,
  note        text NOT NULL,
  created_by  uuid REFERENCES customer.users ON DELETE SET NULL,
  created_at  timestamptz NOT NULL,
  source      text NOT NULL,
  PRIMARY KEY (customer_id, trash_id, number),
  FOREIGN KEY (customer_id, trash_id) REFERENCES customer.trash ON DELETE CASCADE
);
ALTER TABLE customer.trashed_versions ALTER source SET COMPRESSION lz4;
COMMENT ON TABLE customer.trashed_versions IS 'The versions of a deleted site. A table of its own: together they may be larger than one value can be.';

-- Tables gain columns over time: what is put back has those that it had, and defaults for the others.
CREATE FUNCTION customer.put_back(target regclass, content jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  columns text;
BEGIN
  SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) INTO STRICT columns
  FROM pg_attribute a
  WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND content ? a.attname;
  EXECUTE format(
    'INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1)', target, columns) USING content;
END $$;
COMMENT ON FUNCTION customer.put_back IS 'Inserts one row from its JSON, as to_jsonb(row) made it.';

-- Other parts hang further tables on a site: they come along without being named here.
CREATE FUNCTION customer.rows_of_site(site uuid) RETURNS jsonb
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  child record;
  found jsonb;
  result jsonb := '{}';
BEGIN
  FOR child IN
    SELECT c.conrelid::regclass AS name, a.attname AS key
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.confrelid = 'customer.sites'::regclass AND c.contype = 'f' AND c.confdeltype = 'c'
      AND c.conrelid <> 'customer.versions'::regclass
    ORDER BY c.conrelid
  LOOP
    EXECUTE format('SELECT jsonb_agg(to_jsonb(t)) FROM %s t WHERE t.%I = $1', child.name, child.key)
      INTO found USING site;
    IF found IS NOT NULL THEN result := result || jsonb_build_object(child.name::text, found); END IF;
  END LOOP;
  RETURN result;
END $$;
COMMENT ON FUNCTION customer.rows_of_site IS 'All rows that go with a site, by table, older tables first; without its versions.';
