"""The demo city talks before it proposes: what its story tells is what the room then knows."""

import sqlalchemy as sa

from incubator.demo import operations as demo
from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.demo.talk import Talk
from incubator.dialogue import queries
from incubator.dialogue.models import WorkshopState
from incubator.foundation import clock
from incubator.foundation.database import db, fingerprint
from incubator.wording.models import Translation

ENDS = {"I09": "merged", "I10": "parked", "I11": "referred", "I12": "declined"}


def _lived():
    calendar, city, rounds = Calendar(), City(), {}
    demo._open(calendar, city, rounds, 2025)
    demo._open(calendar, city, rounds, 2026)
    calendar.live()
    calendar = Calendar()
    told = Talk(city, lambda: rounds[2026], calendar)
    told.happen()
    calendar.live()
    clock.set(demo.TODAY)
    return told


def test_the_demo_city_talks_before_it_proposes_in_three_languages(app):
    talk = _lived()
    assert len(queries.findings()) == 6
    assert all("fiktiv" in each.source and each.is_fictional for each in queries.findings())
    held = [each for each in queries.workshops() if each.state is WorkshopState.HELD]
    assert [f"{each.starts_at:%m-%d}" for each in reversed(held)] == ["01-24", "02-07", "02-21", "02-28"]
    assert all(each.participants >= 5 and each.summary for each in held)
    assert [each.starts_at > clock.now() for each in queries.workshops()].count(True) == 1
    answered = {key: idea.state.value for key, idea in talk.ideas.items() if idea.ended_at is not None}
    assert answered == ENDS
    assert len(talk.ideas) == 12
    assert talk.ideas["I09"].merged_into_id == talk.ideas["I12"].id
    _is_translated(talk)


def _is_translated(talk):
    rows = db.session.scalars(sa.select(Translation).where(Translation.owner_type == "idea")).all()
    titles = {row.language for row in rows if row.owner_id == talk.ideas["I01"].id and row.field == "title"}
    assert titles == {"de", "en", "tr", "ru", "uk", "fa"}
    named = ("title", "text", "reason")
    originals = {(idea.id, field): getattr(idea, field) for idea in talk.ideas.values() for field in named}
    assert all(row.source_hash == fingerprint(originals[row.owner_id, row.field]) for row in rows)
    for idea in talk.ideas.values():
        texts = {row.language for row in rows if row.owner_id == idea.id and row.field == "text"}
        assert texts | {idea.language} == {"de", "en", "ar"}
