-- Members, invitations, activity. Owned by Customer.
SELECT;
