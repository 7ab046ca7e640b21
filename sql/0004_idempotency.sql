-- Answers to POSTs with an Idempotency-Key, stored in the transaction of the change. Owned by the module Customer.

CREATE TABLE customer.idempotency_keys (
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  key         text NOT NULL,
  digest      bytea NOT NULL,
  answer      bytea,
  version     bigint,
  location    text,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (customer_id, key)
);
CREATE INDEX ON customer.idempotency_keys (created_at);
COMMENT ON COLUMN customer.idempotency_keys.digest IS 'SHA-256 over method, path and body; another digest under the same key is refused.';
COMMENT ON COLUMN customer.idempotency_keys.answer IS 'The JSON that was answered, byte for byte.';
COMMENT ON COLUMN customer.idempotency_keys.created_at IS 'Swept after 24 hours.';
