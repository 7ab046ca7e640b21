-- Daily sums of visits, made from the edge's log. Owned by Customer. No address and no agent ever stands here.

-- What links bring themselves; here only so far as counting needs it.
ALTER TABLE customer.links ADD COLUMN IF NOT EXISTS code text;
CREATE TABLE IF NOT EXISTS customer.short_links (
  id      uuid PRIMARY KEY,
  site_id uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  code    text NOT NULL,
  title   text NOT NULL DEFAULT ''
);

CREATE TABLE customer.site_days (
  site_id   uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  day       date NOT NULL,
  views     bigint NOT NULL DEFAULT 0,
  visitors  bigint NOT NULL DEFAULT 0,
  clicks    bigint NOT NULL DEFAULT 0,
  scans     bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (site_id, day)
);
COMMENT ON TABLE customer.site_days IS 'What visitors did on a site on a day, in UTC.';
COMMENT ON COLUMN customer.site_days.views IS 'Pages shown.';
COMMENT ON COLUMN customer.site_days.visitors IS 'Different pairs of address and browser.';
COMMENT ON COLUMN customer.site_days.clicks IS 'Links and short links followed.';
COMMENT ON COLUMN customer.site_days.scans IS 'Views and clicks that came from a QR code.';

CREATE TABLE customer.site_counts (
  site_id   uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  day       date NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('page', 'link', 'referrer', 'country', 'device', 'left_out')),
  name      text NOT NULL,
  count     bigint NOT NULL,
  PRIMARY KEY (site_id, day, kind, name)
);
COMMENT ON TABLE customer.site_counts IS 'The sums of a day in parts.';
COMMENT ON COLUMN customer.site_counts.name IS
  'page: the page''s id; link: the id of a link or a short link (renaming changes neither); referrer: a host, empty for '
  'those beyond the number that is told apart; country: ISO 3166-1; device; left_out: the reason.';
COMMENT ON COLUMN customer.site_counts.count IS 'Views, clicks, hits from there, visitors, visitors, requests.';

CREATE TABLE customer.read_logs (
  name      text PRIMARY KEY,
  bytes     bigint NOT NULL DEFAULT 0,
  lines     bigint NOT NULL DEFAULT 0,
  broken    bigint NOT NULL DEFAULT 0,
  read_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE customer.read_logs IS
  'How far each file of the edge''s log is read: raised in the transaction that adds its sums, so that each line counts '
  'once. Kept for some days after the file is gone.';
COMMENT ON COLUMN customer.read_logs.broken IS 'Lines that could not be understood.';

-- What tells visitors apart lives for the day and is in no backup: these tables are not written to the log from which
-- PostgreSQL recovers. After a crash of PostgreSQL the visitors of that day may count twice.
CREATE UNLOGGED TABLE customer.visitor_days (
  day   date PRIMARY KEY,
  salt  bytea
);
COMMENT ON TABLE customer.visitor_days IS 'The random salt of each day''s hashes.';
COMMENT ON COLUMN customer.visitor_days.salt IS 'Null once the day is over: its visitors cannot be told apart any more.';

CREATE UNLOGGED TABLE customer.visitors (
  day      date NOT NULL,
  site_id  uuid NOT NULL,
  hash     bytea NOT NULL,
  own      boolean NOT NULL DEFAULT false,
  PRIMARY KEY (day, site_id, hash)
);
COMMENT ON TABLE customer.visitors IS 'Who was on a site on the present day; emptied when the day is over.';
COMMENT ON COLUMN customer.visitors.hash IS 'Of the day''s salt, site, address and agent.';
COMMENT ON COLUMN customer.visitors.own IS 'Came from the dashboard: the owner, whose hits are left out.';
