-- Certificates of customers' own domains. Owned by the module Customer. Keys are never here: they lie in files.

CREATE TABLE customer.certificates (
  domain_id       uuid PRIMARY KEY REFERENCES customer.domains ON DELETE CASCADE,
  state           text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'issued', 'failing')),
  issuer          text,
  serial          text,
  not_before      timestamptz,
  not_after       timestamptz,
  renew_at        timestamptz,
  next_try_at     timestamptz NOT NULL DEFAULT now(),
  attempts        int NOT NULL DEFAULT 0,
  problem         text,
  problem_detail  text,
  failing_since   timestamptz,
  told_at         timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.certificates (next_try_at);
CREATE INDEX ON customer.certificates (not_after);
COMMENT ON COLUMN customer.certificates.state IS 'failing: the last try went wrong; the certificate that there was is good until not_after all the same.';
COMMENT ON COLUMN customer.certificates.not_after IS 'Null: there is none that is good.';
COMMENT ON COLUMN customer.certificates.next_try_at IS 'When to work on it next. Who does so moves it a minute ahead, again and again, so that it falls due by itself when that process dies.';
COMMENT ON COLUMN customer.certificates.attempts IS 'Failures one after the other, for the pause until the next try.';
COMMENT ON COLUMN customer.certificates.problem IS 'Why the last try went wrong, by the names of CertificateProblem.';
COMMENT ON COLUMN customer.certificates.problem_detail IS 'The same in the words of whoever refused.';
COMMENT ON COLUMN customer.certificates.told_at IS 'When the owners were told of this row of failures.';

CREATE TABLE customer.acme_orders (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  host         text NOT NULL,
  registrable  text NOT NULL,
  customer_id  uuid NOT NULL,
  failed       boolean NOT NULL DEFAULT false,
  at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.acme_orders (at);
CREATE INDEX ON customer.acme_orders (registrable, at);
CREATE INDEX ON customer.acme_orders (customer_id, at);
CREATE INDEX ON customer.acme_orders (host, at) WHERE failed;
COMMENT ON TABLE customer.acme_orders IS 'What was asked of the certificate authority in the last eight days: it bounds that, and so do we, before it.';
COMMENT ON COLUMN customer.acme_orders.customer_id IS 'For whom; a customer that is gone has used up its part all the same.';
COMMENT ON COLUMN customer.acme_orders.failed IS 'The authority could not convince itself that the host is ours.';

CREATE TABLE customer.acme_account (
  single        boolean PRIMARY KEY DEFAULT true CHECK (single),
  paused_until  timestamptz,
  attempts      int NOT NULL DEFAULT 0,
  problem       text
);
INSERT INTO customer.acme_account DEFAULT VALUES;
COMMENT ON TABLE customer.acme_account IS 'One row: whether the authority takes orders at all.';
COMMENT ON COLUMN customer.acme_account.paused_until IS 'It was away, or refused the account: nothing is asked of it before.';
COMMENT ON COLUMN customer.acme_account.attempts IS 'Such failures one after the other.';

CREATE TABLE customer.released_certificates (
  host         text PRIMARY KEY,
  revoke       boolean NOT NULL,
  released_at  timestamptz NOT NULL DEFAULT now(),
  next_try_at  timestamptz NOT NULL DEFAULT now(),
  problem      text
);
COMMENT ON TABLE customer.released_certificates IS 'Hosts whose files are to be taken away: before anything new is done for them.';
COMMENT ON COLUMN customer.released_certificates.problem IS 'Why that did not work; it is tried again.';
