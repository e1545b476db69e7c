"""Secret links in letters to people without an account: nothing that is stored opens them."""

import base64
import hashlib
import hmac

MARK = 22  # letters of a link's secret part: 132 bits


def token(secret: str, purpose: str, number: int, salt: str) -> str:
    """Return the last part of a link: the row's number and what only we can make from it and the row's salt."""
    made = hmac.new(secret.encode(), f"{purpose} {number} {salt}".encode(), hashlib.sha256).digest()
    return f"{number}-{base64.urlsafe_b64encode(made).decode()[:MARK]}"


def number_of(given: str) -> int | None:
    """Return the row a link speaks of; whether the link is ours is another question."""
    number = given.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def fits(given: str, secret: str, purpose: str, number: int, salt: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token(secret, purpose, number, salt).encode())
