-- Exports and the end of an account. Owned by Customer.
SELECT;
