"""All objects of the account, by kind, in the order they were made."""

import random
from base64 import b64encode
from typing import Any, Callable, Iterator

KINDS = {
    "customer": "cus", "product": "prod", "price": "price", "coupon": "", "promotion_code": "promo",
    "discount": "di", "checkout.session": "cs", "billing_portal.session": "bps", "subscription": "sub",
    "invoice": "in", "invoice_payment": "inpay", "payment_intent": "pi", "setup_intent": "seti",
    "payment_method": "pm", "charge": "ch", "refund": "re", "dispute": "du", "event": "evt", "tax_id": "txi",
    "test_helpers.test_clock": "clock", "subscription_item": "si", "line_item": "il", "invoiceitem": "ii",
}
"""The prefix of each kind's ids."""


class Collection:
    def __init__(self) -> None:
        self.objects: dict[str, dict] = {}
        self._order: list[str] = []
        self._position: dict[str, int] = {}
        self._of_customer: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return len(self.objects)

    def __iter__(self) -> Iterator[dict]:
        return iter(self.objects.values())

    def add(self, object: dict) -> dict:
        id = object["id"]
        self.objects[id] = object
        self._position[id] = len(self._order)
        self._order.append(id)
        customer = object.get("customer") or object.get("_customer")
        if isinstance(customer, str):
            self._of_customer.setdefault(customer, []).append(id)
        return object

    def get(self, id: str) -> dict | None:
        return self.objects.get(id)

    def remove(self, id: str) -> None:
        """It is no longer listed; its place stays, so that cursors hold."""
        self.objects.pop(id, None)

    def of_customer(self, customer: str) -> list[dict]:
        """Oldest first."""
        return [self.objects[id] for id in self._of_customer.get(customer, ()) if id in self.objects]

    def bind(self, id: str, customer: str) -> None:
        """A customer that an object has got later."""
        self._of_customer.setdefault(customer, []).append(id)

    def page(self, limit: int, after: str | None, before: str | None, customer: str | None,
             fits: Callable[[dict], bool]) -> tuple[list[dict], bool]:
        """Newest first: up to `limit` that fit, older than `after` or newer than `before`, and whether more follow.

        Raises KeyError for a cursor that there is not.
        """
        ids = self._order if customer is None else self._of_customer.get(customer, [])
        backwards = before is None
        place = len(ids) if backwards else -1
        cursor = after if backwards else before
        if cursor is not None:
            self._position[cursor]
            # A customer's cursor may be of another customer: then its time counts.
            place = self._position[cursor] if customer is None else self._place_of(ids, cursor, backwards)
        steps = range(place - 1, -1, -1) if backwards else range(place + 1, len(ids))
        found: list[dict] = []
        for step in steps:
            object = self.objects.get(ids[step])
            if object is not None and fits(object):
                found.append(object)
                if len(found) > limit:
                    break
        more = len(found) > limit
        del found[limit:]
        return (found if backwards else found[::-1]), more

    def _place_of(self, ids: list[str], cursor: str, backwards: bool) -> int:
        position = self._position[cursor]
        for place, id in enumerate(ids):
            if self._position[id] >= position:
                return place if self._position[id] == position or backwards else place - 1
        return len(ids)


class Store:
    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)
        self._collections = {kind: Collection() for kind in KINDS}

    def __getitem__(self, kind: str) -> Collection:
        return self._collections[kind]

    def new_id(self, kind: str) -> str:
        if kind == "coupon":
            return self.letters(8)
        return f"{KINDS[kind]}_{'test_' if kind == 'checkout.session' else ''}{self.letters(24)}"

    def letters(self, count: int) -> str:
        """Large and small letters and digits, as in Stripe's ids: they differ by case too."""
        return b64encode(self._random.randbytes(count), b"Zz").decode()[:count]

    def find(self, id: str) -> dict | None:
        """An object of any kind."""
        for collection in self._collections.values():
            if (object := collection.get(id)) is not None:
                return object
        return None

    def dump(self) -> dict[str, list[dict]]:
        return {kind: list(collection) for kind, collection in self._collections.items() if len(collection)}

    def load(self, kinds: dict[str, list[dict]]) -> None:
        for kind, objects in kinds.items():
            for object in objects:
                self._collections[kind].add(object)


def plain(value: Any) -> Any:
    """A copy as the API shows it: what begins with an underscore is the stand-in's own."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items() if name[0] != "_"} if value else {}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return value


def list_object(data: list[dict], url: str, has_more: bool = False) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}
