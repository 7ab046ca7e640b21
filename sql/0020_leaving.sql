-- Exports and the end of an account. Owned by Customer; what concerns payment, by Billing.

CREATE TABLE customer.exports (
  id           uuid PRIMARY KEY,
  customer_id  uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  requested_by uuid REFERENCES customer.users ON DELETE SET NULL,
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'ready', 'failed')),
  bytes        bigint,
  created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at  timestamptz,
  expires_at   timestamptz,
  CHECK ((state = 'ready') = (bytes IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE UNIQUE INDEX exports_open ON customer.exports (customer_id) WHERE state IN ('waiting', 'running');
CREATE INDEX ON customer.exports (customer_id, id);
CREATE INDEX ON customer.exports (requested_by);
COMMENT ON TABLE customer.exports IS 'Copies of all that a customer has, as ZIP files on the volume: exports/<id>.zip. A file without a row is swept.';
COMMENT ON COLUMN customer.exports.bytes IS 'Of the file.';
COMMENT ON COLUMN customer.exports.expires_at IS 'When the file goes.';

ALTER TABLE customer.customers ADD COLUMN deletion_at timestamptz;
CREATE INDEX ON customer.customers (deletion_at) WHERE deletion_at IS NOT NULL;
COMMENT ON COLUMN customer.customers.deletion_at IS 'When everything of the customer is removed for good; null: not planned. Once it has come there is no way back.';

-- The account outlives the customer: the law wants to know for years what was paid.
ALTER TABLE billing.accounts
  DROP CONSTRAINT accounts_customer_id_fkey,
  ADD COLUMN leaving boolean NOT NULL DEFAULT false,
  ADD COLUMN ends_by_leaving boolean NOT NULL DEFAULT false,
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN closed_stripe_customer text;
CREATE INDEX ON billing.accounts (closed_stripe_customer) WHERE closed_stripe_customer IS NOT NULL;
COMMENT ON COLUMN billing.accounts.leaving IS 'The customer is about to go: the subscription is to end with its period.';
COMMENT ON COLUMN billing.accounts.ends_by_leaving IS 'It was for this that the end was planned: who stays after all goes on paying.';
COMMENT ON COLUMN billing.accounts.closed_at IS 'When the customer went; only what the law demands stands here since then.';
COMMENT ON COLUMN billing.accounts.closed_stripe_customer IS 'Under which id the invoices are found at Stripe.';
