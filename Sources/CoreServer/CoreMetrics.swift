import Database
import FastCGI
import Jobs
import KV
import Mailer
import Telemetry

/// What Core tells Prometheus besides its requests.
enum CoreMetrics {
  static func register(
    _ metrics: Metrics, server: Server, database: Database, kv: KV, jobs: JobQueue, mailer: MailerModule
  ) {
    metrics.gauge("smartpages_workers_busy", "Workers that handle a request now.") {
      [.init("", Double(server.statistics.busyWorkers))]
    }
    metrics.gauge("smartpages_workers", "Workers in all.") { [.init("", Double(server.statistics.workers))] }
    metrics.gauge("smartpages_connections", "Connections from nginx.") {
      [.init("", Double(server.statistics.connections))]
    }
    metrics.counter("smartpages_queue_seconds_total", "Time that requests waited for a worker.") {
      [.init("", Double(server.statistics.queueMicroseconds) / 1_000_000)]
    }
    metrics.counter("smartpages_overloaded_total", "Requests refused because they had waited too long.") {
      [.init("", Double(server.statistics.overloaded))]
    }
    metrics.gauge("smartpages_dependency_up", "Whether a dependency answered when it was last used.") {
      [
        .init("dependency=\"database\"", database.statistics.isUp == false ? 0 : 1),
        .init("dependency=\"kv\"", kv.statistics().isAvailable ? 1 : 0),
      ]
    }
    metrics.gauge("smartpages_database_connections", "Connections to PostgreSQL.") {
      let pool = database.statistics
      return [
        .init("state=\"used\"", Double(pool.inUse)), .init("state=\"idle\"", Double(pool.idle)),
        .init("state=\"awaited\"", Double(pool.waiting)),
      ]
    }
    metrics.counter("smartpages_kv_cache_total", "Look-ups in the in-process cache of KV.") {
      let cache = kv.statistics()
      return [.init("result=\"hit\"", Double(cache.cacheHits)), .init("result=\"miss\"", Double(cache.cacheMisses))]
    }
    metrics.gauge("smartpages_jobs", "Jobs by state.") {
      guard let queue = try? jobs.statistics() else { return [] }
      return [
        .init("state=\"available\"", Double(queue.available)), .init("state=\"scheduled\"", Double(queue.scheduled)),
        .init("state=\"running\"", Double(queue.running)), .init("state=\"discarded\"", Double(queue.discarded)),
      ]
    }
    metrics.gauge("smartpages_jobs_oldest_seconds", "How long the oldest available job has been due.") {
      (try? jobs.statistics()).map { [.init("", $0.oldestSeconds)] } ?? []
    }
    MailMetrics.register(metrics, mailer)
  }
}
