-- Who may use the product. Owned by the module Billing.

CREATE SCHEMA billing;

CREATE TABLE billing.accounts (
  customer_id   uuid PRIMARY KEY REFERENCES customer.customers ON DELETE CASCADE,
  trial_ends_at timestamptz NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN billing.accounts.trial_ends_at IS 'Never null: a trial without an end cannot be written.';
