-- Customers' own domains: whose they are, and what was seen of them. Owned by the module Customer.

CREATE TABLE customer.domains (
  id              uuid PRIMARY KEY,
  customer_id     uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  site_id         uuid REFERENCES customer.sites ON DELETE SET NULL,
  last_site_id    uuid,
  host            text NOT NULL CHECK (host = lower(host)),
  registrable     text NOT NULL,
  www_of          uuid REFERENCES customer.domains ON DELETE CASCADE,
  token           text NOT NULL,
  label           text NOT NULL,
  state           text NOT NULL DEFAULT 'pending'
                  CHECK (state IN ('pending', 'active', 'failing', 'paused', 'expired')),
  paused_by_plan  boolean NOT NULL DEFAULT false,
  keep            int,
  seen            jsonb NOT NULL DEFAULT '{}',
  conflict        boolean NOT NULL DEFAULT false,
  attempts        int NOT NULL DEFAULT 0,
  negatives       int NOT NULL DEFAULT 0,
  negative_at     timestamptz,
  verified_at     timestamptz,
  checked_at      timestamptz,
  asked_at        timestamptz,
  next_check_at   timestamptz NOT NULL,
  expires_at      timestamptz,
  failing_since   timestamptz,
  https_since     timestamptz,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT domains_host_taken UNIQUE (customer_id, host)
);
-- Whoever is served under a host is the only one, whatever happens at the same time.
CREATE UNIQUE INDEX domains_served ON customer.domains (host) WHERE state IN ('active', 'failing');
CREATE INDEX ON customer.domains (customer_id, id);
CREATE INDEX ON customer.domains (host);
CREATE INDEX ON customer.domains (site_id);
CREATE INDEX ON customer.domains (last_site_id);
CREATE INDEX ON customer.domains (www_of);
CREATE INDEX ON customer.domains (next_check_at);
COMMENT ON TABLE customer.domains IS 'Hosts that customers want to be reached under. Several may claim one; who has proved it is served.';
COMMENT ON COLUMN customer.domains.last_site_id IS 'The site that it leads or led to, also when that is gone: its host says so then.';
COMMENT ON COLUMN customer.domains.host IS 'As the DNS knows it: ASCII, lower case, no dot at its end.';
COMMENT ON COLUMN customer.domains.registrable IS 'The part that was bought from a registrar, by the public suffix list.';
COMMENT ON COLUMN customer.domains.www_of IS 'Made together with that one, with which it counts as one domain.';
COMMENT ON COLUMN customer.domains.token IS 'To stand in a TXT record; made anew for each row, so that an old record proves nothing.';
COMMENT ON COLUMN customer.domains.label IS 'The first label of the customer''s own target below the sites'' host, for CNAME records.';
COMMENT ON COLUMN customer.domains.state IS 'pending: not proved yet; active: proved; failing: proved before, and served for some days yet; paused: not served any more; expired: pending for too long, not looked at.';
COMMENT ON COLUMN customer.domains.seen IS 'What the last look found.';
COMMENT ON COLUMN customer.domains.conflict IS 'Another customer is served under the host, whose proof still stands there.';
COMMENT ON COLUMN customer.domains.attempts IS 'Looks since it became pending, for the pause until the next one.';
COMMENT ON COLUMN customer.domains.negatives IS 'Looks one after the other that found it gone, as the zone''s own servers say.';
COMMENT ON COLUMN customer.domains.negative_at IS 'When the last of them was counted.';
COMMENT ON COLUMN customer.domains.asked_at IS 'When somebody last had it looked at.';
COMMENT ON COLUMN customer.domains.expires_at IS 'When pending ends; null in other states.';
COMMENT ON COLUMN customer.domains.https_since IS 'Since when there has been a certificate without a break; null: there is none.';

CREATE TABLE customer.released_domains (
  host          text NOT NULL,
  customer_id   uuid NOT NULL,
  token_digest  text NOT NULL,
  released_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (host, customer_id, token_digest)
);
CREATE INDEX ON customer.released_domains (released_at);
COMMENT ON TABLE customer.released_domains IS 'Domains that customers, also former ones, gave up: nobody else gets one while that proof still stands in the DNS. For three days.';
COMMENT ON COLUMN customer.released_domains.token_digest IS 'SHA-256 of the token, in hexadecimal.';

ALTER TABLE customer.sites
  ADD COLUMN primary_domain_id uuid REFERENCES customer.domains ON DELETE SET NULL;
CREATE INDEX ON customer.sites (primary_domain_id) WHERE primary_domain_id IS NOT NULL;
COMMENT ON COLUMN customer.sites.primary_domain_id IS 'Under which domain the site wants to be known, once that is served; null: its host below the sites'' host.';

ALTER TABLE customer.versions ADD COLUMN origin text;
COMMENT ON COLUMN customer.versions.origin IS 'Scheme and host that its files name; null: from before this was kept.';
