"""Bank data: kept encrypted, opened only where it is needed, shown masked. The keys come from the operator."""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

from incubator.payments import rules_bank

HEX = re.compile(r"[0-9a-f]{64}")


class NoBankKey(RuntimeError):
    """No usable key is set, or the data was encrypted with another one."""


@dataclass(frozen=True)
class BankData:
    """Where money goes; what it holds is left out of its written form, so that no log can hold it."""

    holder: str = field(repr=False)
    iban: str = field(repr=False)
    bic: str = field(default="", repr=False)

    @property
    def masked(self) -> str:
        return rules_bank.masked(self.iban)


def _key(text: str) -> Fernet:
    """Take a Fernet key, or the 64 hexadecimal digits that the first start writes."""
    raw = base64.urlsafe_b64encode(bytes.fromhex(text)) if HEX.fullmatch(text) else text.encode()
    return Fernet(raw)


def _box() -> MultiFernet:
    """Return what encrypts with the first key and opens with any of them, so that keys can be changed."""
    try:
        keys = [_key(each.strip()) for each in (current_app.config["BANK_KEY"] or "").split(",") if each.strip()]
    except ValueError:
        raise NoBankKey("BANK_KEY holds something that is no key") from None
    if not keys:
        raise NoBankKey("no BANK_KEY is set")
    return MultiFernet(keys)


def is_set_up() -> bool:
    try:
        _box()
    except NoBankKey:
        return False
    return True


def close(data: BankData) -> bytes:
    """Encrypt with the first key."""
    content = {"holder": data.holder, "iban": data.iban, "bic": data.bic}
    return _box().encrypt(json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def open_(secret: bytes) -> BankData:
    """Decrypt; `NoBankKey` where none of the keys fits."""
    try:
        content: dict[str, Any] = json.loads(_box().decrypt(bytes(secret)))
    except InvalidToken:
        raise NoBankKey("none of the keys opens this account") from None
    return BankData(content["holder"], content["iban"], content["bic"])


def masked(account: Any) -> str:
    """Return what may be shown of a kept account; its country only where a key opens it."""
    try:
        return open_(account.secret).masked
    except NoBankKey:
        return rules_bank.mask("••", account.iban_end)


def turn(secret: bytes) -> bytes:
    """Encrypt anew with the first key what an older key encrypted."""
    try:
        return _box().rotate(bytes(secret))
    except InvalidToken:
        raise NoBankKey("none of the keys opens this account") from None


def city_account() -> BankData | None:
    """Return the account from which the city pays, None where the operator has not set a valid one."""
    config = current_app.config
    iban = rules_bank.without_spaces(config["CITY_IBAN"])
    bic = rules_bank.without_spaces(config["CITY_BIC"])
    if not rules_bank.is_iban(iban) or not config["CITY_ACCOUNT_HOLDER"] or (bic and not rules_bank.is_bic(bic)):
        return None
    return BankData(config["CITY_ACCOUNT_HOLDER"], iban, bic)
