/// All files of one published state of a site.
package struct RenderedSite: Sendable, Equatable {
  /// In the order in which they were made; paths are unique.
  package let files: [RenderedFile]
  /// Pictures, whose content is on the volume already.
  package let media: [Medium]
  /// Addresses that lead to others; none of them is a file.
  package let redirects: [Redirect]
  /// What is below `/l/`.
  package let shortLinks: [ShortLink]
  /// The file to answer unknown addresses with, with status 404.
  package let notFoundPath: String
  /// The policy to send with every file.
  package let contentSecurityPolicy: String

  /// A file that was stored before, under the hash of its content.
  package struct Medium: Sendable, Equatable {
    /// Holds a part of the hash, so that a copy may be used for good.
    package let path: String
    /// 64 hexadecimal digits.
    package let blob: String
    /// Bytes.
    package let size: Int
    package let mediaType: String
  }

  /// An address that stands for another one.
  package struct Redirect: Sendable, Equatable {
    package let from: String
    package let to: String
    package let status: Int
  }
}

/// One file of a site.
package struct RenderedFile: Sendable, Equatable {
  /// How long a copy may be used without asking.
  package enum Caching: Sendable, Equatable {
    /// To be checked on each use: the address may get other content.
    case revalidate
    /// For good: the address holds the hash of the content.
    case immutable
  }

  /// The path of its address, from the root: `/`, `/about/`, `/robots.txt`.
  package let path: String
  /// The value of `Content-Type`.
  package let mediaType: String
  package let bytes: [UInt8]
  package let caching: Caching
}
