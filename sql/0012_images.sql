-- Pictures of customers. Owned by Customer.
SELECT;
