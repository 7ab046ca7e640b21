package import Database
import HTTP
package import Services

extension BillingModule {
  package func openAccount(of customer: CustomerID, contact: Contact, in transaction: Transaction) throws {
    // The update of nothing makes the row visible that somebody else has put in at the same moment.
    _ = try transaction.execute(
      """
      WITH trial AS (
        INSERT INTO billing.trials (person, customer_id, ends_at)
        VALUES (
          \(Mailbox(contact.email).digest), \(customer.uuid), now() + make_interval(days => \(settings.trialDays)::int)
        )
        ON CONFLICT (person) DO UPDATE SET person = excluded.person
        RETURNING ends_at
      )
      INSERT INTO billing.accounts (customer_id, trial_ends_at, trial_mails, email, language, name)
      SELECT \(customer.uuid), ends_at,
        CASE
          WHEN \(plans.trialNeedsCard) OR ends_at <= now() THEN 2
          WHEN ends_at <= now() + \(TrialMails.noticeSeconds) * interval '1 second' THEN 1
          ELSE 0
        END,
        \(contact.email.text), \(contact.language.rawValue), \(contact.name)
      FROM trial
      ON CONFLICT (customer_id) DO NOTHING
      """)
  }

  package func updateContact(of customer: CustomerID, _ contact: Contact, in transaction: Transaction) throws {
    _ = try transaction.execute(
      """
      UPDATE billing.accounts
      SET email = \(contact.email.text), language = \(contact.language.rawValue), name = \(contact.name)
      WHERE customer_id = \(customer.uuid)
      """)
  }
}
