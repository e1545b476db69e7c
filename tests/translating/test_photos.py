"""What stands for a photo is translated like every other text, and read in the language of the page."""

from datetime import timedelta

import pytest

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.media import operations as media
from incubator.milestones import operations as milestones
from incubator.milestones.models import Update
from incubator.translating import operations, queries, queries_thing
from incubator.wording.models import Origin, Translation, TranslationDraft
from incubator.wording.operations import translate
from tests.translating.scenes import done, standings

ALT, ARABIC = "Menschen am Herd", "ناس عند الموقد"


@pytest.fixture
def project(make):
    return make.project("active", lead=make.person("lead"))


@pytest.fixture
def photo(make, project):
    found = make.photo(project, is_public=True, alt=ALT)
    make.update(project, title="Das Fest", photos=(found,))
    return found


def keys():
    return [line.key for line in queries.queue("ar", kind="photo").lines]


def page_of(photo):
    return f"/de/desk/translations/ar/texts/photo-{photo.id}"


def seen(visit, project, page="/projects/{}", code="ar"):
    image = visit().get(f"/{code}{page.format(project.slug)}").soup.select_one("main img[src^='/media/']")
    return image["alt"], image["lang"]


def test_a_photo_with_public_news_or_a_public_idea_waits_in_the_queue(any_database, make, project, photo):
    with_idea = make.photo(is_public=True)
    make.idea(photo_id=with_idea.id)
    assert set(keys()) == {f"photo-{photo.id}", f"photo-{with_idea.id}"}


def test_a_photo_that_nobody_sees_does_not(make, project):
    yesterday = clock.today() - timedelta(days=1)
    for fields in ({"is_public": False}, {"is_public": True, "shows_people": True, "consent_until": yesterday}):
        make.update(project, photos=(make.photo(project, **fields),))
    make.update(project, state="withdrawn", photos=(make.photo(project, is_public=True),))
    make.photo(project, is_public=True)
    make.idea(is_public=False, photo_id=make.photo(is_public=True).id)
    assert keys() == []


def test_the_editor_shows_the_photo_and_whoever_leads_publishes_its_words(visit, project, photo):
    lead = visit(project.leads[0])
    page = lead.get(page_of(photo)).soup
    assert page.select_one(f"img[src='/media/{photo.key}-small.jpg']")["lang"] == "de"
    assert lead.fill(page_of(photo), alt=ARABIC, publish="1").status == 303
    assert standings(photo, "ar") == {"alt": "done"}


def test_somebody_else_s_lead_has_no_part_in_it(make, visit, photo):
    other = make.project("active", lead=make.person("lead"))
    assert visit(other.leads[0]).get(page_of(photo)).status == 403


@pytest.mark.parametrize("page", ["/projects/{}", "/"])
def test_readers_hear_the_words_of_their_language_else_the_original_in_its_own(visit, make, project, photo, page):
    done(operations.publish_own, photo, "ar", make.person("coordinator"), alt=ARABIC)
    assert seen(visit, project, page) == (ARABIC, "ar")
    assert seen(visit, project, page, "uk") == (ALT, "de")


def test_feeds_and_the_page_of_an_idea_say_them_too(visit, make, project, photo):
    mine = make.photo(is_public=True, alt=ALT)
    idea = make.idea(photo_id=mine.id)
    office = make.person("coordinator")
    for row in (photo, mine):
        done(operations.publish_own, row, "ar", office, alt=ARABIC)
    assert ARABIC in visit().get(f"/ar/projects/{project.slug}/feed.json").text
    image = visit().get(f"/ar/ideas/{idea.id}").soup.select_one("main img[src^='/media/']")
    assert (image["alt"], image["lang"]) == (ARABIC, "ar")


def test_words_of_a_machine_say_whose_they_are(visit, project, photo):
    with transaction():
        translate("photo", photo.id, "alt", "en", "People at a stove", of=ALT, origin=Origin.MACHINE)
    assert seen(visit, project, code="en") == ("People at a stove (Translated by a machine)", "en")


def test_other_words_for_a_photo_are_to_be_translated_anew(make, project, photo):
    done(operations.publish_own, photo, "ar", make.person("coordinator"), alt=ARABIC)
    update = Update.query.one()
    with transaction():
        milestones.correct_update(
            update, project.leads[0], title=update.title, text=update.text, language="de", note="Genauer.",
            words=[{"key": photo.key, "alt": "Zwei am Herd"}])
    assert standings(photo, "ar") == {"alt": "missing"}
    assert queries_thing.thing(f"photo-{photo.id}") is not None


def test_nothing_describes_a_photo_any_more_that_was_taken_back(make, project, photo):
    done(operations.publish_own, photo, "ar", make.person("coordinator"), alt=ARABIC)
    done(operations.save, photo, "tr", make.person("translator"), alt="Ocak başında insanlar")
    with transaction():
        media.withdraw(photo, project.leads[0])
    deliver()
    assert (Translation.query.all(), TranslationDraft.query.all()) == ([], [])
