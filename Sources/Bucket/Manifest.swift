/// One published version of a site: which paths there are, and what stands behind each.
package struct Manifest: Sendable, Equatable {
  /// How long an answer may be kept by others.
  package enum CacheClass: String, Sendable {
    /// For ever: its path changes with its content.
    case immutable
    /// Only after asking whether it is still the same.
    case revalidate
  }

  package struct File: Sendable, Equatable {
    package let blob: BlobID
    /// Bytes, unencoded.
    package let size: Int
    /// Bytes of the encoded form; nil if there is none.
    package let brotliSize: Int?
    package let gzipSize: Int?
    package let mediaType: String
    package let cache: CacheClass
    /// Seconds since 1970.
    package let lastModified: Int

    package init(
      blob: BlobID, size: Int, brotliSize: Int? = nil, gzipSize: Int? = nil, mediaType: String, cache: CacheClass,
      lastModified: Int
    ) {
      self.blob = blob
      self.size = size
      self.brotliSize = brotliSize
      self.gzipSize = gzipSize
      self.mediaType = mediaType
      self.cache = cache
      self.lastModified = lastModified
    }

    /// The size of a form in bytes; nil if there is none.
    package func size(_ encoding: BlobEncoding) -> Int? {
      switch encoding {
      case .identity: size
      case .brotli: brotliSize
      case .gzip: gzipSize
      }
    }
  }

  package struct Redirect: Sendable, Equatable {
    /// A URL or a path, as it goes into the Location header.
    package let location: String
    /// 301, 302, 303, 307 or 308.
    package let status: Int

    package init(location: String, status: Int) {
      self.location = location
      self.status = status
    }
  }

  /// By path, which begins with a slash and is not percent-encoded.
  package var files: [String: File]
  package var redirects: [String: Redirect]
  /// Short links, by path; unlike redirects they lead to others' sites, may be due for a while only, and are counted.
  package var links: [String: ShortLink]
  /// The path of the file shown, with status 404, where there is nothing.
  package var notFoundPath: String?
  /// The Content-Security-Policy of the version's pages.
  package var contentSecurityPolicy: String?

  package init(
    files: [String: File] = [:], redirects: [String: Redirect] = [:], links: [String: ShortLink] = [:],
    notFoundPath: String? = nil, contentSecurityPolicy: String? = nil
  ) {
    self.files = files
    self.redirects = redirects
    self.links = links
    self.notFoundPath = notFoundPath
    self.contentSecurityPolicy = contentSecurityPolicy
  }

  /// About how many bytes it takes in memory.
  var memoryBytes: Int {
    files.reduce(400) { $0 + 240 + $1.key.utf8.count + $1.value.mediaType.utf8.count }
      + redirects.reduce(0) { $0 + 120 + $1.key.utf8.count + $1.value.location.utf8.count }
      + links.reduce(0) {
        $0 + 180 + $1.key.utf8.count + $1.value.location.utf8.count + ($1.value.fallback?.utf8.count ?? 0)
      }
  }
}
