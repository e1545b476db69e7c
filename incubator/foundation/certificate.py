"""Until when the certificate of an address holds, as whoever opens it sees it."""

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

PATIENCE = 5.0


@dataclass(frozen=True)
class Certificate:
    """The last moment of one that browsers take; `refused` says in the words of OpenSSL why they would not."""

    until: datetime | None
    refused: str = ""


def certificate_of(address: str) -> Certificate | None:
    """Ask the server behind an address; None where none is needed, or nobody answers: that is another trouble."""
    place = urlsplit(address)
    if place.scheme != "https" or not place.hostname:
        return None
    try:
        with (
            socket.create_connection((place.hostname, place.port or 443), PATIENCE) as line,
            ssl.create_default_context().wrap_socket(line, server_hostname=place.hostname) as talk,
        ):
            until = str((talk.getpeercert() or {}).get("notAfter"))
            return Certificate(datetime.fromtimestamp(ssl.cert_time_to_seconds(until), UTC))
    except ssl.SSLCertVerificationError as refusal:
        return Certificate(None, refusal.verify_message)
    except (OSError, ValueError):
        return None
