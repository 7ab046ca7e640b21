import HTTP

extension BillingModule {
  package func receive(_ body: [UInt8], signature: String?) throws { throw Problem(.signatureInvalid) }
}
