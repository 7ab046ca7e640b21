import LogFiles

/// Where statistics come from.
package struct StatisticsSettings: Sendable {
  /// The folder of the finished files of the edge's log.
  package let logs: String
  /// A database of countries in MaxMind's format; without it countries are not counted.
  package let countries: String?

  package init(logs: String, countries: String?) {
    self.logs = logs
    self.countries = countries
  }

  var folder: LogFolder { LogFolder(path: logs) }
}
