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

-- Tables gain columns over time, and other parts hang further tables on a site: what is put back has the columns that it
-- had and defaults for the others, and comes along without being named here.
CREATE FUNCTION customer.columns_in(target regclass, content jsonb) RETURNS text[]
  LANGUAGE sql STABLE
  RETURN (
    SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{}') FROM pg_attribute a
    WHERE a.attrelid = target AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      AND content ? a.attname);
COMMENT ON FUNCTION customer.columns_in IS 'The columns of a table that a row''s JSON has values for; none that are generated.';

CREATE FUNCTION customer.put_back(target regclass, content jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  columns text;
BEGIN
  IF content IS NULL OR jsonb_array_length(content) = 0 THEN RETURN; END IF;
  SELECT string_agg(quote_ident(name), ', ') INTO columns FROM unnest(customer.columns_in(target, content -> 0)) name;
  EXECUTE format(
    'INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_recordset(NULL::%1$s, $1)', target, columns)
    USING content;
END $$;
COMMENT ON FUNCTION customer.put_back IS 'Inserts rows from an array of their JSON, as to_jsonb(row) made it; all have the same members.';

CREATE FUNCTION customer.replace_rows(target regclass, site uuid, content jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  fields text[] := ARRAY(
    SELECT quote_ident(name) FROM unnest(customer.columns_in(target, content -> 0)) name
    WHERE name NOT IN ('id', 'site_id', 'position', 'version', 'created_at', 'updated_at'));
  added jsonb;
BEGIN
  EXECUTE format(
    'DELETE FROM %s t WHERE site_id = $1 AND id NOT IN (SELECT (r ->> ''id'')::uuid FROM jsonb_array_elements($2) r)',
    target) USING site, content;
  IF jsonb_array_length(content) = 0 THEN RETURN; END IF;
  EXECUTE format(
    'UPDATE %1$s t SET %2$s, version = t.version + 1, updated_at = clock_timestamp()
     FROM jsonb_populate_recordset(NULL::%1$s, $2) r
     WHERE t.id = r.id AND t.site_id = $1 AND (%3$s) IS DISTINCT FROM (%4$s)',
    target, (SELECT string_agg(format('%1$s = r.%1$s', f), ', ') FROM unnest(fields) f),
    (SELECT string_agg('t.' || f, ', ') FROM unnest(fields) f),
    (SELECT string_agg('r.' || f, ', ') FROM unnest(fields) f)) USING site, content;
  -- As when links are put in order: to stand elsewhere is no change of the row itself.
  EXECUTE format(
    'UPDATE %1$s t SET position = r.position FROM jsonb_populate_recordset(NULL::%1$s, $2) r
     WHERE t.id = r.id AND t.site_id = $1 AND t.position <> r.position', target) USING site, content;
  EXECUTE format(
    'SELECT jsonb_agg(r) FROM jsonb_array_elements($1) r
     WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE t.id = (r ->> ''id'')::uuid)', target) INTO added USING content;
  PERFORM customer.put_back(target, added);
END $$;
COMMENT ON FUNCTION customer.replace_rows IS 'Makes the pages or links of a site those of an array: what is in both keeps its id and what the array does not tell.';

CREATE FUNCTION customer.replace_columns(target regclass, id uuid, content jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'UPDATE %1$s t SET %2$s, version = t.version + 1, updated_at = clock_timestamp()
     FROM jsonb_populate_record(NULL::%1$s, $2) r WHERE t.id = $1',
    target, (
      SELECT string_agg(format('%1$I = r.%1$I', name), ', ') FROM unnest(customer.columns_in(target, content)) name))
    USING id, content;
END $$;
COMMENT ON FUNCTION customer.replace_columns IS 'Sets those columns of one row that its JSON has values for.';

CREATE FUNCTION customer.tables_of_site() RETURNS TABLE (target regclass, name text, key name)
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT c.conrelid::regclass, n.nspname || '.' || r.relname, a.attname
  FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.confrelid = 'customer.sites'::regclass AND c.contype = 'f' AND c.confdeltype = 'c'
    AND r.relname NOT IN ('versions', 'forms')
  ORDER BY c.conrelid;
END;
COMMENT ON FUNCTION customer.tables_of_site IS 'The tables whose rows go with their site, and their column that names it; older ones first, on which later ones may depend. Versions are too large for this; forms are those of a published version, and a site comes back unpublished.';

CREATE FUNCTION customer.rows_of_site(site uuid) RETURNS jsonb
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  child record;
  found jsonb;
  result jsonb := '{}';
BEGIN
  FOR child IN SELECT * FROM customer.tables_of_site() LOOP
    EXECUTE format(
      'SELECT jsonb_agg(to_jsonb(t) - ''document'') FROM %s t WHERE t.%I = $1', child.target, child.key)
      INTO found USING site;
    result := result || jsonb_build_object(child.name, coalesce(found, '[]'));
  END LOOP;
  RETURN result;
END $$;
COMMENT ON FUNCTION customer.rows_of_site IS 'All rows that go with a site, by table.';

CREATE FUNCTION customer.put_site_back(content jsonb) RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  child record;
BEGIN
  PERFORM customer.put_back('customer.sites', content -> 'customer.sites');
  FOR child IN SELECT * FROM customer.tables_of_site() LOOP
    PERFORM customer.put_back(child.target, content -> child.name);
  END LOOP;
END $$;
COMMENT ON FUNCTION customer.put_site_back IS 'Inserts a site and all that went with it.';
