"""Small secrets at rest: encrypted with keys derived from the program's own secret, another one for each purpose."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class Unreadable(RuntimeError):
    """None of the program's keys opens this: it was changed, or encrypted with a key that is gone."""


def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"incubator {purpose}".encode()).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _box(purpose: str) -> MultiFernet:
    """Return what encrypts with today's key and opens with any before it, so that the key can be changed."""
    config = current_app.config
    secrets = (config["SECRET_KEY"], *(config["SECRET_KEY_FALLBACKS"] or ()))
    return MultiFernet([_key(each, purpose) for each in secrets])


def close(purpose: str, text: str) -> str:
    return _box(purpose).encrypt(text.encode()).decode()


def open_(purpose: str, closed: str) -> str:
    try:
        return _box(purpose).decrypt(closed.encode()).decode()
    except InvalidToken:
        raise Unreadable(purpose) from None
