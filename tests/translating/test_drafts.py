"""A translation is written, read by somebody else, and only then read by everybody."""

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.translating import operations
from incubator.wording.models import DraftState, Origin, Translation, TranslationDraft
from incubator.wording.operations import translate
from incubator.wording.queries import words
from tests.translating.scenes import done, standings, thing_of


@pytest.fixture
def project(make):
    return make.project(status="active", title="Küche", summary="Wir kochen.")


@pytest.fixture
def leyla(make):
    return make.person("translator")


def drafts():
    return db.session.scalars(sa.select(TranslationDraft).order_by(TranslationDraft.id)).all()


def read(project, code="ar"):
    return words(code, {"project": [project.id]}).of("project", project.id, "title", project.title, project.language)


def test_what_is_only_saved_nobody_else_reads(project, leyla):
    done(operations.save, project, "ar", leyla, title="مطبخ")
    [draft] = drafts()
    assert (draft.state, draft.author, draft.origin) == (DraftState.WRITING, leyla.public_id, Origin.VOLUNTEER)
    assert read(project).language == "de"
    assert standings(project, "ar") == {"title": "missing", "summary": "missing"}


def test_two_people_and_the_office_bring_words_to_everybody(project, leyla, make):
    second, office = make.person("translator"), make.person("coordinator")
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    assert standings(project, "ar")["title"] == "waiting"
    done(operations.review, project, "ar", second)
    assert standings(project, "ar")["title"] == "reviewed"
    assert read(project).language == "de"
    done(operations.publish, project, "ar", office)
    assert (read(project).text, read(project).origin, read(project).is_stale) == ("مطبخ", Origin.VOLUNTEER, False)
    assert drafts() == []
    [row] = db.session.scalars(sa.select(Translation)).all()
    assert (row.author, row.reviewer) == (leyla.public_id, second.public_id)


def test_nobody_is_their_own_second_reader(project, leyla):
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    with pytest.raises(RuleBroken):
        done(operations.review, project, "ar", leyla)


def test_what_was_not_read_by_two_is_not_published_with_the_rest(project, leyla, make):
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    with transaction():
        assert operations.publish_all("ar", make.person("coordinator")) == 0
    assert read(project).language == "de"


def test_everything_that_was_found_right_is_published_at_once(project, leyla, make):
    second, office = make.person("translator"), make.person("coordinator")
    workshop = make.workshop(round=project.round, title="Treffen")
    for row in (project, workshop):
        done(operations.hand_in, row, "ar", leyla, title="عنوان")
        done(operations.review, row, "ar", second)
    with transaction():
        assert operations.publish_all("ar", office) == 2
    assert read(project).text == "عنوان"


def test_who_changes_what_was_handed_in_becomes_its_author_and_somebody_else_reads_it(project, leyla, make):
    second = make.person("translator")
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    done(operations.hand_in, project, "ar", second, title="المطبخ")
    [draft] = drafts()
    assert (draft.author, draft.state) == (second.public_id, DraftState.READY)
    done(operations.review, project, "ar", leyla)
    assert drafts()[0].reviewer == leyla.public_id


def test_what_is_sent_back_waits_to_be_written(project, leyla, make):
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    done(operations.send_back, project, "ar", make.person("translator"))
    assert drafts()[0].state is DraftState.WRITING


def test_an_emptied_field_throws_the_draft_away_and_leaves_what_everybody_reads(project, leyla, make):
    done(operations.publish_own, project, "ar", make.person("coordinator"), title="مطبخ")
    done(operations.save, project, "ar", leyla, title="المطبخ")
    done(operations.save, project, "ar", leyla, title="")
    assert drafts() == []
    assert read(project).text == "مطبخ"


def test_a_lead_publishes_the_words_of_their_own_project_as_the_authors(make):
    lead = make.person("lead")
    project = make.project(status="active", lead=lead)
    done(operations.publish_own, project, "ar", lead, title="مطبخ")
    assert read(project).origin is Origin.AUTHOR


def test_a_volunteer_publishes_nothing_alone(project, leyla):
    with pytest.raises(RuleBroken):
        done(operations.publish_own, project, "ar", leyla, title="مطبخ")
    assert db.session.scalars(sa.select(Translation)).all() == []


def test_a_changed_original_is_to_be_looked_at_again(project, make):
    office = make.person("coordinator")
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    with transaction():
        project.title = "Herd"
    assert standings(project, "ar")["title"] == "stale"
    done(operations.publish_own, project, "ar", office, title="مطبخ")
    assert standings(project, "ar")["title"] == "done"


def test_what_waits_and_is_older_than_the_original_is_neither_reviewed_nor_published(project, leyla, make):
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    with transaction():
        project.title = "Herd"
    done(operations.review, project, "ar", make.person("translator"))
    assert drafts()[0].state is DraftState.READY
    assert standings(project, "ar")["title"] == "missing"


def test_a_form_of_older_words_is_refused_and_nothing_is_lost(project, leyla):
    done(operations.save, project, "ar", leyla, title="مطبخ")
    with pytest.raises(Stale) as refused, transaction():
        operations.save(thing_of(project), "ar", leyla, 1, {"title": "المطبخ"})
    assert refused.value.current["title"] == "مطبخ"


def test_words_of_a_machine_that_a_person_changed_are_theirs(project, leyla):
    with transaction():
        translate("project", project.id, "title", "ar", "مطبخ", of="alt", origin=Origin.MACHINE)
    done(operations.hand_in, project, "ar", leyla, title="مطبخ")
    assert drafts()[0].origin is Origin.MACHINE
    done(operations.hand_in, project, "ar", leyla, title="المطبخ")
    assert (drafts()[0].origin, drafts()[0].author) == (Origin.VOLUNTEER, leyla.public_id)


def test_the_journal_says_what_happened_and_never_a_word_of_it(project, make):
    done(operations.publish_own, project, "ar", make.person("coordinator"), title="مطبخ")
    entries = db.session.scalars(sa.select(Entry).where(Entry.action.startswith("passage."))).all()
    assert [each.action for each in entries] == ["passage.written", "passage.published"]
    assert entries[1].data == {"field": "title", "language": "ar", "origin": "official"}
    assert (entries[1].subject_type, entries[1].subject_id) == ("project", project.id)
