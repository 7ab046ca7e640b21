-- Daily sums of visits. Owned by Customer.
SELECT;
