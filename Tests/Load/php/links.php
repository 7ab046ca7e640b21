<?php
// What `GET /api/sites/{site}/links` does, as a PHP program would: session, then ten links from PostgreSQL as JSON.
require __DIR__ . '/shared.php';

[$session, $standing] = identify();
$database = database();
$rows = query($database, 'links', <<<'SQL'
  SELECT l.id, l.site_id, l.title, l.url, l.group_name AS "group", l.hidden,
    customer.rfc3339(l.visible_from) AS "from", customer.rfc3339(l.visible_until) AS "until",
    l.position, l.version, customer.rfc3339(l.created_at) AS created_at, customer.rfc3339(l.updated_at) AS updated_at
  FROM customer.sites s LEFT JOIN customer.links l ON l.site_id = s.id AND l.position > $3
  WHERE s.id = $1 AND s.customer_id = $2
  ORDER BY l.position LIMIT 51
  SQL, [$_SERVER['BENCH_SITE'], $standing['customer'], -1]);
if (!$rows) refuse(404);
foreach ($rows as &$row) {
  $row['hidden'] = $row['hidden'] === 't';
  $row['position'] = (int) $row['position'];
  $row['version'] = (int) $row['version'];
}
answer(json_encode(['items' => array_slice($rows, 0, 50), 'next' => null], JSON_UNESCAPED_SLASHES));
