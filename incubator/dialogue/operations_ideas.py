"""Write down somebody's idea, and say what becomes of it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm.attributes import flag_modified

from incubator.dialogue import operations_similar, queries, rules, rules_ideas
from incubator.dialogue.models import Idea, IdeaState, Workshop
from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.journal import record
from incubator.media import operations as media
from incubator.programme.models import Round
from incubator.wording import operations as wording

FIELDS = ("title", "text", "language", "theme_id", "district_id", "workshop_id", "is_public")


def give_idea(
    round: Round, by, *, title: str, language: str, evidence_ids: Iterable[int] = (), is_public: bool = False,
    is_fictional: bool = False, **fields: Any,
) -> Idea:
    """Write down an idea for whoever gave it. It is public only with their consent, and never says whose it is."""
    rules.demand_open_round(round.state.value)
    idea = Idea(round=round, state=IdeaState.SUBMITTED, given_at=clock.now(), entered_by_id=getattr(by, "id", None),
                is_fictional=is_fictional)
    with db.session.no_autoflush:
        idea.round_id = round.id
        _write(idea, {"title": title, "language": language, "is_public": is_public} | fields)
        idea.evidence = list(queries.findings_among(evidence_ids))
        db.session.add(idea)
    record("idea.given", by, idea, round=round.id, workshop=idea.workshop_id, is_public=idea.is_public)
    operations_similar.index(idea)
    return idea


def change_idea(
    idea: Idea, by, version: int | None = None, *, evidence_ids: Iterable[int] | None = None, **fields: Any
) -> Idea:
    """Correct what is given, also the consent: taken back, the idea disappears from the public pages at once."""
    hold(idea)
    seen(idea, version, {field: getattr(idea, field) for field in FIELDS} | {
        "evidence_ids": [each.id for each in idea.evidence]})
    with db.session.no_autoflush, wording.reworded("idea", idea, "title", "text", "language", hides=True):
        _write(idea, fields)
        if evidence_ids is not None:
            idea.evidence = list(queries.findings_among(evidence_ids))
    operations_similar.index(idea)
    if idea.photo is not None and not idea.is_public:
        media.hide(idea.photo, by)
    flag_modified(idea, "title")  # the row's version also tells of findings, which stand in a table of their own
    record("idea.changed", by, idea, is_public=idea.is_public)
    return idea


def _write(idea: Idea, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"ideas have no {', '.join(sorted(unknown))}")
    rules_ideas.demand_consent(idea, fields.get("is_public", False))
    for name, value in fields.items():
        setattr(idea, name, value)
    idea.may_be_public = idea.may_be_public or idea.is_public
    idea.title = rules.line(idea.title, "title", _l("Give the idea a title."))
    workshop = db.session.get_one(Workshop, idea.workshop_id) if idea.workshop_id is not None else None
    rules.demand_workshop_of(idea.round_id, workshop)


def move_idea(idea: Idea, to: IdeaState, by, *, reason: str = "", into: Idea | None = None) -> None:
    """Take an idea one step of the table `IDEA_STEPS`; the only place where its state changes.

    `reason` is written in the language of the round, and everybody reads it where the idea is public.
    """
    to = IdeaState(to)
    for each in sorted({idea, *([into] if into else [])}, key=lambda each: each.id):  # always in one order
        hold(each)
    rules.demand_not_a_project(idea)
    rules.demand_step(idea, to, reason)
    rules.demand_joined(idea, to, into)
    _step(idea, to, by, reason, into)


def step_back(idea: Idea, by) -> None:
    """Set an idea free again, because the project that grew from it ended before any award."""
    hold(idea)
    if rules_ideas.may_step_back(idea):
        _step(idea, IdeaState.ACCEPTED_FOR_WORKSHOP, by, "", None)


def _step(idea: Idea, to: IdeaState, by, reason: str, into: Idea | None) -> None:
    before = idea.state
    with wording.reworded("idea", idea, "reason", hides=True):
        idea.state, idea.reason = to, reason.strip()
        idea.merged_into_id = into.id if into is not None else None
    is_over = to not in rules.WAITING
    idea.ended_at = clock.now() if is_over else None
    record("idea.moved", by, idea, **{"from": before, "to": to}, **({"into": into.id} if into else {}))
