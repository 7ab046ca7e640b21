-- How sites look. Owned by the module Customer.

ALTER TABLE customer.sites ADD COLUMN design jsonb NOT NULL
  DEFAULT '{"theme": "warm", "accent": null, "ground": null, "font": null, "radius": null, "layout": null}';
COMMENT ON COLUMN customer.sites.design IS 'A theme, and what of it the customer chose otherwise; as in the API.';
