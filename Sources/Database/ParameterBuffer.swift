internal import CPostgreSQL
import FoundationEssentials

/// The values of one statement in the shape that libpq takes, kept by a connection so that its storage is reused.
/// Safe: the pointers are made anew for each call, and nothing reads them outside it.
@safe struct ParameterBuffer {
  private var bytes: [UInt8] = []
  /// Where in `bytes` each value starts; -1 for NULL.
  private var offsets: [Int] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var pointers: [UnsafePointer<CChar>?] = unsafe []
  private(set) var types: [UInt32] = []

  /// Takes the values of `sql` in place of those before.
  mutating func encode(_ sql: SQL) {
    bytes.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    types.removeAll(keepingCapacity: true)
    for bind in sql.binds { append(bind.value) }
  }

  /// Calls `body` with libpq's parallel arrays; they are valid only within it.
  mutating func withPointers<Result>(
    _ body: (
      _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
      _ formats: UnsafePointer<Int32>?
    ) -> Result
  ) -> Result {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe pointers.removeAll(keepingCapacity: true)
      for offset in offsets {
        unsafe pointers.append(
          offset < 0 ? nil : bytes.baseAddress.map { unsafe ($0 + offset).assumingMemoryBound(to: CChar.self) })
      }
      return unsafe pointers.withUnsafeBufferPointer { pointers in
        unsafe lengths.withUnsafeBufferPointer { lengths in
          unsafe formats.withUnsafeBufferPointer { formats in
            unsafe body(Int32(pointers.count), pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
          }
        }
      }
    }
  }

  private mutating func append(_ value: SQLValue) {
    types.append(value.type.rawValue)
    if case .null = value {
      offsets.append(-1)
      lengths.append(0)
      formats.append(0)
      return
    }
    let start = bytes.count
    let isText = appendBytes(value)
    offsets.append(start)
    lengths.append(Int32(clamping: bytes.count - start))
    formats.append(isText ? 0 : 1)
    // libpq reads values in text form up to a NUL, and every value must have an address.
    bytes.append(0)
  }

  /// Returns whether the value stands in its text form.
  private mutating func appendBytes(_ value: SQLValue) -> Bool {
    switch value {
    case .text(let text):
      bytes.append(contentsOf: text.utf8)
      return true
    case .json(let json):
      bytes.append(contentsOf: json)
      return true
    case .int64(let number): append(bigEndian: number)
    case .bool(let flag): bytes.append(flag ? 1 : 0)
    case .double(let number): append(bigEndian: number.bitPattern)
    case .uuid(let uuid): append(uuid)
    case .bytes(let content): bytes.append(contentsOf: content)
    case .timestamp(let moment): append(bigEndian: moment.microseconds - PostgresEpoch.microseconds)
    case .textArray(let elements):
      appendArrayHeader(count: elements.count, elementType: 25)
      for element in elements {
        append(bigEndian: Int32(element.utf8.count))
        bytes.append(contentsOf: element.utf8)
      }
    case .uuidArray(let elements):
      appendArrayHeader(count: elements.count, elementType: SQLType.uuid.rawValue)
      for element in elements {
        append(bigEndian: Int32(16))
        append(element)
      }
    case .int64Array(let elements):
      appendArrayHeader(count: elements.count, elementType: SQLType.int8.rawValue)
      for element in elements {
        append(bigEndian: Int32(8))
        append(bigEndian: element)
      }
    case .null: break
    }
    return false
  }

  /// The header of `array_recv` (PostgreSQL source, arrayfuncs.c): dimensions, no NULLs, element type, size, first index.
  private mutating func appendArrayHeader(count: Int, elementType: UInt32) {
    append(bigEndian: Int32(count == 0 ? 0 : 1))
    append(bigEndian: Int32(0))
    append(bigEndian: elementType)
    guard count > 0 else { return }
    append(bigEndian: Int32(count))
    append(bigEndian: Int32(1))
  }

  private mutating func append(_ uuid: UUID) {
    var octets = uuid.uuid
    unsafe withUnsafeBytes(of: &octets) { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func append<Number: FixedWidthInteger>(bigEndian number: Number) {
    var number = number.bigEndian
    unsafe withUnsafeBytes(of: &number) { unsafe bytes.append(contentsOf: $0) }
  }
}

/// PostgreSQL counts time from 2000-01-01.
enum PostgresEpoch {
  static let microseconds: Int64 = 946_684_800_000_000
}
