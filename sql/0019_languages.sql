-- Pages in several languages. Owned by Customer.
SELECT;
