"""News that is corrected: new words at once, the earlier ones kept, and nobody is written to again."""

import pytest
import sqlalchemy as sa

from incubator.follow.models import Topic
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter
from incubator.milestones import operations, queries
from incubator.milestones.models import UpdateState
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.follow.readers import follow

NOTE = "Der Name war falsch geschrieben."


@pytest.fixture
def project(make):
    return make.project("active")


@pytest.fixture
def update(make, project):
    return make.update(project, title="Das Fest", text="Ayse kochte.")


def correct(update, by, **said):
    known = {"title": update.title, "text": update.text, "language": update.language, "note": NOTE}
    with transaction():
        operations.correct_update(update, by, **known | said)


def test_the_public_reads_the_new_words_and_that_they_were_corrected(visit, project, update):
    lead, path = visit(project.leads[0]), f"/de/desk/updates/{update.id}"
    clock.set(clock.today().replace(day=4))
    assert lead.fill(f"{path}/correct", text="Ayşe kochte.", note=NOTE).status == 303
    for page in (f"/en/projects/{project.slug}/updates/{update.id}", f"/en/projects/{project.slug}", "/en/"):
        text = visit().get(page).text
        assert "Ayşe kochte." in text and "Ayse" not in text
        assert NOTE in text and "Corrected on" in text
    assert update.published_at.day == 1


def test_insiders_read_every_version_and_strangers_none(make, visit, project, update):
    lead = project.leads[0]
    correct(update, lead, text="Ayşe kochte.")
    correct(update, lead, title="Das große Fest")
    path = f"/de/desk/updates/{update.id}"
    page = visit(project.mentors[0]).get(path)
    assert page.text.count(NOTE) >= 2 and "Ayse kochte." in page.text and lead.name in page.text
    assert [version.text for version, _person in queries.versions(update.id)] == ["Ayşe kochte.", "Ayse kochte."]
    assert visit(make.person("mentor")).get(path).status == 403
    assert "Ayse" not in visit().get(f"/de/projects/{project.slug}/updates/{update.id}").text


def test_words_for_photos_are_corrected_too(make, visit, project):
    photo = make.photo(project, is_public=True, alt="Ein Herd")
    update = make.update(project, photos=(photo,))
    path = f"/de/desk/updates/{update.id}/correct"
    lead = visit(project.leads[0])
    refused = lead.fill(path, **{"words-0-alt": "", "note": NOTE})
    assert refused.status == 422 and refused.soup.select_one("#words-0-alt-error")
    assert lead.fill(path, **{"words-0-alt": "Ein Ofen", "note": NOTE}).status == 303
    assert 'alt="Ein Ofen"' in visit().get(f"/de/projects/{project.slug}/updates/{update.id}").text


def test_a_photo_taken_out_meanwhile_does_not_stop_a_correction(make, project):
    photo = make.photo(project, is_public=True, alt="Ein Herd")
    update = make.update(project, photos=(photo,))
    with transaction():
        operations.withdraw_photo(photo, project.leads[0])
    correct(update, project.leads[0], text="Neu.", words=[{"key": photo.key, "alt": "Ein Ofen"}])
    assert (update.text, photo.alt) == ("Neu.", "Ein Herd")


@pytest.mark.parametrize("said", [{"text": "Neu.", "note": " "}, {}])
def test_a_correction_changes_something_and_says_why(project, update, said):
    with pytest.raises(RuleBroken):
        correct(update, project.leads[0], **said)


@pytest.mark.parametrize("state", ["draft", "proposed", "returned", "withdrawn"])
def test_only_what_is_public_is_corrected(make, project, state):
    update = make.update(project, state=state)
    with pytest.raises(RuleBroken):
        correct(update, project.leads[0], text="Neu.")


def test_two_who_correct_at_once_see_both_versions(visit, project, update):
    lead, path = visit(project.leads[0]), f"/de/desk/updates/{update.id}/correct"
    version = update.version
    assert lead.fill(path, text="Zuerst.", note=NOTE).status == 303
    answer = lead.fill(path, text="Danach.", note=NOTE, version=str(version))
    assert answer.status == 422 and "Zuerst." in answer.text and "Danach." in answer.text
    with pytest.raises(Stale):
        correct(update, project.leads[0], text="Danach.", version=version)


def test_a_translation_of_what_was_wrong_is_not_shown_any_more(visit, project, update):
    with transaction():
        for field, text in (("title", "الحفل"), ("text", "طبخت عائشة")):
            translate("update", update.id, field, "ar", text, of="", origin=Origin.OFFICIAL)
    correct(update, project.leads[0], text="Ayşe kochte.")
    page = visit().get(f"/ar/projects/{project.slug}/updates/{update.id}").text
    assert "Ayşe kochte." in page and "طبخت عائشة" not in page and "الحفل" in page


def test_followers_are_not_written_to_again_and_the_others_of_the_project_are(project, update):
    follow((Topic.PROJECT, project.id))
    correct(update, project.leads[0], text="Ayşe kochte.")
    journal.deliver()
    letters = db.session.scalars(sa.select(Letter)).all()
    assert [letter.person_id for letter in letters] == [project.mentors[0].id]
    assert NOTE in letters[0].text


def test_in_a_round_that_reads_news_first_only_the_coordination_corrects(make, visit):
    project = make.project("active", round=make.round(reviews_news=True))
    update = make.update(project)
    lead, office = project.leads[0], make.person("coordinator")
    path = f"/en/desk/updates/{update.id}"
    assert visit(lead).get(f"{path}/correct").status == 403
    assert "the coordination corrects news" in visit(lead).get(path).text
    assert visit(office).fill(f"{path}/correct", text="Besser.", note=NOTE).status == 303
    journal.deliver()
    told = db.session.scalars(sa.select(Letter.person_id)).all()
    assert sorted(told) == sorted([lead.id, project.mentors[0].id])


def test_where_news_is_not_read_first_the_office_does_not_change_the_words_of_a_team(make, visit, update):
    assert visit(make.person("coordinator")).get(f"/de/desk/updates/{update.id}/correct").status == 403


def test_what_was_corrected_can_still_be_withdrawn(project, update):
    correct(update, project.leads[0], text="Neu.")
    with transaction():
        operations.withdraw_update(update, project.leads[0])
    assert update.state is UpdateState.WITHDRAWN
