extension BucketWriter {
  /// Whether the volume answers at all. That there is room is known only by writing.
  package var isUsable: Bool {
    do {
      _ = try volume.identity(BucketLayout.sites)
      return true
    } catch {
      return false
    }
  }
}
