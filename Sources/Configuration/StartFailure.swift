import Glibc

/// A start that failed: said in one line on standard error, for whoever reads the terminal or the journal.
package enum StartFailure {
  package static func end(_ program: String, _ error: any Error) -> Never {
    let line = Array("\(program): \(error)\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
  }
}
