-- What a version was made of, so that it can be shown again at another moment, compared, and brought back. Owned by
-- Customer.

ALTER TABLE customer.versions ADD COLUMN source text;
ALTER TABLE customer.versions ALTER source SET COMPRESSION lz4;
COMMENT ON COLUMN customer.versions.source IS 'The snapshot of the draft: JSON, named as in the API; null: published '
  'before snapshots were kept.';
