/// A job that is run at each multiple of an interval, by one of all processes.
package struct PeriodicJob: Sendable {
  /// Its kind, and what makes it unique.
  package let name: String
  package let everySeconds: Int
  package let handler: JobHandler

  package init(name: String, everySeconds: Int, handler: @escaping JobHandler) {
    self.name = name
    self.everySeconds = everySeconds
    self.handler = handler
  }
}
