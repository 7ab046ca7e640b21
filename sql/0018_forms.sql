-- Messages from published forms. Owned by Customer.
SELECT;
