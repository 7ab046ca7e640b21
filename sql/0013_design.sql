-- Themes of sites. Owned by Customer.
SELECT;
