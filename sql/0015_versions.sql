-- Schedules and the trash. Owned by Customer.
SELECT;
