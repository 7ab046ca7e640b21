-- Sending through Resend. Owned by the module Mailer.

SELECT 1;
