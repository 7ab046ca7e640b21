/// The stable, machine-readable name of an expected failure.
package enum ProblemCode: String, Sendable, CaseIterable {
  case malformedJSON = "malformed_json"
  case badRequest = "bad_request"
  case ambiguousCredentials = "ambiguous_credentials"
  case unauthenticated
  case loginInvalid = "login_invalid"
  case trialEnded = "trial_ended"
  case limitReached = "limit_reached"
  case subscriptionEnded = "subscription_ended"
  case paymentFailed = "payment_failed"
  case alreadySubscribed = "already_subscribed"
  case notSubscribed = "not_subscribed"
  case paymentUnavailable = "payment_unavailable"
  case paymentRefused = "payment_refused"
  case signatureInvalid = "signature_invalid"
  case codeRequired = "code_required"
  case forbidden
  case proofRequired = "proof_required"
  case noCustomer = "no_customer"
  case invitationForOther = "invitation_for_other"
  case crossOrigin = "cross_origin"
  case notFound = "not_found"
  case invitationInvalid = "invitation_invalid"
  case methodNotAllowed = "method_not_allowed"
  case conflict
  case slugTaken = "slug_taken"
  case imprintMissing = "imprint_missing"
  case siteTooLarge = "site_too_large"
  case lastOwner = "last_owner"
  case alreadyMember = "already_member"
  case addressTaken = "address_taken"
  case stale
  case bodyTooLarge = "body_too_large"
  case unsupportedMediaType = "unsupported_media_type"
  case misdirected
  case imageUnknown = "image_unknown"
  case imageUnsupported = "image_unsupported"
  case imageTooLarge = "image_too_large"
  case imageBroken = "image_broken"
  case imageTooCostly = "image_too_costly"
  case imagesFull = "images_full"
  case importUnknown = "import_unknown"
  case importTooLarge = "import_too_large"
  case importBroken = "import_broken"
  case importRefused = "import_refused"
  case importUnreachable = "import_unreachable"
  case domainsOff = "domains_off"
  case inUse = "in_use"
  case invalidBody = "invalid_body"
  case unknownParameter = "unknown_parameter"
  case invalidRange = "invalid_range"
  case idempotencyKeyReused = "idempotency_key_reused"
  case rateLimited = "rate_limited"
  case internalError = "internal"
  case unavailable
  case overloaded
  case storageFull = "storage_full"

  /// The status that goes with the code.
  package var status: Status {
    switch self {
    case .malformedJSON, .badRequest, .ambiguousCredentials, .signatureInvalid: .badRequest
    case .unauthenticated, .loginInvalid: Status(401)
    case .trialEnded, .limitReached, .subscriptionEnded, .paymentFailed: Status(402)
    case .codeRequired, .forbidden, .proofRequired, .noCustomer, .invitationForOther, .crossOrigin: Status(403)
    case .notFound, .invitationInvalid: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .conflict, .slugTaken, .imprintMissing, .siteTooLarge, .lastOwner, .alreadyMember, .addressTaken,
      .alreadySubscribed, .notSubscribed, .imagesFull, .inUse, .domainsOff:
      Status(409)
    case .stale: .preconditionFailed
    case .bodyTooLarge, .importTooLarge: Status(413)
    case .unsupportedMediaType, .imageUnknown, .imageUnsupported, .importUnknown: Status(415)
    case .misdirected: .misdirectedRequest
    case .imageTooLarge, .imageBroken, .imageTooCostly: Status(422)
    case .importBroken, .importRefused, .importUnreachable: Status(422)
    case .invalidBody, .unknownParameter, .invalidRange, .idempotencyKeyReused: Status(422)
    case .rateLimited: Status(429)
    case .internalError: .internalServerError
    case .paymentRefused: Status(502)
    case .unavailable, .overloaded, .paymentUnavailable: .serviceUnavailable
    case .storageFull: Status(507)
    }
  }
}
