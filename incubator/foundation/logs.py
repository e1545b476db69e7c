"""What must not stand in any log: mail addresses, bank accounts, and what opens something in an address.

The records themselves are masked, whoever writes them, whoever formats them, and the errors that come with them too.
"""

import logging
import re
from collections.abc import Iterable
from typing import Any

import flask

from incubator.foundation import log_lines, request_ids

MAIL = re.compile(r"[^\s<>()\[\]\"',;:=/@]{1,64}@[^\s<>()\[\]\"',;:/@]{1,250}\.[^\W\d_]{2,}")
IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}\b")
ASKED = re.compile(r"([?&](?:code|state|token|mail|key)=)[^&\s\"']+")
PUSH = r"(https://[a-z0-9.-]*{host}/)\S+"
MASKS: list[tuple[re.Pattern[str], str]] = [(MAIL, "(mail)"), (IBAN, "(account)"), (ASKED, r"\1(…)")]
ONE_LINE = {number: repr(chr(number))[1:-1] for number in (*range(32), 127, 0x85, 0x2028, 0x2029)}  # nobody adds a line
_own: list[tuple[re.Pattern[str], str]] = []


def mask(text: str) -> str:
    """Return a text without what leads to people or opens something."""
    for pattern, instead in (*_own, *MASKS):
        text = pattern.sub(instead, text)
    return text


class MaskedRecord(logging.LogRecord):
    """A record that never says more than it may; an error that comes with it is written at once, and masked.

    `request` is the number of the request during which it was written, or which woke the work that writes it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request_ids.current()
        if self.exc_info:
            self.exc_text = mask(logging.Formatter().formatException(self.exc_info))
        if self.stack_info:
            self.stack_info = mask(self.stack_info)

    def getMessage(self) -> str:
        return mask(super().getMessage()).translate(ONE_LINE)


def _secret_paths(app: flask.Flask) -> Iterable[tuple[re.Pattern[str], str]]:
    """Find the addresses that a secret opens: whatever stands in the place of their token goes."""
    starts = {rule.rule.partition("<token>")[0] for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    if starts:
        language = re.escape("<language:language>")
        ways = "|".join(sorted(re.escape(start).replace(language, "[a-z-]+") for start in starts))
        yield re.compile(rf"({ways})[^/\s?\"']+"), r"\1(…)"
    for host in app.config["PUSH_HOSTS"]:
        yield re.compile(PUSH.format(host=re.escape(host))), r"\1(…)"


def set_up(app: flask.Flask) -> None:
    """Mask whatever this process logs from now on; called once every address is known."""
    _own[:] = _secret_paths(app)
    logging.setLogRecordFactory(MaskedRecord)
    log_lines.set_up(app)
