-- Pictures of customers, written anew in the sizes that pages need. Owned by the module Customer.

CREATE TABLE customer.images (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer.customers ON DELETE CASCADE,
  name        text NOT NULL,
  alt         text,
  width       int NOT NULL,
  height      int NOT NULL,
  bytes       bigint NOT NULL,
  variants    jsonb NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON customer.images (customer_id, id);
COMMENT ON COLUMN customer.images.name IS 'For its owner only: the file''s name, unless changed.';
COMMENT ON COLUMN customer.images.alt IS 'What it shows, for who does not see it; empty: it only adorns; null: not said yet.';
COMMENT ON COLUMN customer.images.width IS 'Pixels of the largest variant; so is the height.';
COMMENT ON COLUMN customer.images.bytes IS 'Of all variants together; what the customer''s room is counted by.';
COMMENT ON COLUMN customer.images.variants IS
  'List of width, height, format (webp, jpeg, png), blob (SHA-256, its name on the volume) and size in bytes.';

CREATE FUNCTION customer.named_images(document jsonb) RETURNS SETOF text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT value #>> '{}' FROM jsonb_path_query(document, '$.**.image') AS found (value)
  WHERE jsonb_typeof(value) = 'string';
END;
COMMENT ON FUNCTION customer.named_images IS 'The ids of the pictures that blocks name, each once.';

UPDATE customer.profiles SET content = content || '{"picture": null}' WHERE NOT content ? 'picture';
COMMENT ON COLUMN customer.profiles.content IS
  'name, headline, bio, email, phone, website, address, social, picture (an image or null); as in the API.';
