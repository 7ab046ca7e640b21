import ChildProcess
internal import Glibc

/// Gets certificates from an authority by ACME (RFC 8555), through uacme: a process for each piece of work.
///
/// `home` holds the account's key and, below `hosts/`, a folder for each host; in it, in the client's own layout, what
/// the newest attempt has got. After a crash it is found there. Challenges are answered by the web server
/// alone, from the account's thumbprint.
package struct ACMEClient: Sendable {
  private let settings: ACMESettings

  package init(_ settings: ACMESettings) {
    self.settings = settings
  }

  private var keyPath: String { "\(settings.home)/private/key.pem" }

  /// The account's thumbprint; nil while it has no key.
  package var thumbprint: String? {
    FolderFiles.read(keyPath).flatMap { ECKey(pem: $0) }?.thumbprint
  }

  /// Makes the account's key if need be, and tells the authority of it; one that is known already stays as it is.
  package func register() throws {
    try prepareHome()
    let binding = settings.binding.map { ["-e", $0] } ?? []
    let email = settings.email.map { [$0] } ?? []
    if !binding.isEmpty, thumbprint != nil {
      // The binding is a secret, and arguments can be seen by others: an account that is there needs none.
      do {
        return try run(settings.home, ["update"] + email, heartbeat: { true })
      } catch let failure as ACMEFailure where failure.kind == .account {
        // There is none for this key yet.
      }
    }
    do {
      try run(settings.home, binding + ["new"] + email, heartbeat: { true })
    } catch let failure as ACMEFailure where failure.description.contains("already exists") {
      return  // "Account already exists at …", as uacme says it of a known key
    }
    guard thumbprint != nil else { throw ACMEFailure(.client, "the client made no key of P-256 at \(keyPath)") }
  }

  /// A host's key and certificate, if there is one that is good until `after` (seconds since 1970) at least.
  package func staged(_ host: String, until after: Int64) -> KeyAndCertificate? {
    attempts(in: folder(host)).compactMap { material(host, in: $0, until: after) }
      .max { $0.facts.notAfter < $1.facts.notAfter }
  }

  private func attempts(in folder: String) -> [String] {
    FolderFiles.names(folder).map { "\(folder)/\($0)" }
  }

  private func material(_ host: String, in folder: String, until after: Int64) -> KeyAndCertificate? {
    guard let key = FolderFiles.read("\(folder)/private/\(host)/key.pem"),
      let chain = FolderFiles.read("\(folder)/\(host)/cert.pem"),
      let material = KeyAndCertificate(host: host, key: key, chain: chain), material.facts.notAfter > after
    else { return nil }
    return material
  }

  /// Gets a new certificate with a new key.
  ///
  /// - Parameter heartbeat: called every few seconds; false ends the client.
  /// - Throws: ``ACMEFailure``.
  package func issue(_ host: String, heartbeat: () -> Bool) throws -> KeyAndCertificate {
    guard thumbprint != nil else {
      throw ACMEFailure(.account, "there is no account: run `smartpages domains account`")
    }
    try prepareHome()
    let attempt = try makeAttempt(host)
    // "-o": it need not ask whether a certificate was revoked that is not there.
    let arguments = ["-o", "-h", "\(settings.home)/hook", "issue", host]
    do {
      try run(attempt, arguments, heartbeat: heartbeat)
    } catch let failure as ACMEFailure where failure.kind == .account {
      // An authority that has forgotten us: the same key makes the same thumbprint.
      try register()
      try run(attempt, arguments, heartbeat: heartbeat)
    }
    guard let material = material(host, in: attempt, until: 0) else {
      throw ACMEFailure(.client, "what the client left does not fit: \(attempt)")
    }
    return material
  }

  /// A folder of its own for each attempt, in place of those before: a client that outlived the process which started
  /// it finds its own gone, and does not write into this one.
  private func makeAttempt(_ host: String) throws(ACMEFileError) -> String {
    FolderFiles.removeTree(folder(host))
    let attempt = "\(folder(host))/\(Self.newName)"
    for path in [folder(host), attempt, "\(attempt)/private"] { try FolderFiles.makeFolder(path) }
    _ = unsafe symlink("../../../../private/key.pem", "\(attempt)/private/key.pem")
    return attempt
  }

  /// Puts a host's key and certificate where `revokeSetAside` finds them; at once, and for good.
  package func setAside(_ host: String) {
    _ = unsafe mkdir("\(settings.home)/revoked", 0o700)
    _ = unsafe rename(folder(host), "\(settings.home)/revoked/\(host)~\(Self.newName)")
  }

  /// Revokes what was set aside, and forgets it.
  ///
  /// - Parameter heartbeat: called every few seconds; false ends the client.
  /// - Throws: ``ACMEFailure`` when the authority does not take it now; what is left is there the next time.
  package func revokeSetAside(heartbeat: () -> Bool) throws {
    for name in FolderFiles.names("\(settings.home)/revoked") {
      let folder = "\(settings.home)/revoked/\(name)"
      let host = String(name.prefix { $0 != "~" })
      for attempt in attempts(in: folder) where material(host, in: attempt, until: Self.now) != nil {
        do {
          // 5: cessation of operation (RFC 5280, section 5.3.1).
          try run(attempt, ["-r", "5", "revoke", "\(attempt)/\(host)/cert.pem"], heartbeat: heartbeat)
        } catch let failure as ACMEFailure where failure.kind == .client || failure.kind == .account {
          // Revoked before, or issued by an authority that is not asked any more: nothing is left to do.
        }
      }
      FolderFiles.removeTree(folder)
    }
  }

  private static var newName: String { String(UInt64.random(in: .min ... .max), radix: 16) }

  private static var now: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
  }

  private func folder(_ host: String) -> String {
    precondition(!host.contains("/") && !host.hasPrefix("."), "a host's name")
    return "\(settings.home)/hosts/\(host)"
  }

  private func prepareHome() throws(ACMEFileError) {
    for name in ["", "/private", "/hosts"] { try FolderFiles.makeFolder(settings.home + name) }
    // Says yes to the one kind of challenge that the web server answers, without doing anything.
    let hook = "#!/bin/sh\n# The web server answers all challenges of this kind by itself.\n[ \"$2\" = http-01 ]\n"
    if FolderFiles.read("\(settings.home)/hook") != hook {
      try FolderFiles.replace(settings.home, "hook", hook, mode: 0o700)
    }
  }

  /// Runs the client on a folder of its layout.
  private func run(_ folder: String, _ arguments: [String], heartbeat: () -> Bool) throws {
    let errors = try MemoryFile()
    let outcome = try ChildProcess.run(
      settings.client, ["-c", folder, "-a", settings.directory, "-t", "EC", "-y"] + arguments, input: MemoryFile(),
      output: MemoryFile(), errors: errors, milliseconds: settings.milliseconds, heartbeat: heartbeat)
    let message = try errors.read(limit: 64 << 10).map { String(decoding: $0, as: UTF8.self) } ?? ""
    switch outcome {
    case .exited(0): return
    case .exited: throw ACMEFailure(message: message)
    case .timedOut: throw ACMEFailure(.away, "the client took too long: \(message.suffix(200))")
    case .signalled(let signal): throw ACMEFailure(.client, "the client was ended by signal \(signal)")
    }
  }
}
