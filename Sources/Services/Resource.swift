package import HTTP

/// A resource as the API shows it: JSON that is passed through as it is, and the version behind its `ETag`.
package struct Resource: Sendable {
  package let json: [UInt8]
  package let version: Int64
  /// The resource's own address below `/api`, when it was just created.
  package var location: String?

  package init(json: [UInt8], version: Int64, location: String? = nil) {
    self.json = json
    self.version = version
    self.location = location
  }
}

/// What `If-Match` asks of a resource (RFC 9110, section 13.1.1).
package enum VersionCondition: Sendable, Equatable {
  /// No condition, or `*`.
  case any
  /// One of these versions.
  case oneOf([Int64])

  /// The versions for a statement's parameter; nil when every version will do.
  package var versions: [Int64]? {
    switch self {
    case .any: nil
    case .oneOf(let versions): versions
    }
  }
}

/// One write: who makes it, what stands in its body, and under which conditions it holds.
package struct Change: Sendable {
  package let caller: Caller
  package let body: JSON
  package let condition: VersionCondition
  package let idempotency: Idempotency?

  package init(caller: Caller, body: JSON, condition: VersionCondition, idempotency: Idempotency?) {
    self.caller = caller
    self.body = body
    self.condition = condition
    self.idempotency = idempotency
  }
}

/// A client's `Idempotency-Key` with a digest of the request that it was sent with.
package struct Idempotency: Sendable {
  package let key: String
  /// SHA-256 over method, path and body.
  package let digest: [UInt8]

  package init(key: String, digest: [UInt8]) {
    self.key = key
    self.digest = digest
  }
}

/// The part of a list that is asked for.
package struct ListPage: Sendable, Equatable {
  /// 1 to 100 items.
  package let limit: Int
  /// The `next` of the page before; nil for the first page.
  package let after: String?

  package init(limit: Int = 50, after: String? = nil) {
    self.limit = limit
    self.after = after
  }
}
