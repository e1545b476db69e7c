"""Where an original was changed, whoever translates sees what it said before, and what is different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.transaction import transaction
from incubator.milestones import operations as milestones
from incubator.translating import operations
from incubator.translating.rules_difference import compare
from tests.translating.scenes import done

texts = st.text(alphabet="ab \n", max_size=30).map(lambda text: text if text.strip() else "")


@given(texts, texts)
def test_the_parts_put_together_are_the_wordings(before, now):
    found = compare(before, now)
    assert "".join(part.text for part in found.before) == before
    assert "".join(part.text for part in found.now) == now


@given(texts, texts)
def test_what_is_not_marked_stands_in_both(before, now):
    found = compare(before, now)
    same = ["".join(part.text for part in parts if not part.is_changed).split() for parts in (found.before, found.now)]
    assert same[0] == same[1]


def test_only_the_words_that_differ_are_marked():
    found = compare("Wir kochen am Montag für alle.", "Wir kochen am Dienstag für alle Kinder.")
    assert [part.text for part in found.before if part.is_changed] == ["Montag", "alle."]
    assert [part.text for part in found.now if part.is_changed] == ["Dienstag", "alle Kinder."]


@pytest.fixture
def update(make):
    project = make.project("active", lead=make.person("lead"))
    return make.update(project, title="Das Fest", text="Wir feiern am Montag.")


def page_of(row):
    return f"/en/desk/translations/ar/texts/{row.__tablename__}-{row.id}"


def correct(update, text):
    with transaction():
        milestones.correct_update(update, update.project.leads[0], title=update.title, text=text, language="de",
                                  note="Es war der falsche Tag.")


def test_news_that_was_corrected_shows_then_and_now_with_the_differences_marked(update, make, visit):
    done(operations.publish_own, update, "ar", make.person("coordinator"), title="العيد", text="نحتفل.")
    correct(update, "Wir feiern am Dienstag.")
    correct(update, "Wir feiern am Mittwoch.")
    page = visit(make.person("translator")).get(page_of(update)).soup
    gone, new = page.select_one("del"), page.select_one("ins")
    assert [each.get_text(" ", strip=True) for each in (gone, new)] == [
        "taken out: Montag. (end)", "new: Mittwoch. (end)"]
    assert gone.parent["lang"] == "de" and gone.select_one(".kern-sr-only")["lang"] == "en"
    assert len(page.select(".then-now")) == 1, "the headline did not change"
    assert "no longer kept" not in page.get_text()


def test_where_the_earlier_words_are_not_kept_the_page_says_so(make, visit):
    workshop = make.workshop(title="Wohnen", text="Alle kommen.")
    done(operations.publish_own, workshop, "ar", make.person("coordinator"), title="السكن")
    with transaction():
        workshop.title = "Wohnen heute"
    visitor = visit(make.person("translator"))
    page = visitor.get(page_of(workshop)).soup
    assert "The earlier wording is no longer kept." in page.get_text()
    assert not page.select("ins, del")
    visitor.fill(page_of(workshop), title="السكن اليوم")
    assert "no longer kept" in visitor.get(page_of(workshop)).text, "until the new words are published"


def test_what_is_up_to_date_is_not_compared(update, make, visit):
    done(operations.publish_own, update, "ar", make.person("coordinator"), title="العيد", text="نحتفل.")
    page = visit(make.person("translator")).get(page_of(update)).soup
    assert not page.select(".then-now, .notice--warning")
