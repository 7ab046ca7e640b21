import CPSL

extension DomainNames {
  /// The part of a name that somebody registered: the public suffix and one label more. Names that share it belong
  /// together; others belong to different parties. Suffixes of companies (`github.io`) count as public, too, since each
  /// name below them is another customer's.
  ///
  /// By the list that is built into libpsl (https://publicsuffix.org); a suffix that it does not know counts as none.
  ///
  /// - Parameter name: as of `asciiDomain`.
  /// - Returns: nil when the name is a public suffix itself, or below none that is known.
  package static func registrableDomain(of name: String) -> String? {
    guard let list = unsafe psl_builtin(), unsafe isKnown(name, list) else { return nil }
    // What the library returns lies within the name that it was given.
    return unsafe name.withCString { name in
      unsafe psl_registrable_domain(list, name).map { unsafe String(cString: $0) }
    }
  }

  /// By the list's own rule (`*`) a top-level domain that does not stand in it is a public suffix as well; on the
  /// internet there is none such. Some stand in it only with what is below them (`*.ck`).
  private static func isKnown(_ name: String, _ list: OpaquePointer) -> Bool {
    guard let top = name.split(separator: ".").last else { return false }
    let listed = PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE
    return unsafe psl_is_public_suffix2(list, String(top), listed) == 1
      || psl_is_public_suffix2(list, "a.\(top)", listed) == 1
  }
}
