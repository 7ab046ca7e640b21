<?php
// What `GET /api/session` does, as a PHP program would: cookie, session from Redis, expiry, answer.
require __DIR__ . '/shared.php';

[$session, $standing] = identify();
$now = microtime(true);
$writes = $standing['trial_ends_at'] === null || $standing['trial_ends_at'] > $now * 1e6;
answer(json_encode([
  'user' => ['id' => $standing['user'], 'email' => $standing['email'], 'locale' => $standing['language']],
  'customer' => ['id' => $standing['customer'], 'name' => $standing['name'], 'role' => $standing['role']],
  'entitlements' => [
    'plan' => $standing['plan'], 'status' => $standing['status'],
    'trial_ends_at' => rfc3339($standing['trial_ends_at']), 'write' => $writes, 'publish' => $writes,
    'sites' => $standing['limits'][0], 'pages' => $standing['limits'][1],
    'links' => $standing['limits'][2], 'versions' => $standing['limits'][3],
  ],
  'session' => [
    'id' => $session['id'], 'created_at' => rfc3339($session['created_at']),
    'expires_at' => rfc3339($session['created_at'] + ABSOLUTE_SECONDS * 1000000),
  ],
], JSON_UNESCAPED_SLASHES));
