"""News that the coordination reads before everybody does."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from incubator.desk.queries import facts
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.letters.models import Letter
from incubator.milestones import operations, queries
from incubator.milestones.models import UpdateState
from tests.builders import picture
from tests.house.hostile import forms_of
from tests.milestones.test_at_once import side_by_side

WORDS = {"title": "Neu", "text": "Es geht los."}


@pytest.fixture
def project(make):
    return make.project("active", round=make.round(reviews_news=True))


@pytest.fixture
def office(make):
    return make.person("coordinator")


def act(operation, *args, **kwargs):
    with transaction():
        return operation(*args, **kwargs)


def write(project, **more):
    return act(operations.write_update, project, project.leads[0], **WORDS | more)


def letters(template):
    journal.deliver()
    return db.session.scalars(sa.select(Letter).where(Letter.key.contains(f":{template}:"))).all()


def test_news_waits_and_nobody_outside_reads_it(visit, project):
    update = write(project, photos=[{"data": picture(), "alt": "Ein Topf"}])
    assert update.state is UpdateState.PROPOSED and update.published_at is None
    assert "Es geht los." not in visit().get(f"/de/projects/{project.slug}").text
    assert visit().get(f"/de/projects/{project.slug}/updates/{update.id}").status == 404
    assert visit().get(f"/media/{update.photos[0].key}.jpg").status == 404


def test_without_the_setting_publishing_is_one_click_and_nothing_speaks_of_reading(make, visit):
    project = make.project("active")
    lead = visit(project.leads[0])
    path = f"/en/desk/projects/{project.id}/updates/write"
    assert "coordination" not in lead.get(path).soup.main.get_text()
    assert lead.fill(path, **WORDS).status == 303
    assert queries.updates(project.id)[0].state is UpdateState.PUBLISHED


def test_the_coordination_finds_it_on_the_desk_reads_and_publishes_it(visit, project, office):
    lead, reader = visit(project.leads[0]), visit(office)
    lead.fill(f"/en/desk/projects/{project.id}/updates/write", **WORDS)
    update, = queries.updates(project.id)
    path = f"/en/desk/updates/{update.id}/review"
    assert path in reader.get("/en/desk/").text
    assert "Es geht los." in reader.get(path).text
    assert reader.fill(path, answer="publish").status == 303
    assert (update.state, update.reviewed_by_id) == (UpdateState.PUBLISHED, office.id)
    assert "Es geht los." in visit().get(f"/de/projects/{project.slug}/updates/{update.id}").text
    assert path not in reader.get("/en/desk/").text
    assert reader.get(path).status == 200


def test_it_goes_back_with_a_note_and_is_proposed_again(visit, project, office):
    update = write(project)
    lead, reader = visit(project.leads[0]), visit(office)
    path = f"/en/desk/updates/{update.id}"
    refused = reader.fill(f"{path}/review", answer="return", note="")
    assert refused.status == 422 and refused.soup.select_one("#note-error")
    assert reader.fill(f"{path}/review", answer="return", note="Bitte ohne den Namen.").status == 303
    assert update.state is UpdateState.RETURNED
    assert f"{path}/change" in lead.get("/en/desk/").text
    assert "Bitte ohne den Namen." in lead.get(f"{path}/change").text
    assert lead.fill(f"{path}/change", text="Es geht wirklich los.").status == 303
    assert (update.state, update.text) == (UpdateState.PROPOSED, "Es geht wirklich los.")
    again = reader.get(f"{path}/review").text
    assert "Bitte ohne den Namen." in again and "Es geht wirklich los." in again


def test_the_reader_sees_the_very_page_that_everybody_will(visit, project, office):
    update = write(project, photos=[
        {"data": picture(), "alt": "Ein Topf"}, {"data": picture(), "alt": "Gesichter", "shows_people": True},
    ])
    review = visit(office).get(f"/de/desk/updates/{update.id}/review").soup.select_one(".panel")
    act(operations.publish_update, update, office)
    page = visit().get(f"/de/projects/{project.slug}/updates/{update.id}").soup.article
    for soup in (review, page):
        assert [image["alt"] for image in soup.select("img")] == ["Ein Topf"]
        assert "Es geht los." in soup.get_text()


def test_the_lead_sees_what_waits_and_can_take_it_back(visit, project):
    update = write(project)
    lead = visit(project.leads[0])
    page = lead.get(f"/en/desk/projects/{project.id}/milestones")
    assert "waits for the coordination" in page.text
    assert lead.post(f"/en/desk/updates/{update.id}/withdraw").status == 303
    assert update.state is UpdateState.WITHDRAWN
    assert visit().get(f"/de/projects/{project.slug}/updates/{update.id}").status == 404


def test_what_waits_is_answered_also_after_the_setting_was_switched_off(project, office):
    first, second = write(project), write(project)
    with transaction():
        project.round.reviews_news = False
    act(operations.publish_update, first, office)
    act(operations.return_update, second, office, note="Bitte kürzer.")
    act(operations.change_update, second, project.leads[0], **WORDS, language="de")
    assert (first.state, second.state) == (UpdateState.PUBLISHED, UpdateState.PROPOSED)


def test_nobody_reads_their_own_news(make, visit, project):
    both = make.person("coordinator")
    own = make.project("active", lead=both, round=project.round)
    update = act(operations.write_update, own, both, **WORDS)
    written = write(project)
    with transaction():
        written.written_by_id = both.id
    reader = visit(both)
    for each in (update, written):
        assert reader.get(f"/de/desk/updates/{each.id}/review").status == 403
    assert facts(both, clock.today(), ()).news
    assert "/review" not in reader.get("/de/desk/").text


def test_who_has_read_other_words_publishes_nothing(visit, project, office):
    update = write(project)
    reader, path = visit(office), f"/en/desk/updates/{update.id}/review"
    drawn = next(form for form in forms_of(reader.get(path).soup, path) if form.button == ("answer", "publish"))
    act(operations.change_update, update, project.leads[0], title="Neu", text="Ganz anders.", language="de")
    answer = reader.post(path, drawn.base)
    assert answer.status == 422 and update.state is UpdateState.PROPOSED
    assert "Ganz anders." in answer.text and "read it again" in answer.text
    again = next(form for form in forms_of(answer.soup, path) if form.button == ("answer", "publish"))
    assert reader.post(path, again.base).status == 303
    assert update.state is UpdateState.PUBLISHED


def test_of_two_answers_at_once_one_counts(any_database, make):
    project = make.project("active", round=make.round(reviews_news=True))
    number, office = write(project).id, make.person("coordinator").id
    refused = side_by_side(
        any_database,
        lambda: operations.publish_update(queries.update(number), db.session.get_one(type(project.leads[0]), office)),
        lambda: operations.return_update(
            queries.update(number), db.session.get_one(type(project.leads[0]), office), note="Nein."),
    )
    assert len([each for each in refused if each is None]) == 1


def test_everybody_hears_what_they_need_and_no_more(make, project, office):
    own = make.person("coordinator")
    lead = project.leads[0]
    update = write(project)
    assert [letter.person_id for letter in letters("update_to_review")] == sorted([office.id, own.id])
    act(operations.change_update, update, lead, **WORDS, language="de")
    assert len(letters("update_to_review")) == 2
    act(operations.return_update, update, office, note="Bitte ohne den Namen.")
    back, = letters("update_returned")
    assert back.person_id == lead.id and "Bitte ohne den Namen." in back.text
    act(operations.change_update, update, lead, **WORDS, language="de")
    assert len(letters("update_to_review")) == 4
    act(operations.publish_update, update, office)
    told, = letters("update_published_for_you")
    assert told.person_id == lead.id and f"/projects/{project.slug}/updates/{update.id}" in told.text


def test_what_the_team_publishes_itself_needs_no_letter(make):
    write(make.project("active"))
    assert letters("update_published_for_you") == []


def test_reports_of_milestones_keep_their_way(make, visit, project):
    milestone = make.milestone(project)
    make.milestone(project)
    act(operations.report, milestone, project.leads[0], actual_on=clock.today(), evidence="Liste", text="Alle da.")
    act(operations.accept, milestone, project.mentors[0])
    assert queries.report_of(milestone.id).state is UpdateState.PUBLISHED


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn", "returned"])
def test_only_what_was_proposed_is_published(make, project, office, state):
    update = make.update(project, state=state)
    with pytest.raises(RuleBroken):
        act(operations.publish_update, update, office)


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_only_what_waits_is_changed(make, project, state):
    update = make.update(project, state=state)
    with pytest.raises(RuleBroken):
        act(operations.change_update, update, project.leads[0], **WORDS, language="de")


def test_two_of_the_team_change_at_once_and_lose_nothing(project):
    update = write(project)
    version = update.version
    act(operations.change_update, update, project.leads[0], title="Neu", text="Zuerst.", language="de", version=version)
    with pytest.raises(Stale) as stale:
        act(operations.change_update, update, project.leads[0], title="Neu", text="Danach.", language="de",
            version=version)
    assert stale.value.current["text"] == "Zuerst."


def test_the_preview_shows_photos_by_the_day_of_the_city(visit, make, project):
    clock.set(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # in the city July has begun
    update = write(project)
    photo = make.photo(project, shows_people=True, consent_until=date(2026, 6, 30), alt="Zwei am Herd")
    with transaction():
        update.photos.append(photo)
    page = visit(project.leads[0]).fill(f"/en/desk/updates/{update.id}/change", preview="yes")
    assert page.status == 200 and page.soup.select_one("[aria-labelledby=preview-title]")
    assert not page.soup.select("[aria-labelledby=preview-title] img")
