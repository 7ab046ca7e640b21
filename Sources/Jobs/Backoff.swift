/// The pause before a failed job is tried again: 1 s, 2 s, 4 s … up to an hour, each up to a quarter more or less, so
/// that jobs which failed together do not come back together.
enum Backoff {
  static func seconds(attempt: Int) -> Double {
    let pause = Double(1 << min(max(attempt - 1, 0), 12))
    return min(pause, 3600) * Double.random(in: 0.75...1.25)
  }
}
