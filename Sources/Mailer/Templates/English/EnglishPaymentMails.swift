import HTTP
import Services

extension EnglishMails {
  static func trialEndsSoon(_ end: Instant, _ plans: String) -> MailDraft {
    letter(
      "Your trial of SmartPages ends soon",
      .paragraph("your trial ends on \(date(end))."),
      .paragraph(
        "If you like SmartPages, choose a plan now and go on without a break. If not, you need do nothing: nothing is "
          + "charged, and what is published stays online."),
      .action(label: "Look at the plans", url: plans))
  }

  static func trialEnded(_ plans: String) -> MailDraft {
    letter(
      "Your trial of SmartPages has ended",
      .paragraph("your trial has ended. What is published stays online, and none of your data is lost."),
      .paragraph("To change and publish again, choose the plan that suits you."),
      .action(label: "Choose a plan", url: plans))
  }

  static func paymentFailed(_ amount: Money, _ next: Instant?, _ billing: String) -> MailDraft {
    letter(
      "A payment for SmartPages did not work",
      .paragraph(
        "we could not collect \(amount.text(.english)) for your plan. That happens, often with an expired card."),
      .paragraph(
        next.map { "We will try again on \(date($0)). Until then everything works as usual." }
          ?? "There will be no further try, so please look at your means of payment."),
      .action(label: "Check the means of payment", url: billing))
  }

  static func actionNeeded(_ amount: Money, _ billing: String) -> MailDraft {
    letter(
      "Please confirm your payment for SmartPages",
      .paragraph("your bank asks you to confirm the payment of \(amount.text(.english)) for your plan."),
      .paragraph("It takes a minute. Without your confirmation the payment cannot be completed."),
      .action(label: "Confirm the payment", url: billing))
  }

  static func receipt(_ number: String?, _ amount: Money, _ plan: String, _ billing: String) -> MailDraft {
    letter(
      "Your payment for SmartPages",
      .paragraph("thank you! We have received \(amount.text(.english)) for the plan \(name(plan))."),
      .paragraph(
        number.map { "The invoice has the number \(name($0)); you find it with all others in the dashboard." }
          ?? "You find the invoice in the dashboard."),
      .action(label: "Look at the invoices", url: billing))
  }

  static func subscriptionEnded(_ plan: String, _ plans: String) -> MailDraft {
    letter(
      "Your SmartPages plan has ended",
      .paragraph("your plan \(name(plan)) has ended, and nothing more will be charged."),
      .paragraph(
        "Nothing of yours is deleted. To change and publish again, choose a plan whenever you like."),
      .action(label: "Look at the plans", url: plans))
  }

  static func planChanged(_ from: String, _ to: String, _ billing: String) -> MailDraft {
    letter(
      "Your SmartPages plan has changed",
      .paragraph("your plan has changed from \(name(from)) to \(name(to)). The change holds from now on."),
      .action(label: "Look at plan and invoices", url: billing))
  }
}
