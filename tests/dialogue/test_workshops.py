"""Workshops are announced, changed, called off, and summed up for everybody."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations, queries
from incubator.dialogue.models import WorkshopKind, WorkshopState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry

EVENING = datetime(2026, 4, 10, 17, tzinfo=clock.CITY)


def announce(make, **fields):
    facts = {"kind": WorkshopKind.FOCUS_GROUP, "title": "Wohnen", "starts_at": EVENING,
             "ends_at": EVENING + timedelta(hours=3)}
    with transaction():
        return operations.announce(fields.pop("round", None) or make.round(), make.person("coordinator"),
                                   **(facts | fields))


def actions():
    return list(db.session.scalars(sa.select(Entry.action).order_by(Entry.id)))


def test_two_workshops_of_one_name_have_two_addresses(any_database, make):
    round = make.round()
    first, second = announce(make, round=round), announce(make, round=round)
    assert (first.slug, second.slug) == ("wohnen", "wohnen-2")
    assert queries.workshop("wohnen-2").id == second.id
    assert actions() == ["workshop.announced", "workshop.announced"]


def test_an_address_stays_when_the_title_changes(app, make):
    workshop = announce(make)
    with transaction():
        operations.change_workshop(workshop, make.person("moderator"), title="Wohnen und Fahren")
    assert (workshop.slug, workshop.title, workshop.starts_at) == ("wohnen", "Wohnen und Fahren", EVENING)


@pytest.mark.parametrize(("fields", "field"), [
    ({"ends_at": EVENING}, "ends_at"), ({"title": " "}, "title"), ({"languages": []}, "languages"),
])
def test_what_is_refused_is_not_announced(app, make, fields, field):
    with pytest.raises(RuleBroken) as broken:
        announce(make, **fields)
    assert broken.value.field == field
    assert queries.workshops() == []


def test_a_closed_round_announces_nothing(app, make):
    with pytest.raises(RuleBroken):
        announce(make, round=make.round(state="closed"))


def test_a_cancelled_workshop_says_why_and_changes_no_more(app, make):
    workshop, by = announce(make), make.person("coordinator")
    with transaction():
        operations.cancel(workshop, by, " Der Saal ist gesperrt. ")
    assert (workshop.state, workshop.summary) == (WorkshopState.CANCELLED, "Der Saal ist gesperrt.")
    for work in (lambda: operations.change_workshop(workshop, by, title="Doch"),
                 lambda: operations.cancel(workshop, by, "Noch einmal"),
                 lambda: operations.sum_up(workshop, by, summary="War schön.")):
        with pytest.raises(RuleBroken), transaction():
            work()
    assert actions() == ["workshop.announced", "workshop.cancelled"]


def test_nothing_is_cancelled_without_a_word(app, make):
    with pytest.raises(RuleBroken) as broken, transaction():
        operations.cancel(announce(make), make.person("coordinator"), "  ")
    assert broken.value.field == "reason"


def test_what_came_out_is_written_once_and_corrected_later(app, make):
    workshop, by = make.workshop(state="planned", starts_at=clock.now()), make.person("moderator")
    for number in (31, 32):
        with transaction():
            operations.sum_up(workshop, by, summary=f"{number} waren da.", participants=number)
    assert (workshop.state, workshop.participants, workshop.summary) == (WorkshopState.HELD, 32, "32 waren da.")
    assert actions() == ["workshop.held", "workshop.changed"]


def test_the_moderator_announces_one_on_a_page(app, make, visit):
    make.round()
    theme, visitor = make.theme(), visit(make.person("moderator"))
    answer = visitor.fill("/de/desk/workshops/add", title="Wohnen", on="2026-04-10", theme_ids=[str(theme.id)],
                          languages=["de", "tr"], has_childcare="y")
    page = visitor.follow(answer)
    assert "Wohnen" in page.text and "Türkçe" in page.text
    workshop = queries.workshop("wohnen")
    assert (workshop.starts_at, workshop.ends_at) == (EVENING, EVENING + timedelta(hours=3))
    assert (workshop.themes, workshop.has_childcare, workshop.has_interpreters) == ([theme], True, False)


def test_an_end_before_the_beginning_is_refused_beside_its_field(app, make, visit):
    make.round()
    answer = visit(make.person("coordinator")).fill(
        "/en/desk/workshops/add", title="Housing", on="2026-04-10", starts_at="18:00", ends_at="17:00")
    assert answer.status == 422
    assert answer.soup.select_one("#ends_at-error")


def test_the_form_of_change_shows_the_times_of_the_city(app, make, visit):
    workshop = announce(make)
    page = visit(make.person("coordinator")).get(f"/de/desk/workshops/{workshop.id}/edit").soup
    values = [page.select_one(f"#{name}")["value"] for name in ("on", "starts_at", "ends_at")]
    assert values == ["2026-04-10", "17:00", "20:00"]


def test_after_the_beginning_the_page_asks_what_came_out(app, make, visit):
    round, visitor = make.round(), visit(make.person("coordinator"))
    begun, ahead = make.workshop(round=round, state="planned", starts_at=clock.now()), announce(make, round=round)
    link = "main .buttons a[href$='/summary']"
    assert visitor.get(f"/de/desk/workshops/{begun.id}").soup.select(link)
    assert not visitor.get(f"/de/desk/workshops/{ahead.id}").soup.select(link)


def test_without_an_open_round_the_page_says_what_comes_first(app, make, visit):
    page = visit(make.person("coordinator")).get("/en/desk/workshops/add")
    assert "No round is open" in page.text
    assert not page.soup.select("main form[method=post]")
