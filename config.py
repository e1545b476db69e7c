"""All settings, read once from the environment and from the city's file; the only place that looks at them."""

import os
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


class MissingSecret(RuntimeError):
    """No secret key was given outside demo mode."""


def _key(name: str, instance: Path) -> str | None:
    """Take a key from where it was put, else from the file of its name beside the database: `make run` writes some."""
    own = instance / name.lower()
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name) or (own.read_text().strip() if own.exists() else None)


PUSH_HOSTS = (
    "fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com",
)

DEMO_ACCOUNT = {"IBAN": "DE93999999990000000001", "BIC": "DEMODE00XXX", "ACCOUNT_HOLDER": "Stadt (Demo, erfunden)"}


def _city_account() -> dict[str, str]:
    """Return the account that pays; only the demo city has one that nobody set, and no bank knows it."""
    demo = DEMO_ACCOUNT if os.environ.get("DEMO", "") == "1" else {}
    return {f"CITY_{part}": os.environ.get(f"CITY_{part}", demo.get(part, "")) for part in DEMO_ACCOUNT}


CONCILIATION = {  # of Lower Saxony; a city elsewhere names its own
    "name": "Schlichtungsstelle nach § 9d NBGG bei der Landesbeauftragten für Menschen mit Behinderungen",
    "address": "Hannah-Arendt-Platz 2, 30159 Hannover",
    "phone": "0511 120-4010",
    "mail": "schlichtungsstelle@ms.niedersachsen.de",
    "link": "",
}
OPERATOR = ("name", "address", "represented_by", "phone", "data_protection_mail", "supervision")


def _city(instance: Path) -> dict[str, Any]:
    """Return what `flask city init` keeps beside the database: its name, programme, colour and operator."""
    file = instance / "city" / "city.toml"
    return tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}


def _accessibility(city: dict[str, Any]) -> dict[str, Any]:
    """Return what the city says about accessibility; whom people turn to in the end is always named."""
    said = city.get("accessibility", {})
    return said | {"conciliation": CONCILIATION | said.get("conciliation", {})}


def settings() -> dict[str, object]:
    """Return Flask's configuration; paths are absolute, addresses end without a slash."""
    instance = Path(os.environ.get("INCUBATOR_INSTANCE", ROOT / "instance")).resolve()
    city = _city(instance)
    operator = city.get("operator", {})
    base_url = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    return {
        "INSTANCE": instance,
        "SECRET_KEY": _key("SECRET_KEY", instance),
        "RECORD_KEY": _key("RECORD_KEY", instance),  # signs checkpoints of the journal; without one none are made
        "BANK_KEY": _key("BANK_KEY", instance),  # several with commas: the first encrypts, each of them opens
        "VAPID_KEY": _key("VAPID_KEY", instance),  # says to push services who we are (RFC 8292); without one no push
        "PUSH_HOSTS": [host for host in os.environ.get("PUSH_HOSTS", ",".join(PUSH_HOSTS)).split(",") if host],
        **_city_account(),
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL", f"sqlite:///{instance / 'incubator.db'}"),
        "REDIS_URL": os.environ.get("REDIS_URL", ""),
        "SMTP_URL": os.environ.get("SMTP_URL", ""),
        "MAIL_FROM": os.environ.get("MAIL_FROM", "incubator@example.org"),
        "MT_URL": os.environ.get("MT_URL", "").rstrip("/"),  # a LibreTranslate server; without one none is asked
        "MT_KEY": _key("MT_KEY", instance) or "",
        "DEMO": os.environ.get("DEMO", "") == "1",
        "BASE_URL": base_url,
        "SITE_NAME": os.environ.get("SITE_NAME", city.get("programme", "Gestalte Deine Stadt")),
        "CITY_NAME": os.environ.get("CITY_NAME", city.get("name", "Osnabrück")),
        "OPERATOR": {part: os.environ.get(f"OPERATOR_{part.upper()}", operator.get(part, "")) for part in OPERATOR},
        "ACCESSIBILITY": _accessibility(city),
        "SIGN_LANGUAGE": city.get("sign_language", []),  # the pages of which a video lies in `city/sign`
        "CITY_COLOUR": city.get("colour", ""),
        "CITY_HAS_LOGO": bool(city.get("logo")),
        "TRUSTED_HOSTS": [host for host in os.environ.get("TRUSTED_HOSTS", "").split(",") if host] or None,
        "PROXIES": int(os.environ.get("PROXIES", "0")),
        "MAX_CONTENT_LENGTH": 48 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "FORM_SECONDS": 2,  # nobody fills in a form that anybody can send faster than that
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "incubator" / "translations"),
    }
