"""The machine that translates: any server that speaks as LibreTranslate does. It gets public words only."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

PATIENCE = 10.0
LONGEST_ANSWER = 200_000
CODES = {"de-simple": "de"}


class Unanswered(Exception):
    """The machine is away, says no, or what it says is no translation."""


@dataclass(frozen=True)
class Engine:
    """Where the machine is, and the key it wants to see."""

    url: str
    key: str = ""

    def translate(self, text: str, source: str, target: str) -> str:
        """Return a text in another language; raises `Unanswered`."""
        asked = {"q": text, "source": CODES.get(source, source), "target": target, "format": "text"}
        if self.key:
            asked["api_key"] = self.key
        try:
            status, body = self._post(json.dumps(asked).encode())
            said = json.loads(body)["translatedText"] if status == http.client.OK else None
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as fault:
            raise Unanswered(type(fault).__name__) from fault
        if not isinstance(said, str) or not said.strip():
            raise Unanswered(f"status {status}")
        return said.strip()

    def _post(self, body: bytes) -> tuple[int, bytes]:
        place = urlsplit(self.url)
        kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
        line = kind(place.hostname or "", place.port, timeout=PATIENCE)
        try:
            line.request("POST", f"{place.path}/translate", body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            return answer.status, answer.read(LONGEST_ANSWER)
        finally:
            line.close()
