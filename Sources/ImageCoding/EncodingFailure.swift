/// Why nothing was made of a picture. The raw values are the encoder's exit codes.
package enum EncodingFailure: Int32, Error, Sendable, CaseIterable {
  /// Another kind than was said, or one that the library lacks.
  case unsupported = 10
  /// More pixels, or a longer side, than ``ImageLimits`` allow.
  case tooManyPixels = 11
  /// Damaged, cut off, or not what its beginning says.
  case broken = 12
  /// More time or memory than a picture may take.
  case tooCostly = 13
  /// A fault of ours: the encoder could not work at all.
  case internalFault = 14
}
