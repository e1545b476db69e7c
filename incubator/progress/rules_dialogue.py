"""How needs and workshops are told to the public; and a workshop in the words of schema.org."""

from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import WorkshopState
from incubator.foundation import clock
from incubator.progress.pages_dialogue import WorkshopPage

TONES = {"planned": "info", "held": "success", "cancelled": "danger"}
IDEA_TONES = {"promoted": "success", "accepted_for_workshop": "info", "in_review": "info", "submitted": "info"}
EVENT_STATES = {"cancelled": "EventCancelled"}
SCHEMA = "https://schema.org"


def share(count: int | None, base: int | None, pct: int | None) -> int | None:
    """Return the share in whole percent: the one that was published, or else the one counted out, halves going up."""
    if pct is not None:
        return pct
    return (count * 200 + base) // (base * 2) if count is not None and base else None


def workshop_label(state: WorkshopState, is_over: bool) -> str:
    """Name a workshop's state; one that is over and of which nothing was written down yet says so."""
    label: str = _l("The results follow") if state is WorkshopState.PLANNED and is_over else state.label
    return label


def structured(page: WorkshopPage, *, url: str, city: str) -> dict[str, Any]:
    """Return JSON-LD for search engines, made of the frozen page and nothing else; what is empty is left out."""
    card = page.card
    known = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": card.title.text,
        "description": page.text.text,
        "url": url,
        "startDate": card.starts_at.astimezone(clock.CITY).isoformat(),
        "endDate": card.ends_at.astimezone(clock.CITY).isoformat(),
        "eventStatus": f"{SCHEMA}/{EVENT_STATES.get(card.state.value, 'EventScheduled')}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "inLanguage": list(page.languages),
        "location": {"@type": "Place", "name": card.place or city, "address": ", ".join(
            [*([card.district.name] if card.district else []), city])},
        "organizer": {"@type": "GovernmentOrganization", "name": city},
    }
    return {name: value for name, value in known.items() if value}
