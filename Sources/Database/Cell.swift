import FoundationEssentials

/// A value that is not NULL, in the server's binary form (PostgreSQL source, the types' `…send` functions).
/// Safe: the bytes are read within their bounds and live as long as their owner.
@safe struct Cell {
  /// The type's object id.
  let type: UInt32
  private let bytes: UnsafeRawBufferPointer
  /// Keeps the memory behind `bytes` alive.
  private let owner: Rows.Storage

  init(type: UInt32, bytes: UnsafeRawBufferPointer, owner: Rows.Storage) {
    self.type = type
    unsafe self.bytes = unsafe bytes
    self.owner = owner
  }

  private enum ObjectID {
    static let bool: UInt32 = 16, bytea: UInt32 = 17, name: UInt32 = 19, int8: UInt32 = 20, int2: UInt32 = 21
    static let int4: UInt32 = 23, text: UInt32 = 25, json: UInt32 = 114, float4: UInt32 = 700, float8: UInt32 = 701
    static let unknown: UInt32 = 705, bpchar: UInt32 = 1042, varchar: UInt32 = 1043, timestamp: UInt32 = 1114
    static let timestamptz: UInt32 = 1184, uuid: UInt32 = 2950, jsonb: UInt32 = 3802
    /// Types made in a database begin here; those we use (enums, citext) have the form of text.
    static let firstOwn: UInt32 = 16384
  }

  /// The UTF-8 behind types whose binary form is text; `jsonb` has a version byte before it.
  private var utf8: UnsafeRawBufferPointer? {
    switch type {
    case ObjectID.text, ObjectID.varchar, ObjectID.bpchar, ObjectID.name, ObjectID.json, ObjectID.unknown:
      unsafe bytes
    case ObjectID.jsonb: unsafe UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    default: type >= ObjectID.firstOwn ? unsafe bytes : nil
    }
  }

  var asString: String? {
    guard let utf8 = unsafe utf8 else { return nil }
    return unsafe String(decoding: utf8, as: UTF8.self)
  }

  var asBytes: [UInt8]? {
    if type == ObjectID.bytea { return unsafe Array(bytes) }
    guard let utf8 = unsafe utf8 else { return nil }
    return unsafe Array(utf8)
  }

  var asInt: Int? {
    switch type {
    case ObjectID.int8: Int(load(Int64.self))
    case ObjectID.int4: Int(load(Int32.self))
    case ObjectID.int2: Int(load(Int16.self))
    default: nil
    }
  }

  var asBool: Bool? {
    type == ObjectID.bool ? load(UInt8.self) != 0 : nil
  }

  var asDouble: Double? {
    switch type {
    case ObjectID.float8: Double(bitPattern: load(UInt64.self))
    case ObjectID.float4: Double(Float(bitPattern: load(UInt32.self)))
    default: nil
    }
  }

  var asUUID: UUID? {
    guard type == ObjectID.uuid, unsafe bytes.count == 16 else { return nil }
    return uuid(at: 0)
  }

  /// Infinities, which no moment equals, come out at the ends of the range.
  var asTimestamp: Timestamp? {
    guard type == ObjectID.timestamptz || type == ObjectID.timestamp else { return nil }
    let (sum, overflow) = load(Int64.self).addingReportingOverflow(PostgresEpoch.microseconds)
    return Timestamp(microseconds: overflow ? .max : sum)
  }

  var asStrings: [String]? {
    elements(of: ObjectID.text) { range in unsafe String(decoding: bytes[range], as: UTF8.self) }
  }

  var asUUIDs: [UUID]? {
    elements(of: ObjectID.uuid) { range in uuid(at: range.lowerBound) }
  }

  var asInts: [Int]? {
    elements(of: ObjectID.int8) { range in Int(load(Int64.self, at: range.lowerBound)) }
  }

  /// The elements of a one-dimensional array without NULLs; nil for any other.
  private func elements<Element>(of elementType: UInt32, _ read: (Range<Int>) -> Element) -> [Element]? {
    guard unsafe bytes.count >= 12, load(UInt32.self, at: 8) == elementType, load(Int32.self, at: 4) == 0 else {
      return nil
    }
    let dimensions = load(Int32.self)
    guard dimensions == 1 else { return dimensions == 0 ? [] : nil }
    var offset = 20
    return (0..<load(Int32.self, at: 12)).map { _ in
      let start = offset + 4
      offset = start + Int(load(Int32.self, at: offset))
      return read(start..<offset)
    }
  }

  private func uuid(at offset: Int) -> UUID {
    UUID(uuid: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: uuid_t.self))
  }

  /// Bounds are checked by the buffer.
  private func load<Number: FixedWidthInteger & BitwiseCopyable>(_: Number.Type, at offset: Int = 0) -> Number {
    precondition(unsafe offset + MemoryLayout<Number>.size <= bytes.count, "a value shorter than its type")
    return Number(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}
