"""The stand-in as a program: `python3 -m fakes.stripe --port 4242 --plans plans.json …`, until SIGTERM."""

import argparse
import os
import signal
import threading

from .fake import StripeFake


def main() -> None:
    parser = argparse.ArgumentParser(prog="fakes.stripe", description="A stand-in of Stripe on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--plans", help="SmartPages' plans file: its prices are made")
    parser.add_argument("--key", default=os.environ.get("STRIPE_FAKE_KEY", "sk_test_standin"),
                        help="the API key; one of live mode makes live objects; or STRIPE_FAKE_KEY")
    parser.add_argument("--webhook-url", help="http on loopback")
    parser.add_argument("--webhook-host", help="the Host header of deliveries")
    parser.add_argument("--webhook-secret", default=os.environ.get("STRIPE_FAKE_WEBHOOK_SECRET", "whsec_standin"),
                        help="or STRIPE_FAKE_WEBHOOK_SECRET")
    parser.add_argument("--public-url", help="where a browser reaches the pages, if not at the port")
    parser.add_argument("--state", help="a file that keeps all from one start to the next")
    parser.add_argument("--rate-limit", type=int, default=100, help="requests a second; 0: no limit")
    given = parser.parse_args()
    fake = StripeFake(given.port, plans=given.plans, key=given.key, webhook_url=given.webhook_url,
                      webhook_host=given.webhook_host, webhook_secret=given.webhook_secret,
                      public_url=given.public_url, state=given.state, rate_limit=given.rate_limit or None)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with fake:
        print(f"Stripe stand-in on {fake.url}", flush=True)
        stopped.wait()


if __name__ == "__main__":
    main()
