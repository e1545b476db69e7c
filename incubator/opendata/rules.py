"""What holds for editions: when one is due, which licences we know, what takes older ones back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from incubator.foundation import clock

NIGHT = time(3)
ALL, ROUND = "all", "round-"  # how subjects begin in addresses
LATEST = "latest"
# what makes words that were public private again, or replaces them: until a new edition is made none is given out
TAKES_BACK = (
    "address.erased", "idea.changed", "idea.moved", "idea.taken_back", "person.erased", "update.corrected",
    "update.withdrawn",
)
OWN_WORDS = frozenset({"ideas", "updates"})  # tables whose old words are not public once there are new ones


@dataclass(frozen=True)
class Licence:
    """A licence: by which key a setting names it, how GovData does, how people do, and where it is written."""

    key: str
    uri: str
    name: str
    url: str
    short: str
    names_us: bool = True


LICENCES = {each.key: each for each in (
    Licence("dl-de/by-2-0", "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
            "Datenlizenz Deutschland – Namensnennung – Version 2.0", "https://www.govdata.de/dl-de/by-2-0",
            "DL-DE-BY-2.0"),
    Licence("dl-de/zero-2-0", "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
            "Datenlizenz Deutschland – Zero – Version 2.0", "https://www.govdata.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0",
            False),
    Licence("cc-by-4.0", "http://dcat-ap.de/def/licenses/cc-by/4.0", "Creative Commons Namensnennung 4.0",
            "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
    Licence("cc-zero", "http://dcat-ap.de/def/licenses/cc-zero", "Creative Commons Zero 1.0",
            "https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0", False),
)}


def subject_of(slug: str | None) -> str:
    """Return what names an edition of a round, or of everything, in addresses."""
    return ALL if slug is None else f"{ROUND}{slug}"


def is_due(looked_at: datetime, now: datetime) -> bool:
    """Say whether a night has begun since it was last looked whether there is anything new."""
    local = now.astimezone(clock.CITY)
    night = datetime.combine(local.date(), NIGHT, clock.CITY)
    return looked_at < (night if night <= local else night - timedelta(days=1))


def takes_back(changes: dict[str, list[int]]) -> bool:
    """Say whether what changed takes older editions away: something is public no longer, or has other words now."""
    return any(
        removed or (changed and name in OWN_WORDS) for name, (_added, changed, removed) in changes.items()
    )
