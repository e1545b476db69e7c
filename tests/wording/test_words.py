"""Whoever reads gets the words in the language they read best, and hears where these are older than the original."""

import flask
import pytest
import sqlalchemy as sa

from incubator.foundation.database import db, fingerprint
from incubator.foundation.language import reading
from incubator.foundation.transaction import transaction
from incubator.wording.models import DraftState, Origin, Translation, TranslationDraft
from incubator.wording.operations import forget, reworded, translate
from incubator.wording.queries import Translated, Words, words


def said(read, translated=(), original="Küche", written_in="de"):
    found = {("project", 1, "title", code): Translated(text, Origin.VOLUNTEER, fingerprint(of))
             for code, text, of in translated}
    return Words(read, found).of("project", 1, "title", original, written_in)


@pytest.mark.parametrize(("read", "language"), [
    (("ar",), "ar"), (("de",), "de"), (("tr",), "de"), (("tr", "ar"), "ar"), (("tr", "de", "ar"), "de"),
])
def test_the_first_language_somebody_reads_is_chosen_and_else_the_original(read, language):
    assert said(read, [("ar", "مطبخ", "Küche"), ("en", "Kitchen", "Küche")]).language == language


def test_a_translation_of_earlier_words_says_so():
    assert said(("ar",), [("ar", "مطبخ", "Küche")]).is_stale is False
    assert said(("ar",), [("ar", "مطبخ", "Herd")]).is_stale is True


def test_easy_language_falls_back_to_german_and_people_to_what_else_they_read(app):
    assert reading("de-simple") == ("de-simple", "de")
    flask.g.also_reads = ("tr", "en")
    assert reading("tr") == ("tr", "en")


def kept(project, text="مطبخ"):
    with transaction():
        translate("project", project.id, "title", "ar", text, of=project.title, origin=Origin.AUTHOR, author="a")


def reword(project, hides=False, **changed):
    with transaction(), reworded("project", project, "title", "language", hides=hides):
        for name, value in changed.items():
            setattr(project, name, value)


def test_reworded_passages_keep_their_translation_as_an_older_one(make):
    project = make.project()
    kept(project)
    reword(project, title="Herd")
    passage = words("ar", {"project": [project.id]}).of("project", project.id, "title", "Herd", "de")
    assert (passage.text, passage.is_stale) == ("مطبخ", True)


def test_what_was_taken_out_waits_as_a_draft_and_nobody_else_reads_it(make):
    project = make.project()
    kept(project)
    reword(project, hides=True, title="Herd")
    assert db.session.scalars(sa.select(Translation)).all() == []
    [draft] = db.session.scalars(sa.select(TranslationDraft)).all()
    assert (draft.text, draft.state, draft.author) == ("مطبخ", DraftState.WRITING, "a")


def test_another_language_of_the_original_ends_all_its_translations(make):
    project = make.project()
    kept(project)
    reword(project, language="tr")
    assert db.session.scalars(sa.select(Translation)).all() == []


def test_what_is_forgotten_leaves_no_draft_behind(make):
    project = make.project()
    kept(project)
    reword(project, hides=True, title="Herd")
    with transaction():
        forget("project", project.id)
    assert db.session.scalars(sa.select(TranslationDraft)).all() == []
