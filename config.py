"""All settings, read once from the environment; the only file that looks at it."""

import os
from pathlib import Path

ROOT = Path(__file__).parent


class MissingSecret(RuntimeError):
    """No secret key was given outside demo mode."""


def _secret(instance: Path) -> str | None:
    """Take the key from where it was put, else from the file that `make run` wrote beside the database."""
    own = instance / "secret_key"
    if path := os.environ.get("SECRET_KEY_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get("SECRET_KEY") or (own.read_text().strip() if own.exists() else None)


def _record_key(instance: Path) -> str | None:
    """Take the key that signs checkpoints of the journal; without one none are made."""
    own = instance / "record_key"
    if path := os.environ.get("RECORD_KEY_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get("RECORD_KEY") or (own.read_text().strip() if own.exists() else None)


def _bank_key(instance: Path) -> str | None:
    """Take the keys that encrypt bank data, separated by commas: the first encrypts, each of them opens."""
    own = instance / "bank_key"
    if path := os.environ.get("BANK_KEY_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get("BANK_KEY") or (own.read_text().strip() if own.exists() else None)


DEMO_ACCOUNT = {"IBAN": "DE93999999990000000001", "BIC": "DEMODE00XXX", "ACCOUNT_HOLDER": "Stadt (Demo, erfunden)"}


def _city_account() -> dict[str, str]:
    """Return the account that pays; only the demo city has one that nobody set, and no bank knows it."""
    demo = DEMO_ACCOUNT if os.environ.get("DEMO", "") == "1" else {}
    return {f"CITY_{part}": os.environ.get(f"CITY_{part}", demo.get(part, "")) for part in DEMO_ACCOUNT}


OPERATOR = ("name", "address", "represented_by", "phone", "data_protection_mail", "supervision")


def settings() -> dict[str, object]:
    """Return Flask's configuration; paths are absolute, addresses end without a slash."""
    instance = Path(os.environ.get("INCUBATOR_INSTANCE", ROOT / "instance")).resolve()
    base_url = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return {
        "INSTANCE": instance,
        "SECRET_KEY": _secret(instance),
        "RECORD_KEY": _record_key(instance),
        "BANK_KEY": _bank_key(instance),
        **_city_account(),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL", f"sqlite:///{instance / 'incubator.db'}"),
        "REDIS_URL": os.environ.get("REDIS_URL", ""),
        "SMTP_URL": os.environ.get("SMTP_URL", ""),
        "MAIL_FROM": os.environ.get("MAIL_FROM", "incubator@example.org"),
        "DEMO": os.environ.get("DEMO", "") == "1",
        "BASE_URL": base_url,
        "SITE_NAME": os.environ.get("SITE_NAME", "Gestalte Deine Stadt"),
        "CITY_NAME": os.environ.get("CITY_NAME", "Osnabrück"),
        "OPERATOR": {part: os.environ.get(f"OPERATOR_{part.upper()}", "") for part in OPERATOR},
        "TRUSTED_HOSTS": [host for host in os.environ.get("TRUSTED_HOSTS", "").split(",") if host] or None,
        "PROXIES": int(os.environ.get("PROXIES", "0")),
        "MAX_CONTENT_LENGTH": 48 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "incubator" / "translations"),
    }
