internal import CMaxMindDB

/// A file that tells the country of an address, in MaxMind's format
/// (https://maxmind.github.io/MaxMind-DB/), which several providers use.
// The handle is made once, used for reading only, and freed with its owner.
@safe package final class CountryDatabase {
  private let handle: UnsafeMutablePointer<MMDB_s>

  /// Maps the file into memory. Throws when it is missing or no such database.
  package init(path: String) throws(CountryDatabaseError) {
    var status: Int32 = 0
    guard let handle = unsafe maxmind_open(path, &status) else {
      throw CountryDatabaseError(reason: unsafe String(cString: MMDB_strerror(status)))
    }
    unsafe self.handle = handle
  }

  deinit { unsafe maxmind_close(handle) }

  /// The country of an IPv4 or IPv6 address in text as two capital letters (ISO 3166-1); nil when it is not known.
  package func country(of address: String) -> String? {
    var code: (CChar, CChar) = (0, 0)
    let isKnown = unsafe withUnsafeMutableBytes(of: &code) { bytes in
      unsafe maxmind_country(handle, address, bytes.baseAddress!.assumingMemoryBound(to: CChar.self)) == 1
    }
    let letters = [UInt8(bitPattern: code.0), UInt8(bitPattern: code.1)]
    guard isKnown, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    return String(decoding: letters, as: UTF8.self)
  }
}

/// The file is no database of countries.
package struct CountryDatabaseError: Error, CustomStringConvertible {
  let reason: String

  package var description: String { reason }
}
