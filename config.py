"""All settings, read once from the environment and from the city's file; the only place that looks at them."""

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).parent


class Unsafe(RuntimeError):
    """With these settings real people would be in danger; the program does not start."""


class MissingSecret(Unsafe):
    """No secret key was given outside demo mode, or one that can be guessed."""


def _key(name: str, instance: Path) -> str | None:
    """Take a key from where it was put, else from the file of its name beside the database: `make run` writes some."""
    own = instance / name.lower()
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name) or (own.read_text().strip() if own.exists() else None)


def _address(name: str, default: str = "") -> str:
    """Take an address that may hold a password, from the environment or from the file named there."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def _second_factor() -> str:
    """Say who must prove twice who they are: staff, all, or nobody ("off"), which the demo city begins with."""
    said = os.environ.get("SECOND_FACTOR") or ("off" if os.environ.get("DEMO", "") == "1" else "staff")
    if said not in ("staff", "all", "off"):
        raise Unsafe("SECOND_FACTOR is staff, all or off.")
    return said


def _one_of(name: str, *allowed: str) -> str:
    """Take a word of a list, the first where nothing was said."""
    said = os.environ.get(name) or allowed[0]
    if said not in allowed:
        raise Unsafe(f"{name} is {', '.join(allowed[:-1])} or {allowed[-1]}.")
    return said


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
SHORTEST_KEY = 32
AREA = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/03404000"
OPERATOR = ("name", "address", "represented_by", "phone", "data_protection_mail", "supervision")


def _city(instance: Path) -> dict[str, Any]:
    """Return what `flask city init` keeps beside the database: its name, programme, colour and operator."""
    file = instance / "city" / "city.toml"
    return tomllib.loads(file.read_text("utf-8-sig")) if file.exists() else {}


def _accessibility(city: dict[str, Any]) -> dict[str, Any]:
    """Return what the city says about accessibility; whom people turn to in the end is always named."""
    said = city.get("accessibility", {})
    return said | {"conciliation": CONCILIATION | said.get("conciliation", {})}


OWN_NAMES = ("127.0.0.1", "localhost")  # by which the machine asks itself whether it lives


def is_inside(host: str) -> bool:
    """Say whether only this machine or this house's network can mean a host name."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test"))
    return address.is_private or address.is_loopback


def _trusted(base_url: str, demo: bool) -> list[str] | None:
    """Return the host names we answer to: those that were set, else the one people reach us by and the machine's own.

    The demo city answers to every name, unless some were set: it protects nothing.
    """
    given = [host.strip() for host in os.environ.get("TRUSTED_HOSTS", "").split(",") if host.strip()]
    host = urlsplit(base_url).hostname
    return given or (None if demo or not host else list(dict.fromkeys((host, *OWN_NAMES))))


def demand_safe(known: dict[str, Any]) -> None:
    """Refuse, each in one sentence, settings with which real people's accounts would be open to others."""
    if not known["SECRET_KEY"]:
        raise MissingSecret("Set SECRET_KEY or SECRET_KEY_FILE: sign-ins are signed with it.")
    if len(known["SECRET_KEY"]) < SHORTEST_KEY:
        raise MissingSecret(f"SECRET_KEY is too short: take {SHORTEST_KEY} characters or more, `openssl rand -hex 32`.")
    address = urlsplit(known["BASE_URL"])
    if address.scheme not in ("http", "https") or not address.hostname:
        raise Unsafe("BASE_URL must be how people reach this site, such as https://incubator.example.org.")
    if address.scheme == "http" and not is_inside(address.hostname):
        raise Unsafe("BASE_URL begins with http:// on a public host name: passwords would cross the net in the clear. "
                     "Set up https:// first.")
    directory = [known[name] for name in ("OIDC_ISSUER", "OIDC_CLIENT", "OIDC_SECRET")]
    if any(directory) and not all(directory):
        raise Unsafe("Set OIDC_ISSUER, OIDC_CLIENT and OIDC_SECRET (or OIDC_SECRET_FILE) together, or none of them.")
    _demand_safe_files(known.get("FILES_URL", ""))
    issuer = urlsplit(known["OIDC_ISSUER"])
    if known["OIDC_ISSUER"] and issuer.scheme != "https" and issuer.hostname not in OWN_NAMES:
        raise Unsafe("OIDC_ISSUER must begin with https://: who signs in is told by what comes from there.")
    _demand_safe_helpers(known.get("CLAMAV", ""), known.get("PASSWORD_LIST", ""))
    if known.get("TEST_PEERS_CA") and not is_inside(address.hostname):
        raise Unsafe("TEST_PEERS_CA is for tests: with it, addresses from outside can lead to this machine itself.")
    if 0 < len(known.get("METRICS_TOKEN", "")) < SHORTEST_KEY:
        raise Unsafe(f"METRICS_TOKEN is too short: take {SHORTEST_KEY} characters or more, `openssl rand -hex 32`.")


def _demand_safe_files(url: str) -> None:
    if not url:
        return
    address = urlsplit(url)
    endpoint = urlsplit(parse_qs(address.query).get("endpoint", ["https://"])[0])
    if address.scheme != "s3" or not address.netloc:
        raise Unsafe("FILES_URL must be such as s3://bucket/folder?endpoint=https://storage.example.org.")
    if endpoint.scheme != "https" and not is_inside(endpoint.hostname or ""):
        raise Unsafe("The endpoint in FILES_URL must begin with https://: receipts would cross the net in the clear.")


def _demand_safe_helpers(scanner: str, passwords: str) -> None:
    if scanner and not scanner.startswith("/") and not scanner.rpartition(":")[2].isdecimal():
        raise Unsafe("CLAMAV must be such as 127.0.0.1:3310 or /run/clamav/clamd.ctl.")
    if passwords and not (Path(passwords).is_file() and Path(passwords).stat().st_size):
        raise Unsafe("PASSWORD_LIST must name a file with passwords, or their SHA-1 hashes in order, one in each line.")


def settings() -> dict[str, object]:
    """Return Flask's configuration; paths are absolute, addresses end without a slash."""
    instance = Path(os.environ.get("INCUBATOR_INSTANCE", ROOT / "instance")).resolve()
    city = _city(instance)
    operator = city.get("operator", {})
    base_url = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    demo, is_secure = os.environ.get("DEMO", "") == "1", base_url.startswith("https://")
    return {
        "INSTANCE": instance,
        "SECRET_KEY": _key("SECRET_KEY", instance),
        "SECRET_KEY_FALLBACKS": [key for key in (_key("SECRET_KEY_FALLBACKS", instance) or "").split(",") if key],
        "SECOND_FACTOR": _second_factor(),
        "RECORD_KEY": _key("RECORD_KEY", instance),  # signs checkpoints of the journal; without one none are made
        "BANK_KEY": _key("BANK_KEY", instance),  # several with commas: the first encrypts, each of them opens
        "VAPID_KEY": _key("VAPID_KEY", instance),  # says to push services who we are (RFC 8292); without one no push
        "PUSH_HOSTS": [host for host in os.environ.get("PUSH_HOSTS", ",".join(PUSH_HOSTS)).split(",") if host],
        **_city_account(),
        "SQLALCHEMY_DATABASE_URI": _address("DATABASE_URL", f"sqlite:///{instance / 'incubator.db'}"),
        "READ_DATABASE_URL": _address("READ_DATABASE_URL"),  # a replica, from which strangers read public pages
        "REDIS_URL": _address("REDIS_URL"),
        "FILES_URL": os.environ.get("FILES_URL", ""),  # s3://bucket/folder?endpoint=https://…; else the folder
        "AWS_ACCESS_KEY_ID": _key("AWS_ACCESS_KEY_ID", instance),
        "AWS_SECRET_ACCESS_KEY": _key("AWS_SECRET_ACCESS_KEY", instance),
        "SMTP_URL": _address("SMTP_URL"),
        "MAIL_FROM": os.environ.get("MAIL_FROM", "incubator@example.org"),
        "MT_URL": os.environ.get("MT_URL", "").rstrip("/"),  # a LibreTranslate server; without one none is asked
        "MT_KEY": _key("MT_KEY", instance) or "",
        "OIDC_ISSUER": os.environ.get("OIDC_ISSUER", ""),  # the city's own sign-in; off without one
        "OIDC_CLIENT": os.environ.get("OIDC_CLIENT", ""),
        "OIDC_SECRET": _key("OIDC_SECRET", instance) or "",
        "OIDC_NAME": os.environ.get("OIDC_NAME", ""),  # what people call it, for the button
        "OIDC_PROOFS": [each for each in os.environ.get("OIDC_PROOFS", "mfa").split(",") if each],
        "CLAMAV": os.environ.get("CLAMAV", ""),  # host:port or the path of its socket; looks at every file people send
        "PASSWORD_LIST": os.environ.get("PASSWORD_LIST", ""),  # a file with more passwords that nobody may take
        "FEDIVERSE": _one_of("FEDIVERSE", "on", "off"),  # can projects be followed from Mastodon; needs https
        "TEST_PEERS_CA": os.environ.get("TEST_PEERS_CA", ""),  # for tests: lets this machine be a server elsewhere
        "DEMO": demo,
        "BASE_URL": base_url,
        "OPENDATA_LICENCE": _one_of("OPENDATA_LICENCE", "dl-de/by-2-0", "dl-de/zero-2-0", "cc-by-4.0", "cc-zero"),
        "OPENDATA_KEEP": int(os.environ.get("OPENDATA_KEEP", "30")),  # older editions that can still be read
        "OPENDATA_CONTRIBUTOR": os.environ.get("OPENDATA_CONTRIBUTOR", ""),  # the address GovData gave the publisher
        "OPENDATA_AREA": os.environ.get("OPENDATA_AREA", AREA),  # the city in the list of political areas
        "GIVING_PREFIX": os.environ.get("GIVING_PREFIX", ""),  # of 360Giving; without one made of the host name
        "SITE_NAME": os.environ.get("SITE_NAME", city.get("programme", "Gestalte Deine Stadt")),
        "CITY_NAME": os.environ.get("CITY_NAME", city.get("name", "Osnabrück")),
        "OPERATOR": {part: os.environ.get(f"OPERATOR_{part.upper()}", operator.get(part, "")) for part in OPERATOR},
        "ACCESSIBILITY": _accessibility(city),
        "SIGN_LANGUAGE": city.get("sign_language", []),  # the pages of which a video lies in `city/sign`
        "CITY_COLOUR": city.get("colour", ""),
        "CITY_HAS_LOGO": bool(city.get("logo")),
        "TRUSTED_HOSTS": _trusted(base_url, demo),
        "STOPPING_FILE": os.environ.get("STOPPING_FILE", ""),  # is there while the web server is about to end
        "DRAIN_SECONDS": float(os.environ.get("DRAIN_SECONDS", "0")),  # between not being ready any more and the end
        "PROXIES": int(os.environ.get("PROXIES", "0")),
        "PAGE_CACHE_MB": float(os.environ.get("PAGE_CACHE_MB", "32")),  # memory for public pages; 0 keeps none
        # seconds between two looks whether something has changed; a proxy that keeps pages adds its own second
        "PAGE_CACHE_SECONDS": float(os.environ.get("PAGE_CACHE_SECONDS", "0.9")),
        "LOG_FORMAT": _one_of("LOG_FORMAT", "words", "json"),
        "LOG_REQUESTS": _one_of("LOG_REQUESTS", "slow", "all", "off"),
        "METRICS_TOKEN": _key("METRICS_TOKEN", instance) or "",  # opens /metrics from elsewhere
        "OTLP_ENDPOINT": os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/"),  # where traces go; none without
        "MAX_CONTENT_LENGTH": 48 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "API_READS_PER_MINUTE": int(os.environ.get("API_READS_PER_MINUTE", "300")),  # of one network; 0 counts nothing
        "API_WRITES_PER_MINUTE": int(os.environ.get("API_WRITES_PER_MINUTE", "60")),  # with one key
        "FORM_SECONDS": 2,  # nobody fills in a form that anybody can send faster than that
        # `__Host-`: browsers take it over https only, for this very host and all of it, from nobody else
        "SESSION_COOKIE_NAME": "__Host-session" if is_secure else "session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_secure,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # where a form comes from is looked at for every request, see foundation/origin
        "BABEL_DEFAULT_LOCALE": "de",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Berlin",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "incubator" / "translations"),
    }
