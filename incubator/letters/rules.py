"""When a day's letters are told together, which reminder is due, and the second shape of a letter to many: HTML."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from incubator.foundation import clock
from incubator.foundation.language import Language
from incubator.letters.models import Letter, LetterState

LINK = re.compile(r"https?://[^\s<>\"]+")
QUOTED = re.compile("\u2068[^\u2069]*\u2069")
STYLE = "font-family: system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif; line-height: 1.5; max-width: 40em"
METHOD = re.compile(r"^METHOD:([A-Z-]+)\s*$", re.MULTILINE)
CONFIDENTIAL = "secret:"
OUT_OF_DATE, GIVEN_UP = "out of date", "given up"
SETTLED = (OUT_OF_DATE, GIVEN_UP)  # why a letter will never leave, and nobody needs to look at it
AWAY = _l("The mail server does not answer.")
REASONS = {
    "SMTPRecipientsRefused": _l("The mail server does not take this address. Perhaps it does not exist."),
    "SMTPSenderRefused": _l("The mail server does not take letters from us."),
    "SMTPDataError": _l("The mail server does not take what the letter says."),
    "SMTPAuthenticationError": _l("The mail server does not let us in: name or password are wrong."),
    "SSLCertVerificationError": _l("The certificate of the mail server does not hold."),
    **dict.fromkeys(("ConnectionRefusedError", "ConnectionResetError", "TimeoutError", "gaierror", "OSError",
                     "SMTPConnectError", "SMTPServerDisconnected"), AWAY),
}
SOMETHING_ELSE = _l("Something else went wrong; the log says what.")
DIGEST_HOUR = time(7)
CHOOSE = _l("You choose what we write to you about, at once, once a day or never:")
ALWAYS_COMES = _l("Letters like this one always come. About other things you choose here:")


def is_there(is_active: bool, topic: str | None) -> bool:
    """Say whether somebody is told of a topic: whose account has ended gets only what everybody must get."""
    return is_active or topic is None


def is_undelivered(letter: Letter) -> bool:
    """Say whether a letter was tried in vain, and is not on its way just now."""
    if letter.state is LetterState.FAILED:
        return letter.error not in SETTLED
    return letter.state is LetterState.WAITING and letter.attempts > 0


def reason(error: str) -> Any:
    """Say in plain words why a letter did not leave, from the kind of fault that was noted."""
    return REASONS.get(error, SOMETHING_ELSE)


def digest_end(now: datetime) -> datetime:
    """Return the last seven o'clock in the city: what was written before it is told together."""
    local = now.astimezone(clock.CITY)
    day = local.date() if local.time() >= DIGEST_HOUR else local.date() - timedelta(days=1)
    return datetime.combine(day, DIGEST_HOUR, clock.CITY)


def note_of(text: str, base_url: str, project: str) -> str:
    """Return what a digest needs of a letter: the project's title, and the last link of ours, a line each."""
    links = [link for link in LINK.findall(text) if link.startswith(f"{base_url}/")]
    return f"{' '.join(project.split())}\n{links[-1] if links else ''}"


def method_of(calendar: str) -> str:
    """Return what an iCalendar object asks for: REQUEST, CANCEL; a mail must say the same outside (RFC 6047)."""
    found = METHOD.search(calendar)
    return found[1] if found else "PUBLISH"


def reached(reminder_days: Sequence[int], due_on: date, since: date, today: date) -> int | None:
    """Return the newest reminder whose day has come, in days before the due day (negative after it).

    Days up to `since`, when the waiting began, are left out: whoever was asked today is not reminded today.
    """
    come = [days for days in reminder_days if since.toordinal() < due_on.toordinal() - days <= today.toordinal()]
    return min(come, default=None)


def html_of(text: str, language: Language) -> str:
    """Write a letter's text as HTML: paragraphs with their own direction, links that can be pressed, nothing else."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    body = Markup("\n").join(
        Markup('<p dir="{}">{}</p>').format(direction(part, language), _with_links(part))
        for part in paragraphs if part
    )
    return str(Markup(
        '<!doctype html>\n<html lang="{lang}" dir="{dir}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"></head>\n'
        '<body dir="{dir}" style="{style}">\n{body}\n</body>\n</html>\n'
    ).format(lang=language.html, dir=language.dir, style=STYLE, body=body))


def direction(paragraph: str, language: Language) -> str:
    """Return how a paragraph runs: as the letters do that are neither quoted nor of a link, or as its letter does.

    Our own sentences in Arabic may begin with a name in Latin letters; what people wrote in German has no other ones.
    """
    said = LINK.sub("", QUOTED.sub("", paragraph))
    runs = [kind != "L" for kind in map(unicodedata.bidirectional, said) if kind in ("L", "R", "AL")]
    if not runs:
        return language.dir
    return "rtl" if runs[0] or (language.dir == "rtl" and any(runs)) else "ltr"


def _with_links(text: str) -> Markup:
    made, end = Markup(""), 0
    for found in LINK.finditer(text):
        made += escape(text[end:found.start()])
        made += Markup('<a href="{}" dir="ltr">{}</a>').format(found.group(), _breakable(found.group()))
        end = found.end()
    return Markup("<br>\n").join((made + escape(text[end:])).split("\n"))


def _breakable(link: str) -> Markup:
    """Let a long link go on in the next line on a phone: after a stroke, and within what has none."""
    return Markup("<wbr>").join(re.findall(r"[^/]{1,16}/*|/+", link))
