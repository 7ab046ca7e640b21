-- The outbox: mails as accepted, frozen, sent by jobs. Owned by the module Mailer.

CREATE SCHEMA mailer;

CREATE TABLE mailer.mails (
  id              uuid PRIMARY KEY,
  dedupe_key      text NOT NULL UNIQUE,
  template        text NOT NULL,
  payload         jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'accepted' CHECK (state IN ('accepted', 'sent')),
  created_at      timestamptz NOT NULL DEFAULT now(),
  sent_at         timestamptz
);
CREATE INDEX ON mailer.mails (created_at);
COMMENT ON COLUMN mailer.mails.id IS 'Also the idempotency key towards the transport.';
COMMENT ON COLUMN mailer.mails.dedupe_key IS 'One mail for each matter: accepting it again does nothing.';
COMMENT ON COLUMN mailer.mails.payload IS 'The rendered mail as it will be sent: from, to, subject, html, text, headers, tags.';
COMMENT ON COLUMN mailer.mails.state IS 'Login mails are deleted once sent, or after an hour: nothing of them may stay.';
