"""Anybody gives an idea without an account, in any language, and nothing that was typed is lost."""

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.accounts.rules import LIMITS, Limit
from incubator.dialogue import rules_ideas
from incubator.dialogue.models import Idea, IdeaState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.language import LANGUAGES
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.media import store
from incubator.media.models import Paper, Photo
from tests.builders import picture
from tests.media import sheets

NEW, THANKS = "/de/ideas/new", "/de/ideas/thanks"
PAGES = st.sampled_from([each.code for each in LANGUAGES])


@pytest.fixture
def round(make):
    return make.round()


def ideas():
    db.session.rollback()
    return list(db.session.scalars(sa.select(Idea).order_by(Idea.id)))


def photo(name="foto.png"):
    return io.BytesIO(picture(64, 48)), name


def drawn(visitor, path=NEW):
    """What the form holds when it is opened."""
    page = visitor.get(path)
    return {name: page.soup.select_one(f"[name={name}]")["value"] for name in ("form_key", "drawn")}


def kept(answer):
    return answer.soup.select_one("[name=photo-kept]")["value"]


def test_an_idea_is_kept_and_waits_for_the_office(any_database, make, visit, round):
    district, visitor = make.district(), visit()
    sent = visitor.fill(NEW, title=" Zusammen  kochen ", text="In einer Küche.", district_id=str(district.id),
                        mail="N@Example.org", may_be_public="y")
    assert (sent.status, sent.location) == (303, THANKS)
    assert visitor.follow(sent).status == 200
    (idea,) = ideas()
    assert (idea.title, idea.text, idea.district_id, idea.language) == (
        "Zusammen kochen", "In einer Küche.", district.id, "de")
    assert (idea.state, idea.round_id, idea.mail, idea.answer_language) == (
        IdeaState.SUBMITTED, round.id, "n@example.org", "de")
    assert (idea.may_be_public, idea.is_public, idea.entered_by_id, idea.theme_id) == (True, False, None, None)


def test_a_title_alone_is_enough(visit, round):
    assert visit().fill(NEW, title="Mehr Bänke").location == THANKS
    assert ideas()[0].may_be_public is False


def test_a_form_has_at_most_six_questions_outside_its_folds(visit, round):
    page = visit().get(NEW).soup
    asked = {each["name"] for each in page.select("main .field :is(input, textarea, select)")}
    folded = {each["name"] for each in page.select("main details .field :is(input, textarea, select)")}
    assert asked - folded == {"title", "text", "district_id", "mail", "may_be_public"}
    assert {"photo", "alt", "shows_people", "for_somebody", "consent_note"} == folded


def test_the_journal_holds_no_word_and_no_address(visit, round):
    visit().fill(NEW, title="Ein Wort", mail="n@example.org")
    entry = db.session.scalar(sa.select(Entry).where(Entry.action == "idea.given"))
    assert entry.data == {"round": round.id, "workshop": None, "is_public": False} and entry.actor is None


@pytest.mark.parametrize(("text", "page", "guessed"), [
    ("مطبخ مشترك", "de", "ar"), ("آشپزخانه‌ی محله پر از گل", "ar", "fa"), ("Спільна кухня", "de", "uk"),
    ("Общая кухня", "ar", "ru"), ("Zusammen kochen", "de", "de"), ("Cooking", "en", "en"), ("Kochen", "ar", "de"),
    ("Zusammen kochen", "de-simple", "de"), ("Birlikte", "tr", "tr"), ("", "de-simple", "de"),
    ("2026 🎉", "ar", "ar"), ("Küche مطبخ الحي المشترك", "de", "ar"),
])
def test_the_language_is_the_pages_unless_the_letters_say_otherwise(text, page, guessed):
    assert rules_ideas.written_in(text, page) == guessed


@given(st.text(max_size=80), PAGES)
def test_a_language_is_always_guessed(text, page):
    assert rules_ideas.written_in(text, page) in {each.code for each in LANGUAGES} - {"de-simple"}


def test_arabic_letters_on_the_german_page_are_an_arabic_idea_answered_in_german(visit, round):
    visit().fill(NEW, title="مطبخ مشترك", mail="n@example.org")
    assert (ideas()[0].language, ideas()[0].answer_language) == ("ar", "de")


def test_the_same_form_sent_twice_makes_one_idea(any_database, visit, round):
    visitor = visit()
    form = drawn(visitor)
    answers = [visitor.post(NEW, form | {"title": "Mehr Bänke"}) for _ in range(2)]
    assert [each.location for each in answers] == [THANKS] * 2
    assert len(ideas()) == 1


def test_a_machine_is_thanked_and_forgotten(app, visit, round):
    assert visit().fill(NEW, title="Kauft!", website="https://spam.example").location == THANKS
    app.config["FORM_SECONDS"] = 2
    assert visit().fill(NEW, title="Kauft!").location == THANKS
    assert ideas() == []


def test_one_network_and_one_address_cannot_flood_the_office(visit, round, monkeypatch):
    answers = [visit().fill(NEW, title=f"Idee {number}", mail="n@example.org").status for number in range(6)]
    assert answers == [303] * 5 + [422]
    monkeypatch.setitem(LIMITS, "idea from", Limit(7, timedelta(hours=1)))
    answers = [visit().fill(NEW, title=f"Idee {number}").status for number in range(3)]
    assert answers == [303] * 2 + [422]


def test_another_name_behind_a_plus_is_the_same_mailbox(visit, round):
    answers = [visit().fill(NEW, title=f"Idee {number}", mail=f"n+{number}@example.org").status for number in range(6)]
    assert answers == [303] * 5 + [422]


@pytest.mark.parametrize("kind", ["idea from", "sign-up from", "board device from"])
def test_a_whole_hall_behind_one_network_is_let_in(kind):
    """At a workshop a hundred phones share one address."""
    assert LIMITS[kind].free >= 100


def test_who_writes_for_somebody_says_how_they_know(visit, round):
    refused = visit().fill(NEW, title="Mehr Bänke", for_somebody="y")
    assert refused.status == 422 and refused.soup.select_one("#consent_note-error")
    assert refused.soup.select_one("details[open] #for_somebody[checked]")
    visit().fill(NEW, title="Mehr Bänke", consent_note="Sie bat mich darum.")
    assert (ideas()[0].for_somebody, ideas()[0].consent_note) == (True, "Sie bat mich darum.")


@pytest.mark.parametrize(("fields", "says"), [
    ({"takes_ideas": False}, "not decided yet"), ({"state": "closed"}, "not decided yet"),
    ({"ideas_until": date(2026, 2, 28)}, "not decided yet"), ({"ideas_from": date(2026, 3, 2)}, "March 2, 2026"),
])
def test_out_of_time_the_page_says_when_and_offers_news(make, visit, fields, says):
    make.round(**fields)
    page = visit().get("/en/ideas/new")
    assert page.status == 200 and not page.soup.select("main form")
    assert page.soup.select_one("main a[href='/en/follow']") and says in page.text
    assert visit().post(NEW, {"title": "Mehr Bänke"}).status == 200
    assert ideas() == []
    assert not visit().get("/de/ideas/").soup.select(f"a[href='{NEW}']")


def test_the_last_day_counts(make, visit):
    make.round(ideas_from=date(2026, 3, 1), ideas_until=date(2026, 3, 1))
    assert visit().fill(NEW, title="Mehr Bänke").location == THANKS


def test_the_start_page_and_the_list_lead_to_the_form(visit, round):
    for path in ("/de/", "/de/ideas/"):
        assert visit().get(path).soup.select_one(f"main a.kern-btn--primary[href='{NEW}']"), path


def test_similar_ideas_are_shown_without_javascript_when_the_form_comes_back(visit, make, round):
    visit().fill(NEW, title="Offener Garten")
    with transaction():
        idea = ideas()[0]
        idea.may_be_public = idea.is_public = True
    answer = visit().fill(NEW, title="Ein offener Garten", mail="keine Adresse")
    assert answer.status == 422
    assert answer.soup.select_one(f"#similar a[href='/de/ideas/{idea.id}']")


def test_a_photo_is_kept_as_new_pixels_inside(visit, round):
    assert visit().fill(NEW, title="Mehr Bänke", photo=photo(), alt="Eine Bank").location == THANKS
    given = ideas()[0].photo
    assert (given.alt, given.alt_language, given.is_public, given.project_id) == ("Eine Bank", "de", False, None)
    assert store.place(given.key).read_bytes()[:2] == b"\xff\xd8"
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 0


def test_a_photo_survives_a_refused_form_and_is_not_chosen_twice(any_database, visit, round):
    visitor = visit()
    form = drawn(visitor)
    refused = visitor.post(NEW, form | {"title": "", "photo": photo(), "alt": "Eine Bank"})
    assert refused.status == 422 and "foto.png" in refused.text
    sent = visitor.post(NEW, form | {"title": "Mehr Bänke", "photo-kept": kept(refused), "alt": "Eine Bank"})
    assert sent.location == THANKS
    assert ideas()[0].photo is not None
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 0


def test_a_photo_survives_a_form_that_was_open_too_long(visit, round):
    visitor = visit()
    form = drawn(visitor)
    clock.set(clock.now() + timedelta(days=2))
    late = visitor.post(NEW, form | {"title": "Mehr Bänke", "photo": photo(), "alt": "Eine Bank"})
    assert late.status == 422 and kept(late)


def test_nobody_else_can_take_a_photo_that_waits(visit, round):
    visitor = visit()
    refused = visitor.post(NEW, drawn(visitor) | {"title": "", "photo": photo(), "alt": "Eine Bank"})
    other = visit()
    taken = other.post(NEW, drawn(other) | {"title": "Meine", "photo-kept": kept(refused), "alt": "Eine Bank"})
    assert taken.status == 422
    assert ideas() == []


def test_another_photo_takes_the_place_of_the_one_that_waits(visit, round):
    visitor = visit()
    form = drawn(visitor)
    refused = visitor.post(NEW, form | {"title": "", "photo": photo("eins.png"), "alt": "Eine Bank"})
    again = visitor.post(NEW, form | {"title": "", "photo": photo("zwei.png"), "photo-kept": kept(refused)})
    assert "zwei.png" in again.text and "eins.png" not in again.text
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 1


def test_a_photo_needs_words_and_must_be_one(visit, round):
    refused = visit().fill(NEW, title="Mehr Bänke", photo=photo())
    assert refused.status == 422 and refused.soup.select_one("#alt-error")
    no_picture = visit().fill(NEW, title="Mehr Bänke", photo=(io.BytesIO(b"Text"), "a.png"), alt="Eine Bank")
    assert no_picture.status == 422 and no_picture.soup.select_one("#photo-error")
    assert ideas() == []
    assert db.session.scalar(sa.select(sa.func.count(Photo.id))) == 0


def test_a_pdf_is_no_photo_and_is_not_kept(visit, round):
    visitor = visit()
    form = drawn(visitor) | {"title": "Mehr Bänke", "alt": "Eine Bank"}
    refused = visitor.post(NEW, form | {"photo": (io.BytesIO(b"\xef\xbb\xbf" + sheets.pdf()), "plan.pdf")})
    assert refused.status == 422 and refused.soup.select_one("#photo-error")
    assert not refused.soup.select("[name=photo-kept]")
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 0


def test_one_network_cannot_fill_the_disk_with_photos(visit, round):
    for number in range(31):
        answer = visit().fill(NEW, title="", photo=photo(f"{number}.png"))
        assert answer.status == 422
    assert not answer.soup.select("[name=photo-kept]")
    assert db.session.scalar(sa.select(sa.func.count(Paper.id))) == 30
