"""People sign up without an account, confirm, change and cancel; whoever waits moves up."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import operations, operations_signup, queries_signup
from incubator.dialogue.models_signup import Signup
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.journal.models import Entry
from tests.dialogue.attending import act, announced, ask, come, later, letters, link, row, states
from tests.follow.readers import deliver, link_in


def path(workshop, language="de"):
    return f"/{language}/workshops/{workshop.slug}/sign-up"


def test_from_the_page_to_the_place_and_back(any_database, make, visit, mailbox):
    workshop, visitor = announced(make), visit()
    way = visitor.get(f"/de/workshops/{workshop.slug}").soup.select_one(f"main a[href='{path(workshop)}']")
    assert way is not None, "the workshop's page leads to the form"
    sent = visitor.fill(way["href"], mail="N@Example.org", name="Nina", people="2", children="1", interpreter="ar")
    assert (sent.status, sent.location) == (303, f"{path(workshop)}/sent")
    assert states(workshop) == {"n": "asked"}
    deliver()
    question = link_in(mailbox.to("n@example.org")[0], "confirm")
    assert visitor.get(question).status == 200
    assert states(workshop) == {"n": "asked"}, "opening a link changes nothing"
    manage = visitor.fill(question).location
    signup = row()
    assert (signup.people, signup.children, signup.interpreter, signup.name) == (2, 1, "ar", "Nina")
    assert states(workshop) == {"n": "coming"}
    deliver()
    assert link_in(mailbox.to("n@example.org")[1], "manage") == manage
    assert visitor.fill(manage, form="main form.form", people="1").status == 303
    assert row().people == 1
    assert visitor.post(f"{manage}/cancel").location == f"{path(workshop)}/cancelled"
    assert states(workshop) == {"n": "cancelled"}
    assert visitor.get(manage).status == 410


def test_what_the_workshop_does_not_have_is_not_asked(app, make, visit):
    bare = announced(make, has_childcare=False, has_interpreters=False)
    page = visit().get(path(bare)).soup
    assert not page.select("[name=children], [name=interpreter]")
    assert visit().fill(path(bare), mail="n@example.org").status == 303


def test_a_full_workshop_says_so_before_anybody_writes(app, make, visit):
    workshop = announced(make, places=2)
    assert "2 places free" in visit().get(f"/en/workshops/{workshop.slug}").text
    come(workshop, people=2)
    assert "full: waiting list" in visit().get(f"/en/workshops/{workshop.slug}").text
    page = visit().get(path(workshop, "en")).text
    assert "All places are taken" in page and "Join the waiting list" in page


@pytest.mark.parametrize("closed", [
    {"takes_signups": False}, {"state": "cancelled"}, {"starts_at": clock.datetime(2026, 3, 1, 9, tzinfo=clock.CITY)},
    {"signups_until": clock.datetime(2026, 2, 28, 23, 59, tzinfo=clock.CITY)},
])
def test_when_it_is_closed_there_is_a_sentence_and_no_form(app, make, visit, closed):
    workshop = announced(make, **closed)
    answer = visit().get(path(workshop, "en"))
    assert answer.status == 200
    assert not answer.soup.select("main form")
    assert not visit().get(f"/en/workshops/{workshop.slug}").soup.select(f"main a[href='{path(workshop, 'en')}']")
    with pytest.raises(RuleBroken):
        ask(workshop)


def test_a_workshop_of_a_round_in_preparation_takes_nobody(app, make, visit):
    workshop = announced(make, round=make.round(state="draft"))
    assert visit().get(path(workshop)).status == 404


def test_whoever_does_not_fit_waits_and_moves_up_when_somebody_cancels(any_database, make):
    workshop = announced(make, places=3)
    first = come(workshop, "a@example.org", people=2)
    come(workshop, "b@example.org", people=2)
    come(workshop, "c@example.org", people=1)
    late = come(workshop, "d@example.org", people=1)
    assert states(workshop) == {"a": "coming", "b": "waiting", "c": "coming", "d": "waiting"}
    assert queries_signup.position(late) == 2
    act(operations_signup.cancel, first.id, None)
    assert states(workshop) == {"a": "cancelled", "b": "coming", "c": "coming", "d": "waiting"}
    assert queries_signup.position(late) == 1


def test_a_group_that_comes_with_fewer_makes_room_or_fits_in(app, make):
    workshop = announced(make, places=3)
    large = come(workshop, "a@example.org", people=3)
    group = come(workshop, "b@example.org", people=2)
    act(operations_signup.change, large.id, people=2)
    assert states(workshop)["b"] == "waiting"
    act(operations_signup.change, group.id, people=1)
    assert states(workshop)["b"] == "coming"


def test_with_more_people_one_never_loses_the_place_one_has(app, make):
    workshop = announced(make, places=3)
    mine = come(workshop, "a@example.org", people=2)
    come(workshop, "b@example.org", people=1)
    with pytest.raises(RuleBroken) as broken:
        act(operations_signup.change, mine.id, people=3)
    assert broken.value.field == "people"
    db.session.refresh(mine)
    assert (mine.people, mine.state.value) == (2, "coming")


def test_more_places_let_people_move_up_and_fewer_throw_nobody_out(any_database, make):
    workshop, by = announced(make, places=1), make.person("coordinator")
    for mail in ("a@example.org", "b@example.org", "c@example.org"):
        come(workshop, mail)
    act(operations.change_workshop, workshop, by, places=2)
    assert states(workshop) == {"a": "coming", "b": "coming", "c": "waiting"}
    act(operations.change_workshop, workshop, by, places=1)
    assert states(workshop) == {"a": "coming", "b": "coming", "c": "waiting"}
    act(operations.change_workshop, workshop, by, places=None)
    assert set(states(workshop).values()) == {"coming"}


def test_two_confirm_for_the_last_place_and_one_gets_it(any_database, make, at_once):
    workshop = announced(make, places=1)
    numbers = [ask(workshop, mail).id for mail in ("a@example.org", "b@example.org")]
    answers = at_once(*(lambda number=number: operations_signup.confirm(number) for number in numbers))
    assert answers == ["done", "done"]
    assert sorted(states(workshop).values()) == ["coming", "waiting"]


def test_a_last_place_given_back_and_wanted_at_once_is_not_lost(any_database, make, at_once):
    workshop = announced(make, places=1)
    first, second = come(workshop, "a@example.org"), ask(workshop, "b@example.org")
    at_once(lambda number=first.id: operations_signup.cancel(number, None),
            lambda number=second.id: operations_signup.confirm(number))
    assert states(workshop) == {"a": "cancelled", "b": "coming"}


def test_confirming_twice_changes_nothing(app, make):
    workshop = announced(make)
    signup = come(workshop)
    act(operations_signup.confirm, signup.id)
    confirmed = db.session.scalars(sa.select(Entry.action).where(Entry.action == "signup.confirmed")).all()
    assert len(confirmed) == 1


def test_the_answer_is_the_same_whether_the_address_is_known(app, make, visit):
    workshop = announced(make)
    come(workshop, "known@example.org")
    answers = []
    for mail in ("known@example.org", "new@example.org"):
        visitor = visit()
        answer = visitor.fill(path(workshop), mail=mail, people="3")
        answers.append((answer.status, answer.location, visitor.follow(answer).text))
    assert answers[0] == answers[1]
    assert row("known@example.org").people == 1, "a stranger changes nothing"


def test_whoever_cancelled_can_come_again_at_the_end(app, make):
    workshop = announced(make, places=1)
    first = come(workshop, "a@example.org")
    act(operations_signup.cancel, first.id, None)
    come(workshop, "b@example.org")
    come(workshop, "a@example.org")
    assert states(workshop) == {"a": "waiting", "b": "coming"}


def test_a_letter_a_machine_asks_for_is_not_written(app, make, visit):
    workshop = announced(make)
    assert visit().fill(path(workshop), mail="n@example.org", website="https://x.example").status == 303
    assert db.session.scalar(sa.select(sa.func.count(Signup.id))) == 0


def test_an_address_cannot_be_flooded(app, make, visit):
    workshop, visitor = announced(make), visit()
    answers = [visitor.fill(path(workshop), mail="n@example.org").status for _ in range(7)]
    assert answers == [303] * 6 + [422]


def test_a_forged_link_opens_nothing(app, make, visit):
    signup = ask(announced(make))
    for token in (f"{signup.id}-x", "1", "ä-1", "9" * 30, f"{signup.id}"):
        for kind in ("confirm", "manage"):
            assert visit().get(f"/de/sign-ups/{kind}/{token}").status == 410
        assert visit().post(f"/de/sign-ups/manage/{token}/cancel").status == 410


def test_the_pages_of_a_link_are_for_nobody_else(app, make, visit):
    workshop = announced(make)
    signup = come(workshop)
    for _moment in ("before", "after"):
        answer = visit().get(link(app, signup))
        assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")
        clock.set(workshop.starts_at)


def test_after_the_beginning_nothing_changes_hands(app, make, visit):
    workshop = announced(make)
    signup = come(workshop)
    clock.set(workshop.starts_at)
    for work in (lambda: operations_signup.change(signup.id, people=1),
                 lambda: operations_signup.cancel(signup.id, None)):
        with pytest.raises(RuleBroken):
            act(work)
    assert not visit().get(link(app, signup)).soup.select("main form")


def test_who_confirms_too_late_reads_a_sentence(app, make, visit):
    workshop = announced(make, signups_until=clock.now() + timedelta(hours=1))
    signup = ask(workshop)
    later(hours=2)
    answer = visit().get(link(app, signup, "confirm", "en"))
    assert "time to sign up is over" in answer.text and not answer.soup.select("main form")
    with pytest.raises(RuleBroken):
        act(operations_signup.confirm, signup.id)


def test_nothing_of_a_person_is_in_the_journal(app, make):
    come(announced(make), "canary@example.org", name="Canary", people=3, interpreter="ar")
    letters()
    entries = db.session.scalars(sa.select(Entry)).all()
    assert {"signup.asked", "signup.confirmed"} <= {entry.action for entry in entries}
    assert "anary" not in str([(entry.data, entry.actor) for entry in entries])
