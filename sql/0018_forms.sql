-- Messages that visitors write by the forms of published pages. Owned by the module Customer.

CREATE TABLE customer.forms (
  id         uuid PRIMARY KEY,
  site_id    uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  page_title text NOT NULL,
  path       text NOT NULL,
  language   text NOT NULL CHECK (language IN ('de', 'en')),
  thanks     text
);
CREATE INDEX ON customer.forms (site_id);
COMMENT ON TABLE customer.forms IS 'The forms of each site''s active version, written with it: whoever sends one is looked up here.';
COMMENT ON COLUMN customer.forms.id IS 'As in the block; stays with it from version to version, and belongs to one customer.';
COMMENT ON COLUMN customer.forms.path IS 'Where the page is below the site''s host.';
COMMENT ON COLUMN customer.forms.language IS 'In which the visitor is answered.';
COMMENT ON COLUMN customer.forms.thanks IS 'The owner''s own words to who has written; null: usual ones.';

CREATE TABLE customer.form_owners (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE
);
CREATE INDEX ON customer.form_owners (customer_id);
COMMENT ON TABLE customer.form_owners IS 'Whose a form''s id is: of the first who used it, also when no page has it any more.';

CREATE TABLE customer.messages (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  site_id     uuid NOT NULL REFERENCES customer.sites ON DELETE CASCADE,
  form_id     uuid NOT NULL,
  page_title  text NOT NULL,
  name        text NOT NULL,
  email       text NOT NULL,
  text        text NOT NULL,
  digest      bytea NOT NULL,
  spam        boolean NOT NULL,
  read        boolean NOT NULL DEFAULT false,
  mail        text NOT NULL CHECK (mail IN ('none', 'waiting', 'sent')),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON customer.messages (site_id, spam, id);
CREATE INDEX ON customer.messages (site_id) WHERE NOT read AND NOT spam;
CREATE INDEX ON customer.messages (customer_id);
CREATE INDEX ON customer.messages (form_id, created_at);
CREATE INDEX ON customer.messages (digest, created_at);
CREATE INDEX ON customer.messages (created_at);
COMMENT ON TABLE customer.messages IS 'What visitors wrote. Neither their network''s address nor anything of their browser is kept. Gone after 180 days, unwanted ones after 30.';
COMMENT ON COLUMN customer.messages.form_id IS 'The form that it was sent by; that may be gone by now.';
COMMENT ON COLUMN customer.messages.digest IS 'SHA-256 of the text without case and spaces: the same text again within a day is no second message.';
COMMENT ON COLUMN customer.messages.spam IS 'Held to be unwanted, by us or by the owner: not mailed, and in a list of its own.';
COMMENT ON COLUMN customer.messages.mail IS 'waiting: to be told with others in one mail, because there were too many within the hour.';
