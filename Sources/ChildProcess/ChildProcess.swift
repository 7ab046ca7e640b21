internal import CLinux
import Glibc

/// A program that is run for one piece of work, with no environment, no files of ours but the two that it is given, and
/// an end that comes in time.
package enum ChildProcess {
  /// How a child ended.
  package enum Outcome: Sendable, Equatable {
    case exited(Int32)
    /// Ended by this signal, of the system or of itself.
    case signalled(Int32)
    /// Killed by us, as its time was over; it had used so much of a processor's time.
    case timedOut(processorMilliseconds: Int)
  }

  /// Runs a program and waits for its end.
  ///
  /// - Parameters:
  ///   - program: its path.
  ///   - input: its standard input; another one's content may be read from descriptor 3 on.
  ///   - output: its standard output.
  ///   - errors: its standard error; nil: what it says there is dropped.
  ///   - milliseconds: after which it is killed.
  ///   - heartbeat: called every few seconds meanwhile; false has it killed at once.
  package static func run(
    _ program: String, _ arguments: [String] = [], input: MemoryFile, further: [MemoryFile] = [], output: MemoryFile,
    errors: MemoryFile? = nil, milliseconds: Int, heartbeat: () -> Bool = { true }
  ) throws(ChildProcessError) -> Outcome {
    let process = try spawn(program, arguments, [input, output] + further, errors)
    let descriptor = linux_process_descriptor(process)
    guard descriptor >= 0 else {
      let code = errno
      kill(process, SIGKILL)
      _ = try reap(process)
      throw ChildProcessError("pidfd_open", code)
    }
    defer { close(descriptor) }
    guard wait(descriptor, milliseconds, heartbeat) else {
      kill(process, SIGKILL)
      return .timedOut(processorMilliseconds: try reap(process).processorMilliseconds)
    }
    return try reap(process).outcome
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ files: [MemoryFile], _ errors: MemoryFile?
  ) throws(ChildProcessError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (index, file) in files.enumerated() {
      // 0, 1, and from 3 on: 2 is standard error. Our own descriptors are far above, and duplicates stay open.
      unsafe posix_spawn_file_actions_adddup2(&actions, file.descriptor, Int32(index < 2 ? index : index + 1))
    }
    if let errors {
      unsafe posix_spawn_file_actions_adddup2(&actions, errors.descriptor, 2)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    unsafe linux_close_from(&actions, Int32(files.count + 1))

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var environment: [UnsafeMutablePointer<CChar>?] = unsafe [nil]
    let code = unsafe posix_spawn(&process, program, &actions, &attributes, &words, &environment)
    guard code == 0 else { throw ChildProcessError("posix_spawn \(program)", code) }
    return process
  }

  /// Whether it ended in time.
  private static func wait(_ descriptor: Int32, _ milliseconds: Int, _ heartbeat: () -> Bool) -> Bool {
    let end = now() + milliseconds
    while true {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = end - now()
      let count = unsafe Glibc.poll(&poll, 1, Int32(min(max(0, left), beatMilliseconds)))
      if count > 0 { return true }
      if left <= 0 || !heartbeat() { return false }
    }
  }

  private static let beatMilliseconds = 2000

  private static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private static func reap(
    _ process: pid_t
  ) throws(ChildProcessError) -> (outcome: Outcome, processorMilliseconds: Int) {
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw ChildProcessError("wait4", errno) }
    }
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    // As WIFEXITED and WEXITSTATUS have it, which are macros.
    let signal = status & 0x7F
    return (
      signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal), Int(seconds) * 1000 + Int(microseconds) / 1000
    )
  }
}
