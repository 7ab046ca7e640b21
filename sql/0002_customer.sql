-- People, customers and what customers make. Owned by the module Customer.

CREATE SCHEMA customer;

CREATE FUNCTION customer.rfc3339(moment timestamptz) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
COMMENT ON FUNCTION customer.rfc3339 IS
  'A moment as the API shows it. Immutable, as zone and format are fixed and the format names nothing of a locale.';

CREATE TABLE customer.users (
  id          uuid PRIMARY KEY,
  email       text NOT NULL UNIQUE CHECK (email = lower(email)),
  language    text NOT NULL CHECK (language IN ('de', 'en')),
  epoch       bigint NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE customer.users IS 'Persons who log in. Nobody stands here before their address is proved.';
COMMENT ON COLUMN customer.users.epoch IS 'Raised to void every session made before, whatever Redis remembers.';

CREATE TABLE customer.customers (
  id          uuid PRIMARY KEY,
  name        text NOT NULL,
  company     text,
  kind        text NOT NULL DEFAULT 'private' CHECK (kind IN ('private', 'business')),
  language    text NOT NULL CHECK (language IN ('de', 'en')),
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE customer.customers IS 'Tenants: who owns sites, pays, and is named in the imprint.';
COMMENT ON COLUMN customer.customers.version IS 'Raised by each write; the ETag that If-Match is held against.';

CREATE TABLE customer.memberships (
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  user_id     uuid NOT NULL REFERENCES customer.users ON DELETE CASCADE,
  role        text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, user_id)
);
CREATE INDEX ON customer.memberships (user_id);
COMMENT ON TABLE customer.memberships IS 'Which users may act for which customer, and how far.';

CREATE TABLE customer.profiles (
  customer_id uuid PRIMARY KEY REFERENCES customer.customers ON DELETE CASCADE,
  content     jsonb NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN customer.profiles.content IS 'name, headline, bio, email, phone, website, address, social; as in the API.';

CREATE TABLE customer.legal_texts (
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('imprint', 'privacy')),
  content     jsonb NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  updated_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, kind)
);
COMMENT ON COLUMN customer.legal_texts.content IS 'mode (form or text), the form''s fields, own text by language; as in the API.';
