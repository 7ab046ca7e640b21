-- Subscriptions at Stripe as last fetched, and what leads to a fetch. Owned by the module Billing.

ALTER TABLE billing.accounts
  ADD COLUMN trial_mails int NOT NULL DEFAULT 0 CHECK (trial_mails IN (0, 1, 2)),
  ADD COLUMN email text,
  ADD COLUMN language text CHECK (language IN ('de', 'en')),
  ADD COLUMN name text,
  ADD COLUMN stripe_customer text UNIQUE,
  ADD COLUMN subscription text,
  ADD COLUMN subscription_item text,
  ADD COLUMN status text CHECK (status IN ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due',
    'canceled', 'unpaid', 'paused')),
  ADD COLUMN plan text,
  ADD COLUMN price text,
  ADD COLUMN period text CHECK (period IN ('month', 'year')),
  ADD COLUMN amount bigint,
  ADD COLUMN currency text,
  ADD COLUMN period_ends_at timestamptz,
  ADD COLUMN cancel_at timestamptz,
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN past_due_since timestamptz,
  ADD COLUMN problem text CHECK (problem IN ('failed', 'action_needed')),
  ADD COLUMN problem_invoice text,
  ADD COLUMN changes bigint NOT NULL DEFAULT 0,
  ADD COLUMN synced_at timestamptz,
  ADD COLUMN sync_number bigint NOT NULL DEFAULT 0,
  ADD COLUMN sync_until timestamptz,
  ADD COLUMN checked_at timestamptz;

UPDATE billing.accounts SET trial_mails = 2 WHERE trial_ends_at <= now();
CREATE INDEX ON billing.accounts (trial_ends_at) WHERE trial_mails < 2;

UPDATE billing.accounts a SET email = u.email, language = u.language, name = c.name
FROM customer.memberships m
JOIN customer.users u ON u.id = m.user_id
JOIN customer.customers c ON c.id = m.customer_id
WHERE m.customer_id = a.customer_id AND m.role = 'owner';

COMMENT ON TABLE billing.accounts IS 'One for each customer: the trial, and the subscription as Stripe last told it.';
COMMENT ON COLUMN billing.accounts.trial_mails IS '1: told, or not to be told, that the trial ends soon; 2: that it ended.';
COMMENT ON COLUMN billing.accounts.email IS 'Whom to write to about payment, with language and name.';
COMMENT ON COLUMN billing.accounts.subscription IS 'The one that counts; status and all that follows are its.';
COMMENT ON COLUMN billing.accounts.plan IS 'By the price in the operator''s plans; null: a price that stands in no plan.';
COMMENT ON COLUMN billing.accounts.cancel_at IS 'When it will end by itself; null: it goes on.';
COMMENT ON COLUMN billing.accounts.past_due_since IS 'Since when a payment is owed: the grace period counts from here.';
COMMENT ON COLUMN billing.accounts.changes IS 'Counts the stored changes of plan or status; makes each a matter of its own.';
COMMENT ON COLUMN billing.accounts.sync_number IS 'Given to each fetch as it begins; only the newest may write.';
COMMENT ON COLUMN billing.accounts.sync_until IS 'While it lies ahead, the fetch of sync_number holds the account.';
COMMENT ON COLUMN billing.accounts.checked_at IS 'When reconciliation last saw the customer at Stripe.';

CREATE TABLE billing.events (
  id              text PRIMARY KEY,
  type            text NOT NULL,
  livemode        boolean NOT NULL,
  api_version     text,
  created_at      timestamptz NOT NULL,
  stripe_customer text,
  payload         text NOT NULL,
  state           text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'processed', 'parked', 'dead')),
  reason          text,
  received_at     timestamptz NOT NULL DEFAULT now(),
  processed_at    timestamptz
);
CREATE INDEX ON billing.events (stripe_customer, state) WHERE state <> 'processed';
CREATE INDEX ON billing.events (received_at);
COMMENT ON TABLE billing.events IS 'The inbox of webhooks. An event is a hint that something changed; Stripe is the truth.';
COMMENT ON COLUMN billing.events.id IS 'Stripe''s: a second delivery finds the first.';
-- Written in a burst and read by hardly anybody: the quicker compression, at a little more room.
ALTER TABLE billing.events ALTER payload SET COMPRESSION lz4;
COMMENT ON COLUMN billing.events.payload IS 'The bytes whose signature held.';
COMMENT ON COLUMN billing.events.state IS 'received: its customer is to be fetched; processed: was; parked: not for us '
  'or not yet, see reason; dead: given up, for a person to look at.';

CREATE TABLE billing.checkouts (
  id             uuid PRIMARY KEY,
  customer_id    uuid NOT NULL REFERENCES billing.accounts ON DELETE CASCADE,
  plan           text NOT NULL,
  period         text NOT NULL,
  price          text NOT NULL,
  promotion_code text,
  parameters     text,
  sent_at        timestamptz,
  session        text UNIQUE,
  url            text,
  state          text NOT NULL DEFAULT 'reserved' CHECK (state IN ('reserved', 'open', 'completed', 'expired')),
  created_at     timestamptz NOT NULL DEFAULT now(),
  expires_at     timestamptz
);
CREATE UNIQUE INDEX ON billing.checkouts (customer_id) WHERE state IN ('reserved', 'open');
COMMENT ON TABLE billing.checkouts IS 'Ways to pay: at most one that is not over for each customer.';
COMMENT ON COLUMN billing.checkouts.id IS 'Also the idempotency key towards Stripe.';
COMMENT ON COLUMN billing.checkouts.parameters IS 'The body as first sent: a repeat under the same key must not differ.';
COMMENT ON COLUMN billing.checkouts.sent_at IS 'When it was first sent; Stripe remembers keys for a day only.';

CREATE TABLE billing.calls (
  customer_id uuid NOT NULL REFERENCES billing.accounts ON DELETE CASCADE,
  matter      text NOT NULL,
  key         uuid NOT NULL,
  parameters  text NOT NULL,
  lookup      text NOT NULL,
  sent_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, matter)
);
COMMENT ON TABLE billing.calls IS 'Calls that create something at Stripe and whose outcome is not known yet: kept before '
  'the first send, so that after a crash the repeat has the same key and body; deleted with the outcome.';
COMMENT ON COLUMN billing.calls.key IS 'The idempotency key; Stripe remembers keys for a day only.';
COMMENT ON COLUMN billing.calls.lookup IS 'By what to look for the outcome when the key is no longer remembered.';

CREATE TABLE billing.previews (
  id           uuid PRIMARY KEY,
  customer_id  uuid NOT NULL REFERENCES billing.accounts ON DELETE CASCADE,
  subscription text NOT NULL,
  plan         text NOT NULL,
  period       text NOT NULL,
  price        text NOT NULL,
  from_price   text,
  proration_at timestamptz NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON billing.previews (created_at);
COMMENT ON COLUMN billing.previews.from_price IS 'The price before the change: from another the amounts would be others.';
COMMENT ON COLUMN billing.previews.proration_at IS 'The moment that the shown amounts were computed for; the change uses it.';

CREATE TABLE billing.invoices (
  id          text PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES billing.accounts ON DELETE CASCADE,
  number      text,
  status      text NOT NULL,
  amount      bigint NOT NULL,
  remaining   bigint NOT NULL,
  currency    text NOT NULL,
  url         text,
  pdf_url     text,
  created_at  timestamptz NOT NULL,
  paid_at     timestamptz
);
CREATE INDEX ON billing.invoices (customer_id, created_at DESC, id DESC);
COMMENT ON TABLE billing.invoices IS 'Invoices as last fetched, for the list, and so that each receipt goes out once.';
COMMENT ON COLUMN billing.invoices.amount IS 'The total in the currency''s smallest unit; negative for a credit.';
COMMENT ON COLUMN billing.invoices.remaining IS 'What is still to be paid of it.';

CREATE TABLE billing.trials (
  person      bytea PRIMARY KEY,
  customer_id uuid,
  ends_at     timestamptz NOT NULL,
  started_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE billing.trials IS 'Who had a trial, so that there is one for each person; outlives the account.';
COMMENT ON COLUMN billing.trials.person IS 'SHA-256 of the address as its provider tells mailboxes apart.';
COMMENT ON COLUMN billing.trials.customer_id IS 'Whose trial it was: no other account of the person gets one.';

CREATE TABLE billing.idempotency_keys (
  customer_id uuid NOT NULL REFERENCES billing.accounts ON DELETE CASCADE,
  key         text NOT NULL,
  digest      bytea NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, key)
);
CREATE INDEX ON billing.idempotency_keys (created_at);
COMMENT ON TABLE billing.idempotency_keys IS 'Keys of clients. A repeat is carried out again, as these requests end in '
  'the same state however often they come; only another request under the same key is refused.';

CREATE TABLE billing.cursors (
  name       text PRIMARY KEY,
  value      text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE billing.cursors IS 'How far reconciliation has come.';

CREATE TABLE billing.drifts (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id uuid,
  kind        text NOT NULL,
  detail      text NOT NULL,
  found_at    timestamptz NOT NULL DEFAULT now(),
  repaired_at timestamptz
);
CREATE UNIQUE INDEX drifts_open ON billing.drifts (kind, coalesce(customer_id::text, detail)) WHERE repaired_at IS NULL;
COMMENT ON TABLE billing.drifts IS 'Differences between us and Stripe that no event had told of, and what a person must '
  'look at: several live subscriptions, a price of no plan.';
COMMENT ON COLUMN billing.drifts.repaired_at IS 'Null: it lasts. Each lasting one stands here once.';
