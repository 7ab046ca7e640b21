-- Sending through Resend: states and lanes of mails, one gate for all processes, suppressed addresses, webhooks.
-- Owned by the module Mailer.

ALTER TABLE mailer.mails
  DROP CONSTRAINT mails_state_check,
  ALTER COLUMN payload TYPE text USING payload::text,
  ALTER COLUMN payload DROP NOT NULL,
  ADD COLUMN recipient text,
  ADD COLUMN lane smallint NOT NULL DEFAULT 2,
  ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN attempts int NOT NULL DEFAULT 0,
  ADD COLUMN maybe_sent_at timestamptz,
  ADD COLUMN provider_id text,
  ADD COLUMN reason text,
  ADD COLUMN delivery text CHECK (delivery IN ('sent', 'delayed', 'delivered', 'bounced', 'failed', 'suppressed',
    'complained')),
  ADD COLUMN delivery_rank smallint NOT NULL DEFAULT 0,
  ADD COLUMN delivery_at timestamptz,
  ADD COLUMN looked_up_at timestamptz;

UPDATE mailer.mails
SET recipient = payload::jsonb -> 'to' ->> 0, lane = CASE template WHEN 'login' THEN 0 ELSE 2 END;

ALTER TABLE mailer.mails
  ADD CONSTRAINT mails_state_check CHECK (state IN ('accepted', 'sending', 'sent', 'cancelled', 'failed', 'unknown',
    'suppressed')),
  ADD CHECK (state NOT IN ('accepted', 'sending') OR (payload IS NOT NULL AND recipient IS NOT NULL));

-- The order in which mails are taken: only those that wait stand in it.
CREATE INDEX mails_waiting ON mailer.mails (lane, due_at, created_at) WHERE state IN ('accepted', 'sending');
-- What an operator counts: few rows besides those that went well.
CREATE INDEX mails_not_sent ON mailer.mails (state) WHERE state <> 'sent';
-- Those whose delivery may have to be asked for.
CREATE INDEX mails_open ON mailer.mails (sent_at)
  WHERE state = 'sent' AND provider_id IS NOT NULL AND delivery_rank < 3;
CREATE INDEX mails_provider ON mailer.mails (provider_id) WHERE provider_id IS NOT NULL;

COMMENT ON COLUMN mailer.mails.payload IS 'The body of the request, frozen when the mail was accepted; erased after a '
  'month, when only the matter is kept, so that none is written about twice.';
COMMENT ON COLUMN mailer.mails.recipient IS 'The one address of To, as suppressions name it.';
COMMENT ON COLUMN mailer.mails.lane IS '0: login; 1: somebody should read it soon; 2: the rest. Lower goes first.';
COMMENT ON COLUMN mailer.mails.state IS 'accepted: waits; sending: handed to a process until due_at; sent: the transport '
  'has it; unknown: it may have been sent, and repeating could double it; failed: refused for good; suppressed: its '
  'address gets no mail. Login mails are deleted once they leave the queue: nothing of them may stay.';
COMMENT ON COLUMN mailer.mails.due_at IS 'accepted: not sent before; sending: then its process counts as crashed.';
COMMENT ON COLUMN mailer.mails.attempts IS 'How often it was taken; with the id it names one sender.';
COMMENT ON COLUMN mailer.mails.maybe_sent_at IS 'When the first request left that may have had its effect. The '
  'transport knows the idempotency key for a day from then.';
COMMENT ON COLUMN mailer.mails.provider_id IS 'The transport''s id, from its answer or a webhook.';
COMMENT ON COLUMN mailer.mails.delivery IS 'What became of it at last, by webhooks in any order: the highest '
  '(delivery_rank, delivery_at) stays.';
COMMENT ON COLUMN mailer.mails.looked_up_at IS 'When the transport was last asked for news that no webhook brought.';

CREATE TABLE mailer.gate (
  id             boolean PRIMARY KEY DEFAULT true CHECK (id),
  open_at        timestamptz NOT NULL DEFAULT now(),
  request_limit  int,
  remaining      int,
  window_seconds int,
  window_ends_at timestamptz,
  failures       int NOT NULL DEFAULT 0,
  failed_mail    uuid,
  halted_reason  text,
  halted_at      timestamptz
);
INSERT INTO mailer.gate DEFAULT VALUES;
COMMENT ON TABLE mailer.gate IS 'One row: when the next mail may leave, for all processes together.';
COMMENT ON COLUMN mailer.gate.open_at IS 'No mail leaves before; when halted or failing, one may try then.';
COMMENT ON COLUMN mailer.gate.request_limit IS 'As the transport''s answers tell it, with what remains of the window.';
COMMENT ON COLUMN mailer.gate.failures IS 'Failures in a row that are the transport''s, of different mails.';
COMMENT ON COLUMN mailer.gate.halted_reason IS 'Why nothing leaves until an operator or time mends it; null: it flows.';

CREATE TABLE mailer.suppressions (
  address    text PRIMARY KEY,
  reason     text NOT NULL CHECK (reason IN ('bounced', 'complained', 'suppressed')),
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE mailer.suppressions IS 'Addresses that get no mail any more; only an operator lifts one.';

CREATE TABLE mailer.events (
  id          text PRIMARY KEY,
  type        text NOT NULL,
  occurred_at timestamptz,
  provider_id text,
  detail      text,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON mailer.events (received_at);
COMMENT ON TABLE mailer.events IS 'The inbox of webhooks, those of unknown types too. Their effect is committed with them.';
COMMENT ON COLUMN mailer.events.id IS 'svix-id: a second delivery finds the first.';
COMMENT ON COLUMN mailer.events.detail IS 'Kind of bounce or failure. Addresses and subjects are not kept: a login '
  'mail''s subject holds its code.';
