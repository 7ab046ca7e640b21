-- Several members of a customer, invitations, and what was done when. Owned by the module Customer.

ALTER TABLE customer.memberships
  ADD COLUMN owner_since timestamptz,
  ADD COLUMN paused boolean NOT NULL DEFAULT false;
UPDATE customer.memberships SET owner_since = created_at WHERE role = 'owner';
COMMENT ON COLUMN customer.memberships.owner_since IS 'Orders the owners: Billing writes to the first. Who is given the ownership takes this over with it.';
COMMENT ON COLUMN customer.memberships.paused IS 'Beyond the plan''s number: may read only, whatever the role says, until the plan has room again.';

CREATE TABLE customer.invitations (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  email       text NOT NULL CHECK (email = lower(email)),
  role        text NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  digest      text NOT NULL UNIQUE,
  invited_by  uuid REFERENCES customer.users ON DELETE SET NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL,
  UNIQUE (customer_id, email)
);
CREATE INDEX ON customer.invitations (email);
CREATE INDEX ON customer.invitations (expires_at);
COMMENT ON TABLE customer.invitations IS 'Persons who may become members; a row goes when it is accepted, withdrawn or swept after its end.';
COMMENT ON COLUMN customer.invitations.digest IS 'SHA-256 of the token in the mailed link, in hexadecimal. The token itself is kept nowhere.';

CREATE TABLE customer.activity (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  user_id     uuid REFERENCES customer.users ON DELETE SET NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  action      text NOT NULL,
  subject     text,
  details     jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX ON customer.activity (customer_id, id);
CREATE INDEX ON customer.activity (at);
COMMENT ON TABLE customer.activity IS 'What was done for a customer, by whom; written in the transaction of the change, kept for two years.';
COMMENT ON COLUMN customer.activity.user_id IS 'Who did it; null: nobody in person, or somebody who is gone.';
COMMENT ON COLUMN customer.activity.subject IS 'What it was done to, as people call it: a site''s title, an address.';

-- Nothing of the past is rewritten: rows only go at the end of their time, or with their customer.
CREATE FUNCTION customer.keep_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF old.at < now() - interval '2 years'
      OR NOT EXISTS (SELECT 1 FROM customer.customers WHERE id = old.customer_id)
    THEN
      RETURN old;
    END IF;
  ELSIF new.user_id IS NULL
    AND (new.id, new.customer_id, new.at, new.action, new.details)
      = (old.id, old.customer_id, old.at, old.action, old.details)
    AND new.subject IS NOT DISTINCT FROM old.subject
  THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'customer.activity is append-only';
END $$;
CREATE TRIGGER keep_activity BEFORE UPDATE OR DELETE ON customer.activity
  FOR EACH ROW EXECUTE FUNCTION customer.keep_activity();
