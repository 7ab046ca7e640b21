"""The pages that people see."""

from ..web import Answer, Request, html_answer
from .account import Account


class Pages:
    def __init__(self, account: Account) -> None:
        self._account = account

    def handle(self, request: Request) -> Answer:
        return html_answer("<!doctype html><title>Stripe stand-in</title><p>Nothing here.", 404)
