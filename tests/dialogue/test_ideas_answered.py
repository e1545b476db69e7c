"""Whoever left an address hears what becomes of the idea, and can take it back, the address first of all."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from incubator.dialogue import jobs_ideas, operations_giving
from incubator.dialogue.models import Idea, IdeaTrigram
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter, LetterState
from incubator.media.models import Photo
from incubator.programme.models import RoundState
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.dialogue.giving import MAIL, given, letters, link, move, scene_of, wish


@pytest.fixture
def scene(app, make):
    return scene_of(make)


def test_the_first_letter_has_the_link_and_none_of_the_words_that_were_typed(scene):
    (letter,) = letters()
    assert link(letter).startswith(f"/de/ideas/mine/{scene.idea.id}-")
    assert "Bänke" not in letter.subject + letter.text and "warten" not in letter.text


def test_without_an_address_nobody_is_written_to(scene):
    given(scene.round, mail="")
    deliver()
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) == 1


@pytest.mark.parametrize("to", ["accepted_for_workshop", "referred", "parked", "declined"])
def test_each_decision_is_told_once_with_its_reason(scene, to):
    move(scene, to, reason="Der Platz gehört der Bahn.")
    deliver()
    told = letters()[1:]
    assert len(told) == 1
    assert "Mehr Bänke" in told[0].subject and "Der Platz gehört der Bahn." in told[0].text
    assert link(told[0]) == link()


def test_that_somebody_reads_it_is_no_letter(scene):
    move(scene, "in_review")
    assert len(letters()) == 1


def test_a_step_that_was_overtaken_is_not_told(scene):
    letters()
    move(scene, "parked", reason="Erst im Herbst.")
    move(scene, "accepted_for_workshop")
    assert [each.text.count("Erst im Herbst.") for each in letters()[1:]] == [0]


def test_the_letter_is_in_the_readers_language_and_says_that_the_reason_is_not(make, scene):
    idea = given(scene.round, language="en", title="Benches")
    move(scene, "declined", idea, reason="Der Platz gehört der Bahn.")
    text = letters()[-1].text
    assert "there is no translation yet" in text and "/en/ideas/mine/" in text


def test_a_translated_reason_is_told_as_a_translation(scene):
    idea = given(scene.round, language="en", title="Benches")
    move(scene, "declined", idea, reason="Der Platz gehört der Bahn.")
    with transaction():
        translate("idea", idea.id, "reason", "en", "The place is the railway’s.", of=idea.reason,
                  origin=Origin.VOLUNTEER)
    text = letters()[-1].text
    assert "The place is the railway’s." in text and "Translated by volunteers." in text


def test_a_joined_idea_leads_to_the_public_one_it_went_into(make, scene):
    other = make.idea(round=scene.round, title="Bänke überall")
    move(scene, "merged", reason="Dasselbe.", into=other)
    assert f"/de/ideas/{other.id}" in letters()[-1].text


def test_a_text_in_a_letter_is_forgotten_once_it_was_sent(scene):
    assert all(each.key.startswith("secret:") for each in letters())


def test_the_link_shows_the_steps_with_their_days_and_the_reason(scene, visit):
    path = link()
    move(scene, "in_review")
    clock.set(clock.now() + timedelta(days=3))
    move(scene, "declined", reason="Der Platz gehört der Bahn.")
    page = visit().get(path)
    assert page.status == 200 and page.soup.select_one("meta[name=robots][content=noindex]")
    assert [each["datetime"] for each in page.soup.select("main ol time")] == ["2026-03-01"] * 2 + ["2026-03-04"]
    assert "Der Platz gehört der Bahn." in page.text
    assert MAIL not in page.text


def test_opening_the_link_changes_nothing(scene, visit):
    path = link()
    for _ in range(2):
        visit().get(path)
    assert scene.idea.mail == MAIL


def test_the_page_of_a_link_is_for_nobody_else(scene, visit):
    answer = visit().get(link())
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize("token", ["1-nonsense", "99-x", "ä", "1"])
def test_a_made_up_link_opens_nothing(scene, visit, token):
    path = f"/de/ideas/mine/{token}"
    assert visit().get(path).status == 410
    assert visit().post(path, {"wish": "forget"}).status == 410


def test_an_idea_is_taken_back_wholly_while_nothing_was_decided(any_database, make, visit):
    idea, path = given(make.round()), link()
    with transaction():
        idea.photo = make.photo()
    number = idea.id
    assert wish(visit(), path, "take_back").location == "/de/ideas/"
    assert db.session.get(Idea, number) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(IdeaTrigram)) == 0
    assert db.session.scalar(sa.select(Photo.withdrawn_at)) is not None
    assert letters() == []
    assert visit().get(path).status == 410


def test_after_a_decision_it_is_no_longer_taken_back(scene, visit):
    path, visitor = link(), visit()
    move(scene, "accepted_for_workshop")
    assert not visitor.get(path).soup.select("[value=take_back]")
    assert wish(visitor, path, "take_back").status == 422
    assert scene.idea.title == "Mehr Bänke"


def test_an_idea_that_others_joined_is_not_taken_back(make, scene, visit):
    other = make.idea(round=scene.round)
    move(scene, "merged", other, reason="Dasselbe.", into=scene.idea)
    assert wish(visit(), link(), "take_back").status == 422


def test_the_address_goes_and_the_link_still_shows_the_idea(scene, visit):
    path, visitor = link(), visit()
    assert wish(visitor, path, "forget").location == path
    assert (scene.idea.mail, scene.idea.consent_note) == ("", "")
    assert letters() == []
    move(scene, "declined", reason="Der Platz gehört der Bahn.")
    assert letters() == []
    assert visitor.get(path).status == 200


def test_whose_address_it_never_was_sees_nothing_any_more(scene, visit):
    path = link()
    assert wish(visit(), path, "not_me").location == "/de/ideas/"
    assert scene.idea.mail == ""
    assert visit().get(path).status == 410


def test_an_address_is_forgotten_two_years_after_the_end(any_database, make):
    scene = scene_of(make)
    move(scene, "declined", reason="Nein.")
    for days, left in ((729, MAIL), (731, "")):
        clock.set(scene.idea.ended_at + timedelta(days=days))
        with transaction():
            operations_giving.forget_old()
        assert scene.idea.mail == left


def test_an_unanswered_idea_keeps_its_address_until_its_round_has_long_ended(scene):
    clock.set(clock.now() + timedelta(days=800))
    with transaction():
        operations_giving.forget_old()
    assert scene.idea.mail == MAIL
    with transaction():
        scene.round.state = RoundState.CLOSED
    with transaction():
        operations_giving.forget_old()
    assert scene.idea.mail == ""


def test_letters_go_a_month_after_they_were_sent(scene):
    (letter,) = letters()
    with transaction():
        letter.state, letter.sent_at = LetterState.SENT, clock.now()
    clock.set(clock.now() + timedelta(days=31))
    with transaction():
        operations_giving.forget_old()
    assert letters() == []


def test_the_clock_forgets_by_itself(scene, monkeypatch):
    called = []
    monkeypatch.setattr(operations_giving, "forget_old", lambda: called.append(1))
    jobs_ideas.forget_addresses.begin_anew()
    jobs_ideas.forget_addresses()
    assert called == [1]
