-- Short links and the check of links. Owned by Customer.

-- One code leads to one thing for ever, so that what is printed stays right: also after it was given another code, and
-- after it was deleted.
CREATE TABLE customer.short_codes (
  site_id     uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  code        text NOT NULL CHECK (code ~ '^[a-z0-9-]{2,40}$'),
  target      uuid NOT NULL,
  url         text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (site_id, code)
);
CREATE INDEX ON customer.short_codes (site_id, target);
COMMENT ON TABLE customer.short_codes IS 'All codes below /l/ that a site ever had; kept by a trigger of the tables below.';
COMMENT ON COLUMN customer.short_codes.target IS 'The link or the short link; it may be gone.';
COMMENT ON COLUMN customer.short_codes.url IS 'Its address: once the target is gone, a new one with the same address may have '
  'the code, as who undoes a deletion makes it.';

CREATE FUNCTION customer.new_code() RETURNS text
  LANGUAGE sql VOLATILE PARALLEL SAFE
  RETURN (
    SELECT string_agg(substr('23456789bcdfghjkmnpqrstvwxz', get_byte(b, i) % 27 + 1, 1), '')
    FROM (SELECT uuid_send(gen_random_uuid()) AS b) r, unnest(ARRAY[0, 1, 2, 3, 4, 5, 10]) AS i);
COMMENT ON FUNCTION customer.new_code IS 'Seven letters and digits that are not taken for others, and no vowels: no words.';

-- Made before the tables that it looks at; their rows fire it.
CREATE FUNCTION customer.keep_code() RETURNS trigger
  LANGUAGE plpgsql AS $$
  DECLARE
    known customer.short_codes;
  BEGIN
    INSERT INTO customer.short_codes (site_id, code, target, url) VALUES (NEW.site_id, NEW.code, NEW.id, NEW.url)
    ON CONFLICT DO NOTHING;
    SELECT * INTO known FROM customer.short_codes WHERE site_id = NEW.site_id AND code = NEW.code;
    IF known.target <> NEW.id THEN
      IF known.url <> NEW.url OR EXISTS (SELECT FROM customer.links WHERE id = known.target)
        OR EXISTS (SELECT FROM customer.short_links WHERE id = known.target)
      THEN
        RAISE unique_violation USING MESSAGE = 'the code is taken', CONSTRAINT = 'short_codes_taken';
      END IF;
      UPDATE customer.short_codes SET target = NEW.id WHERE site_id = NEW.site_id AND target = known.target;
    END IF;
    UPDATE customer.short_codes SET url = NEW.url
    WHERE site_id = NEW.site_id AND target = NEW.id AND url <> NEW.url;
    RETURN NULL;
  END
  $$;
COMMENT ON FUNCTION customer.keep_code IS 'Notes a code as its owner''s; refuses one that is or was another''s.';

CREATE FUNCTION customer.skip_known_code() RETURNS trigger
  LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM customer.short_codes WHERE site_id = NEW.site_id AND code = NEW.code) THEN RETURN NULL; END IF;
    RETURN NEW;
  END
  $$;
COMMENT ON FUNCTION customer.skip_known_code IS 'When a whole site is put back, its links may have brought their codes already.';
CREATE TRIGGER skip_known_code BEFORE INSERT ON customer.short_codes
  FOR EACH ROW EXECUTE FUNCTION customer.skip_known_code();

CREATE TABLE customer.short_links (
  id            uuid PRIMARY KEY,
  site_id       uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  code          text NOT NULL,
  title         text NOT NULL,
  url           text NOT NULL,
  permanent     boolean NOT NULL DEFAULT false,
  utm           jsonb,
  expires_at    timestamptz,
  fallback_url  text,
  check_state   text CHECK (check_state IN ('ok', 'broken', 'unknown')),
  check_status  int,
  checked_at    timestamptz,
  failing_since timestamptz,
  broken_at     timestamptz,
  check_due_at  timestamptz DEFAULT now() + random() * interval '1 hour',
  version       bigint NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.short_links (site_id, id);
CREATE INDEX ON customer.short_links (check_due_at);
CREATE INDEX ON customer.short_links (broken_at) WHERE broken_at IS NOT NULL;
COMMENT ON TABLE customer.short_links IS 'Short addresses that stand for themselves: not part of the draft, at work at once.';
COMMENT ON COLUMN customer.short_links.permanent IS 'Whether browsers may remember where it leads (308).';
COMMENT ON COLUMN customer.short_links.utm IS 'Where visitors come from, for the target''s own statistics: put into its query.';
COMMENT ON COLUMN customer.short_links.fallback_url IS 'Where it leads when it has expired or its target is broken.';
COMMENT ON COLUMN customer.short_links.check_state IS 'What the last check of the target found; null: not checked yet.';
COMMENT ON COLUMN customer.short_links.check_status IS 'The status that the target answered; null: it did not.';
COMMENT ON COLUMN customer.short_links.failing_since IS 'The first of the failures in a row; null: the last check did not fail.';
COMMENT ON COLUMN customer.short_links.broken_at IS 'Since when it has been broken, for the mail about it.';
COMMENT ON COLUMN customer.short_links.check_due_at IS 'When the target is looked at next.';
CREATE TRIGGER keep_code AFTER INSERT OR UPDATE OF code, url ON customer.short_links
  FOR EACH ROW EXECUTE FUNCTION customer.keep_code();

ALTER TABLE customer.links DROP COLUMN document;
DROP FUNCTION customer.link_document;
CREATE FUNCTION customer.link_document(
  id uuid, site_id uuid, title text, url text, group_name text, hidden boolean, highlight boolean, rel_me boolean,
  code text, fallback_url text, visible_from timestamptz, visible_until timestamptz, link_position int, paused boolean,
  check_state text, check_status int, checked_at timestamptz, version bigint, created_at timestamptz,
  updated_at timestamptz
) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN json_build_object(
    'id', id, 'site_id', site_id, 'title', title, 'url', url, 'group', group_name, 'hidden', hidden,
    'highlight', highlight, 'rel_me', rel_me, 'code', code, 'fallback_url', fallback_url,
    'from', customer.rfc3339(visible_from), 'until', customer.rfc3339(visible_until), 'position', link_position,
    'paused', paused, 'check', CASE WHEN check_state IS NOT NULL THEN json_build_object(
      'state', check_state, 'checked_at', customer.rfc3339(checked_at), 'status', check_status) END,
    'version', version, 'created_at', customer.rfc3339(created_at),
    'updated_at', customer.rfc3339(updated_at))::text;
COMMENT ON FUNCTION customer.link_document IS 'A link as the API shows it.';
ALTER TABLE customer.links
  ADD COLUMN highlight boolean NOT NULL DEFAULT false,
  ADD COLUMN rel_me boolean NOT NULL DEFAULT false,
  ADD COLUMN code text NOT NULL DEFAULT customer.new_code(),
  ADD COLUMN fallback_url text,
  ADD COLUMN check_state text CHECK (check_state IN ('ok', 'broken', 'unknown')),
  ADD COLUMN check_status int,
  ADD COLUMN checked_at timestamptz,
  ADD COLUMN failing_since timestamptz,
  ADD COLUMN broken_at timestamptz,
  ADD COLUMN check_due_at timestamptz DEFAULT now() + random() * interval '1 hour';
ALTER TABLE customer.links
  ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (customer.link_document(
    id, site_id, title, url, group_name, hidden, highlight, rel_me, code, fallback_url, visible_from, visible_until,
    position, paused, check_state, check_status, checked_at, version, created_at, updated_at)) STORED;
CREATE INDEX ON customer.links (check_due_at);
CREATE INDEX ON customer.links (broken_at) WHERE broken_at IS NOT NULL;
COMMENT ON COLUMN customer.links.highlight IS 'Whether it is shown more prominently than the others.';
COMMENT ON COLUMN customer.links.rel_me IS 'Whether the target is the same person''s (rel="me"); linked directly then.';
COMMENT ON COLUMN customer.links.code IS 'Its short address below /l/.';
COMMENT ON COLUMN customer.links.fallback_url IS 'Where the short address leads while the link is not shown or its target is broken.';
COMMENT ON COLUMN customer.links.check_state IS 'As in customer.short_links; so are those that follow.';
-- Those that were there before are looked at over a week.
UPDATE customer.links SET check_due_at = now() + random() * interval '7 days';
INSERT INTO customer.short_codes (site_id, code, target, url) SELECT site_id, code, id, url FROM customer.links;
CREATE TRIGGER keep_code AFTER INSERT OR UPDATE OF code, url ON customer.links
  FOR EACH ROW EXECUTE FUNCTION customer.keep_code();

ALTER TABLE customer.sites ADD COLUMN broken_told_at timestamptz;
COMMENT ON COLUMN customer.sites.broken_told_at IS 'When its owners were last told of broken links.';
