-- Short links and the check of links. Owned by Customer.
SELECT;
