"""Runs the stand-in: python3 -m fakes.resend --port 8025 --folder mail --key re_… (PYTHONPATH=Tests/Support)."""

import argparse
import os
import signal
import sys
import threading

from ..delivery import QUICK_RETRIES
from . import ResendFake

# Quick at first, then as Resend itself does: a person who restarts the receiver loses no event.
RETRIES = (*QUICK_RETRIES, 30.0, 60.0, 300.0, 1800.0, 7200.0)


def main() -> int:
    values = arguments()
    try:
        fake = ResendFake(
            key=values.key, sending_key=values.sending_key, folder=values.folder, port=values.port,
            webhook_url=values.webhook_url, webhook_host=values.webhook_host, webhook_secret=values.webhook_secret,
            domains=values.domain, rate=values.rate, daily=values.daily, monthly=values.monthly,
            automatic=not values.no_events, retries=RETRIES)
        ended = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ended.set())
        fake.start()
    except (OSError, ValueError) as error:
        print(f"resend stand-in: {error}", file=sys.stderr)
        return 1
    print(f"Resend stand-in at {fake.url}", flush=True)
    ended.wait()
    fake.stop()
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fakes.resend", description="A stand-in for Resend, on 127.0.0.1.")
    parser.add_argument("--port", type=int, required=True, help="0: any free one")
    parser.add_argument("--folder", help="where each mail becomes a JSON file (without: only in memory)")
    parser.add_argument("--key", default=os.environ.get("RESEND_FAKE_KEY"), help="the API key; or RESEND_FAKE_KEY")
    parser.add_argument("--sending-key", help="a further key that may only send")
    parser.add_argument("--webhook-url", help="http on loopback; without it events are told to nobody")
    parser.add_argument("--webhook-host", help="the Host header of webhooks")
    parser.add_argument("--webhook-secret", default=os.environ.get("RESEND_FAKE_WEBHOOK_SECRET"),
                        help="whsec_<base64>; or RESEND_FAKE_WEBHOOK_SECRET")
    parser.add_argument("--domain", action="append", help="a verified domain of senders, repeatable (default: all)")
    parser.add_argument("--rate", type=int, default=1000, help="requests a second (default: 1000)")
    parser.add_argument("--daily", type=int, help="mails a day (default: any number)")
    parser.add_argument("--monthly", type=int, help="mails a month (default: any number)")
    parser.add_argument("--no-events", action="store_true", help="mails have no events by themselves")
    values = parser.parse_args()
    if not values.key:
        parser.error("--key is needed")
    return values


sys.exit(main())
