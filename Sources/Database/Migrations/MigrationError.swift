/// Why the schema could not be brought up to date, or is not what the program expects.
package enum MigrationError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadable(path: String)
  case badName(String)
  case gap(expected: Int, found: String)
  /// An applied file was edited afterwards.
  case changed(number: Int, name: String)
  /// The database has a migration that the folder has not: the program is older than its schema.
  case unknown(number: Int, name: String)
  /// The file ends the transaction it runs in.
  case endsTransaction(number: Int, name: String)
  case failed(number: Int, name: String, DatabaseError)
  case database(DatabaseError)

  package var description: String {
    switch self {
    case .unreadable(let path): "cannot read \(path)"
    case .badName(let name): "\(name): a migration is named NNNN_name.sql"
    case .gap(let expected, let found): "\(found): the next number is \(expected)"
    case .changed(let number, let name):
      "migration \(number) (\(name)) was changed after it was applied; write a new one instead"
    case .unknown(let number, let name): "the database has migration \(number) (\(name)), which this version has not"
    case .endsTransaction(let number, let name): "migration \(number) (\(name)) must not commit or roll back itself"
    case .failed(let number, let name, let error): "migration \(number) (\(name)) failed: \(error)"
    case .database(let error): "\(error)"
    }
  }
}
