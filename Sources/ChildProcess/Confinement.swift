internal import CLinux
import Glibc

/// What a process may use; it sets this for itself, before it touches what a stranger sent.
package struct Confinement: Sendable {
  /// Address space, in bytes.
  package let memoryBytes: UInt
  /// Time of the processor, in seconds.
  package let processorSeconds: UInt
  /// The longest file that it may write.
  package let fileBytes: UInt

  package init(memoryBytes: UInt, processorSeconds: UInt, fileBytes: UInt) {
    self.memoryBytes = memoryBytes
    self.processorSeconds = processorSeconds
    self.fileBytes = fileBytes
  }

  /// Sets the limits, for good; no core is dumped, and nothing that is started from here gains rights. From now on
  /// this process ends when its parent does.
  ///
  /// - Parameter parent: who started this; nil: whoever it is.
  package func enter(parent: Int32?) throws(ChildProcessError) {
    try limit(RLIMIT_AS, memoryBytes)
    try limit(RLIMIT_CPU, processorSeconds)
    try limit(RLIMIT_FSIZE, fileBytes)
    try limit(RLIMIT_CORE, 0)
    guard linux_confine() == 0 else { throw ChildProcessError("prctl", errno) }
    // It may have ended before we asked to be told.
    guard parent == nil || getppid() == parent else { throw ChildProcessError("getppid", ESRCH) }
  }

  /// From now on no file and no socket can be opened; what is open stays so.
  package static func closeTheDoor() throws(ChildProcessError) {
    try limit(RLIMIT_NOFILE, 0)
  }

  private func limit(_ resource: __rlimit_resource, _ value: UInt) throws(ChildProcessError) {
    try Self.limit(resource, value)
  }

  private static func limit(_ resource: __rlimit_resource, _ value: UInt) throws(ChildProcessError) {
    var limit = rlimit(rlim_cur: value, rlim_max: value)
    let result = unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    guard result == 0 else { throw ChildProcessError("setrlimit", errno) }
  }
}
