"""What everybody reads in another language can be taken back: they read the original again, and it is missing."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import deliver
from incubator.progress import jobs as search
from incubator.translating import operations, queries
from incubator.wording.models import DraftState, TranslationDraft, Why
from incubator.wording.queries import words
from tests.progress.test_search import found
from tests.translating.scenes import done, standings, thing_of


@pytest.fixture
def project(make):
    return make.project("active", title="Küche", summary="Wir kochen.", lead=make.person("lead"))


@pytest.fixture
def office(make):
    return make.person("coordinator")


def page_of(project):
    return f"/en/desk/translations/ar/texts/project-{project.id}"


def read(project):
    return words("ar", {"project": [project.id]}).of("project", project.id, "title", project.title, "de")


def test_everybody_reads_the_original_again_and_the_words_wait_as_a_draft(any_database, project, office):
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    done(operations.withdraw, project, "ar", office)
    assert (read(project).text, read(project).language) == ("Küche", "de")
    assert standings(project, "ar")["title"] == "missing"
    assert queries.queue("ar", kind="project").lines[0].owner_id == project.id
    [draft] = db.session.scalars(sa.select(TranslationDraft)).all()
    assert (draft.text, draft.state, draft.author) == ("مطبخ", DraftState.WRITING, office.public_id)


def test_a_newer_draft_is_not_lost(project, office, make):
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    done(operations.hand_in, project, "ar", make.person("translator"), title="المطبخ")
    done(operations.withdraw, project, "ar", office)
    assert [each.text for each in db.session.scalars(sa.select(TranslationDraft))] == ["المطبخ"]
    assert standings(project, "ar")["title"] == "waiting"


def test_the_journal_knows_who_what_and_why_and_no_words(project, office):
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    with transaction():
        operations.withdraw(thing_of(project), "ar", office, None, Why.MISTAKES)
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "passage.withdrawn")).one()
    assert entry.data == {"field": "title", "language": "ar", "origin": "official", "why": "mistakes"}
    assert (entry.actor, entry.project_id) == (office.seal, project.id)


def test_where_nobody_reads_a_translation_there_is_nothing_to_withdraw(project, office):
    with pytest.raises(RuleBroken):
        done(operations.withdraw, project, "ar", office)


def test_nobody_finds_a_thing_by_words_that_were_withdrawn(visit, project, office):
    search.rebuild()
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    deliver()
    assert "project" in found(visit, "مطبخ")
    done(operations.withdraw, project, "ar", office)
    deliver()
    assert "project" not in found(visit, "مطبخ")


def test_whoever_may_publish_presses_one_button_and_readers_see_the_original_with_its_label(visit, project, office):
    done(operations.publish_own, project, "ar", office, title="مطبخ", summary="نطبخ.")
    public = f"/ar/projects/{project.slug}"
    assert "مطبخ" in visit().get(public).text
    lead = visit(project.leads[0])
    answer = lead.fill(page_of(project), form="form[action$='/withdraw']", why="different")
    assert answer.location == page_of(project)
    page = visit().get(public)
    assert "مطبخ" not in page.text
    assert page.soup.select_one("main h1")["lang"] == "de"
    again = lead.get(page_of(project))
    assert again.soup.select_one("[name=title]")["value"] == "مطبخ"
    assert not again.soup.select("form[action$='/withdraw']")


def test_the_office_finds_what_everybody_reads_in_the_list(visit, project, office):
    done(operations.publish_own, project, "ar", office, title="مطبخ", summary="نطبخ.")
    lines = visit(office).get("/en/desk/translations/ar?show=done&kind=project").soup.select(".task a")
    assert [each["href"] for each in lines] == [page_of(project)]


def test_a_translator_is_not_offered_to_withdraw(visit, project, office, make):
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    page = visit(make.person("translator")).get(page_of(project))
    assert page.status == 200
    assert not page.soup.select("form[action$='/withdraw']")


def test_words_that_changed_meanwhile_are_not_withdrawn_unseen(visit, project, office):
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    visitor = visit(office)
    form = visitor.get(page_of(project)).soup.select_one("form[action$='/withdraw']")
    done(operations.publish_own, project, "ar", office, title="المطبخ")
    visitor.post(page_of(project) + "/withdraw", {
        name: form.select_one(f"[name={name}]")["value"] for name in ("version", "form_key")} | {"why": ""})
    assert read(project).text == "المطبخ"
