import Glibc

/// What can go wrong on the volume. That something is not there is no error but nil.
package enum BucketError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No room: the disk or a quota is used up.
  case full
  /// The volume takes no writes.
  case readOnly
  /// A system call failed; `operation` names the call and the path within the volume.
  case io(errno: Int32, operation: String)
  /// A manifest of so many bytes is longer than readers take.
  case manifestTooLarge(sizeBytes: Int)
  /// A file doesn't hold what it should; the text names it and what is wrong.
  case corrupt(String)

  /// Sorts the error of a system call.
  init(errno code: Int32, _ operation: String) {
    self =
      switch code {
      case ENOSPC, EDQUOT: .full
      case EROFS: .readOnly
      default: .io(errno: code, operation: operation)
      }
  }

  package var description: String {
    switch self {
    case .full: "the volume is full"
    case .readOnly: "the volume is read-only"
    case .io(let code, let operation): "\(operation): \(unsafe String(cString: strerror(code)))"
    case .manifestTooLarge(let size): "a manifest of \(size) bytes is more than \(BucketLayout.largestManifest)"
    case .corrupt(let what): what
    }
  }
}
