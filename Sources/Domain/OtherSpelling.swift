import Bucket

/// Ways to write a page's address that are not the one under which it is published. They lead there, so that each page
/// has one address only; as they lead to files alone, and files come first, none of them can lead in a circle.
enum OtherSpelling {
  /// The path of the file that is meant; nil when none is.
  static func file(_ path: String, _ manifest: Manifest) -> String? {
    let spellings = spellings(of: path)
    if let found = spellings.first(where: { isFile($0, manifest) }) { return found }
    // Telephones begin what is typed with a capital, and people write names as they please.
    let small = path.lowercased()
    return small == path ? nil : ([small] + self.spellings(of: small)).first { isFile($0, manifest) }
  }

  /// With a slash or without, with the ending of a file, or as the file that servers of files would look for.
  private static func spellings(of path: String) -> [String] {
    for index in ["/index.html", "/index.htm"] where path.hasSuffix(index) {
      return [String(path.dropLast(index.utf8.count - 1))]
    }
    if path.hasSuffix("/") { return path == "/" ? [] : [String(path.dropLast())] }
    for ending in [".html", ".htm"] where path.hasSuffix(ending) {
      let name = path.dropLast(ending.utf8.count)
      return name.hasSuffix("/") ? [] : ["\(name)/", String(name)]
    }
    return ["\(path)/"]
  }

  private static func isFile(_ path: String, _ manifest: Manifest) -> Bool {
    manifest.files[path] != nil && !NotFoundPage.isOne(path, manifest)
  }
}
