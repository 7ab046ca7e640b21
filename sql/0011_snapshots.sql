-- What a version was made of. Owned by Customer.
SELECT;
