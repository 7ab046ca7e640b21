import Bucket

/// The pages that a site says "not found" with: its own, and those of the same name in its folders.
enum NotFoundPage {
  /// How deep folders with a page of their own may lie; a long path shall not cost many looks.
  private static let depth = 8

  /// Whether a file is such a page: it is shown with status 404 only, and has no address of its own.
  static func isOne(_ path: String, _ manifest: Manifest) -> Bool {
    guard let name = name(manifest) else { return false }
    return path == manifest.notFoundPath || path.hasSuffix(name)
  }

  /// The page of the nearest folder above a path that has one, else the site's.
  ///
  /// - Parameter path: nil when what was asked for is no path at all.
  static func nearest(_ path: String?, _ manifest: Manifest) -> Manifest.File? {
    guard let own = manifest.notFoundPath, let name = name(manifest) else { return nil }
    var folders = (path ?? "/").split(separator: "/", maxSplits: depth + 1, omittingEmptySubsequences: false)
    // The first is empty, the last is what is not there.
    folders = Array(folders.dropFirst().dropLast().prefix(depth))
    while !folders.isEmpty {
      if let file = manifest.files["/\(folders.joined(separator: "/"))\(name)"] { return file }
      folders.removeLast()
    }
    return manifest.files[own]
  }

  /// With the slash before it.
  private static func name(_ manifest: Manifest) -> Substring? {
    guard let path = manifest.notFoundPath, let slash = path.lastIndex(of: "/") else { return nil }
    return path[slash...]
  }
}
