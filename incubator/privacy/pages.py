"""What the privacy page says: the register in plain words, cookies, and who gets something."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.privacy.queries_register import number_of
from incubator.privacy.register import PURPOSES, of
from incubator.privacy.register_terms import How, Kept


@dataclass(frozen=True)
class Line:
    """One kind of thing that is kept: how long, on what ground, and what becomes of it when somebody is erased."""

    what: str
    words: str
    basis: str
    erased: str
    reason: str


@dataclass(frozen=True)
class Section:
    """Everything that is kept for one purpose."""

    key: str
    title: str
    why: str
    lines: tuple[Line, ...]

    @property
    def grounds(self) -> list[str]:
        return list(dict.fromkeys(line.basis for line in self.lines))


@dataclass(frozen=True)
class Cookie:
    name: str
    words: Any
    lasts: Any


COOKIES = (
    Cookie("session", _l("Recognises you from page to page once you have signed in, and protects a form while you "
                         "fill it in."), _l("Until you sign out, 30 days at most; for a form until you close the "
                                            "browser.")),
    Cookie("language", _l("Remembers the language that you chose, nothing else."), _l("One year.")),
    Cookie("board_device", _l("Lets you take back your own cards on the board of a workshop."), _l("Three days.")),
)


def sections(years: dict[str, int]) -> list[Section]:
    """Return the register as it is told to everybody, in the language spoken now."""
    return [
        Section(purpose.key, str(purpose.title), str(purpose.why), tuple(_lines(of(purpose), years)))
        for purpose in PURPOSES
    ]


def _lines(kept: list[Kept], years: dict[str, int]) -> list[Line]:
    """Tell each kind of thing once, however many tables hold it."""
    told = {str(entry.what): entry for entry in reversed(kept)}
    return [_line(told[what], years) for what in dict.fromkeys(str(entry.what) for entry in kept)]


def _line(entry: Kept, years: dict[str, int]) -> Line:
    reason = str(entry.erased.reason) if entry.erased.how is How.KEEP else ""
    return Line(str(entry.what), entry.keeps.words(number_of(entry.keeps, years)), str(entry.basis.label),
                str(entry.erased.how.label), reason)


RECIPIENTS = {
    "SMTP_URL": _l("Our mail provider carries letters to you; it sees your address and the letter."),
    "VAPID_KEY": _l("If you follow on a device, the push service of your browser's maker carries the message. It may "
                    "be outside the European Union; the message is encrypted, so that only your device can read it."),
    "CITY_IBAN": _l("The city's bank gets name and account of an organisation when money is paid out."),
    "MT_URL": _l("A machine translation service gets texts of projects that are to be translated, without names of "
                 "people; a person reads what comes back."),
    "OIDC_ISSUER": _l("Staff of the city can sign in with the city's own sign-in: it learns that and when."),
}


def recipients(config: Mapping[str, Any]) -> list[str]:
    """Name who gets something from us: only those that are really asked to carry anything."""
    return [str(words) for setting, words in RECIPIENTS.items() if config.get(setting)]
