import Testing

@testable import Billing

@Suite("Stripe's form encoding")
struct FormTests {
  @Test("keeps the brackets of names and escapes all else that is no unreserved character")
  func encoding() {
    let form: Form = ["items[0][price]": "price_1", "name": "Müller & Söhne", "left": nil]
    #expect(form.text == "items[0][price]=price_1&name=M%C3%BCller%20%26%20S%C3%B6hne")
  }
}
