"""Makes the customers whose webhooks the benchmark sends, known to the database only, and the event that is sent, as
Stripe's stand-in tells of a subscription. Adds to SETUP what the case `webhook` needs.

Usage: customers.py SETUP FILES, with the settings of Core in the environment.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

CUSTOMERS = 1000
MAKE = f"""
WITH made AS (
  INSERT INTO customer.customers (id, name, language)
  SELECT gen_random_uuid(), 'Bench ' || number, 'en' FROM generate_series(1, {CUSTOMERS}) AS number
  RETURNING id, name
)
INSERT INTO billing.accounts (customer_id, trial_ends_at, stripe_customer)
SELECT id, now() + interval '7 days', 'cus_bench' || split_part(name, ' ', 2) FROM made
"""


def ask(url: str, key: str, path: str, body: dict | None = None) -> dict:
    """An answer of the stand-in; its control API takes JSON."""
    content = json.dumps(body).encode() if body is not None else None
    headers = {"Authorization": f"Bearer {key}", "Stripe-Version": "2026-10-28.endive",
               "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url + path, content, headers), timeout=30) as answer:
        return json.load(answer)


def main() -> None:
    setup, files = Path(sys.argv[1]), Path(sys.argv[2])
    url, key, secret = (os.environ[f"SMARTPAGES_STRIPE_{name}"] for name in ("URL", "KEY", "WEBHOOK_SECRETS"))
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", MAKE, os.environ["SMARTPAGES_DATABASE_URL"]],
                   check=True, stdin=subprocess.DEVNULL)
    # Silent, so that its own webhooks do not come.
    [one] = ask(url, key, "/_test/make_customers", {"count": 1, "price": "price_start_month"})["result"]
    event = ask(url, key, "/_test/make_event", {
        "type": "customer.subscription.updated", "object": one["subscription"], "deliver": False})["result"]
    text = json.dumps(event, indent=2, ensure_ascii=False)
    text = text.replace(event["id"], "@EVENT@").replace(one["customer"], "@CUSTOMER@")
    (files / "event.json").write_text(text)
    prepared = json.loads(setup.read_text())
    prepared |= {"event": str(files / "event.json"), "customers": CUSTOMERS, "stripe_secret": secret}
    setup.write_text(json.dumps(prepared))


main()
