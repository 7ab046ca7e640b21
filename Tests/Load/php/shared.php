<?php
// The connections that PHP-FPM keeps from one request to the next, and the session.

const IDLE_SECONDS = 12 * 3600 + 300;
const ABSOLUTE_SECONDS = 30 * 86400;

function refuse(int $status): never {
  http_response_code($status);
  exit;
}

function answer(string $json): void {
  header('Content-Type: application/json');
  header('Cache-Control: no-store');
  header('X-Request-Id: ' . ($_SERVER['REQUEST_ID'] ?? ''));
  header('Content-Length: ' . strlen($json));
  echo $json;
}

function rfc3339(?int $microseconds): ?string {
  if ($microseconds === null) return null;
  return gmdate('Y-m-d\TH:i:s', intdiv($microseconds, 1000000)) . sprintf('.%03dZ', $microseconds % 1000000 / 1000);
}

function database(): PgSql\Connection {
  return pg_pconnect($_SERVER['BENCH_DATABASE']);
}

// Prepared once on each kept connection.
function query(PgSql\Connection $database, string $name, string $sql, array $values): array {
  $result = @pg_execute($database, $name, $values);
  if ($result === false) {
    pg_prepare($database, $name, $sql);
    $result = pg_execute($database, $name, $values);
  }
  return pg_fetch_all($result);
}

// The session of the request's cookie and its user's standing: [session, standing].
function identify(): array {
  $cookie = $_COOKIE['session'] ?? '';
  if (strlen($cookie) !== 43) refuse(401);
  $redis = new Redis();
  $redis->pconnect($_SERVER['BENCH_REDIS']);
  $record = $redis->get('session:' . hash('sha256', $cookie));
  if ($record === false) refuse(401);
  [$id, $user, $epoch, $created, $seen, , $customer] = explode("\n", $record, 8);
  $now = microtime(true);
  if ($now > $created / 1e6 + ABSOLUTE_SECONDS || $now > $seen / 1e6 + IDLE_SECONDS) refuse(401);
  $standing = $redis->get("php-standing:$user:$customer");
  if ($standing === false) {
    // Kept for a minute, as Core does; made from Core's own entry.
    $standing = $redis->get("standing:$user:$customer");
    if ($standing === false) refuse(503);
    $redis->setex("php-standing:$user:$customer", 3600, $standing);
  }
  $known = json_decode($standing, true);
  // Whom the person acts for, and what may be done there.
  $standing = $known + $known['membership'] + $known['entitlements'];
  if ((int) $epoch !== $standing['epoch']) refuse(401);
  return [['id' => $id, 'created_at' => (int) $created], $standing];
}
