"""What must hold about findings, workshops and ideas; nothing here reads the database."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from incubator.dialogue.models import IDEA_STEPS, Idea, IdeaState, Workshop, WorkshopState
from incubator.foundation.clock import CITY
from incubator.foundation.errors import RuleBroken

FEWEST = 5  # smaller counts could point at somebody
EARLIEST_YEAR = 1950
SPOKEN = ("de", "en", "ar", "tr", "ru", "uk", "pl", "fr", "fa")
LONGEST = {"statement": 200, "indicator": 200, "source": 300, "licence": 120, "title": 120, "place": 200}
LONGEST_WORKSHOP_TITLE = 160
NEED_REASON = frozenset({IdeaState.MERGED, IdeaState.REFERRED, IdeaState.PARKED, IdeaState.DECLINED})
WAITING = (IdeaState.SUBMITTED, IdeaState.IN_REVIEW, IdeaState.ACCEPTED_FOR_WORKSHOP)
UNANSWERED = (IdeaState.SUBMITTED, IdeaState.IN_REVIEW)
CANNOT_BE_JOINED = frozenset({IdeaState.MERGED, IdeaState.REFERRED, IdeaState.DECLINED})


def told_number(number: int) -> int | None:
    """Return how many people it were, as everybody may read it: none, five and more, or None for so few."""
    return number if number == 0 or number >= FEWEST else None


def line(text: str, field: str, sentence: Any = None, longest: int | None = None) -> str:
    """Return one clean line; an empty one is refused where `sentence` says so."""
    text = " ".join(text.split())
    if not text and sentence is not None:
        raise RuleBroken(sentence, field)
    if len(text) > (longest or LONGEST[field]):
        raise RuleBroken(_l("This text is too long."), field)
    return text


def demand_figure(count: int | None, base: int | None, pct: int | None) -> None:
    """A finding has one figure: so many of so many, or so many percent; never one that points at a few people."""
    if count is None and pct is None:
        raise RuleBroken(_l("Please write a figure: how many said so, or how many percent."), "count")
    if count is not None and pct is not None:
        raise RuleBroken(_l("Please write the number or the percentage, not both."), "pct")
    if count is not None and count < FEWEST:
        raise RuleBroken(_l("Fewer than five could point at somebody. Please leave such a small number out."), "count")
    if base is not None and base < FEWEST:
        raise RuleBroken(_l("Fewer than five could point at somebody. Please leave such a small number out."), "base")
    if count is not None:
        _demand_base(count, base)
    if pct is not None:
        _demand_share(pct, base)


def _demand_base(count: int, base: int | None) -> None:
    if base is None:
        raise RuleBroken(_l("Please write of how many: a number alone says little."), "base")
    if count > base:
        raise RuleBroken(_l("More people said so than were asked. Please look at both numbers again."), "count")


def _demand_share(pct: int, base: int | None) -> None:
    if not 0 <= pct <= 100:
        raise RuleBroken(_l("A percentage lies between 0 and 100."), "pct")
    if base is not None and pct * base < FEWEST * 100:
        raise RuleBroken(_l("Fewer than five could point at somebody. Please leave such a small number out."), "pct")


def demand_year(year: int | None, this_year: int) -> None:
    if year is None or not EARLIEST_YEAR <= year <= this_year:
        raise RuleBroken(_l("Please write the year of the finding, with four digits; it cannot lie in the future."),
                         "year")


def demand_open_round(state: str) -> None:
    if state != "open":
        raise RuleBroken(_l("This round is not open."), "round_id")


def demand_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(_l("The end must lie after the beginning."), "ends_at")


def demand_languages(languages: list[str]) -> list[str]:
    """Return the languages in the order of the list; at least one is spoken."""
    known = [code for code in SPOKEN if code in languages]
    if not known:
        raise RuleBroken(_l("Please choose at least one language."), "languages")
    return known


def demand_planned(workshop: Workshop) -> None:
    if workshop.state is not WorkshopState.PLANNED:
        now: Any = workshop.state.label
        raise RuleBroken(_l("This is no longer possible: the workshop is “%(now)s”.", now=now))


def demand_held(workshop: Workshop, now: datetime) -> None:
    """What came out can be written from the beginning of the workshop on, and be corrected later."""
    if workshop.state is WorkshopState.CANCELLED:
        demand_planned(workshop)
    if now < workshop.starts_at:
        raise RuleBroken(_l("The workshop has not begun yet."))


def demand_participants(participants: int | None) -> None:
    if participants is not None and participants < FEWEST:
        raise RuleBroken(_l("Fewer than five could point at somebody. Please leave the number empty."), "participants")


def demand_text(text: str, field: str, sentence: Any) -> str:
    if not text.strip():
        raise RuleBroken(sentence, field)
    return text.strip()


def demand_workshop_of(round_id: int, workshop: Workshop | None) -> None:
    """An idea belongs to a workshop of its own round, and to none that never took place."""
    if workshop is None:
        return
    if workshop.round_id != round_id:
        raise RuleBroken(_l("This workshop belongs to another round."), "workshop_id")
    if workshop.state is WorkshopState.CANCELLED:
        raise RuleBroken(_l("This workshop was cancelled."), "workshop_id")


def demand_step(idea: Idea, to: IdeaState, reason: str) -> None:
    """Refuse a step that the table does not have from here, and an end without a word why."""
    now: Any = idea.state.label
    if to not in IDEA_STEPS[idea.state]:
        raise RuleBroken(_l("The idea stands at “%(now)s” and cannot become “%(wanted)s” now.",
                            now=now, wanted=to.label), "to")
    if to in NEED_REASON and not reason.strip():
        raise RuleBroken(_l("Please say why: whoever gave the idea wants to know."), "reason")


def demand_not_a_project(idea: Idea) -> None:
    """An idea that became a project is answered; it is free again only when that project ends before an award."""
    if idea.state is IdeaState.PROMOTED:
        raise RuleBroken(_l("This idea has become a project already."), "to")


def demand_joined(idea: Idea, to: IdeaState, into: Idea | None) -> None:
    """Only a joined idea names another one, which lives on itself: so there are no circles."""
    if to is not IdeaState.MERGED:
        if into is not None:
            raise RuleBroken(_l("Only an idea that is joined with another one names it."), "into_id")
        return
    if into is None:
        raise RuleBroken(_l("Please choose the other idea."), "into_id")
    if into.id == idea.id:
        raise RuleBroken(_l("An idea cannot be joined with itself."), "into_id")
    if into.round_id != idea.round_id:
        raise RuleBroken(_l("Please choose an idea of the same round."), "into_id")
    if into.state in CANNOT_BE_JOINED:
        raise RuleBroken(_l("The other idea has ended itself. Please choose one that lives on."), "into_id")


def as_asked(workshop: Workshop) -> dict[str, Any]:
    """Return when and where a workshop is, as its form asks: a day of the city and two times of it."""
    starts, ends = workshop.starts_at.astimezone(CITY), workshop.ends_at.astimezone(CITY)
    names = ("kind", "title", "text", "language", "place", "district_id", "languages", "has_interpreters",
             "has_childcare", "is_step_free", "takes_signups", "places")
    until = workshop.signups_until
    return {name: getattr(workshop, name) for name in names} | {
        "signups_until": until.astimezone(CITY).date() if until else None,
        "on": starts.date(), "starts_at": starts.time(), "ends_at": ends.time(),
        "theme_ids": [theme.id for theme in workshop.themes],
    }
