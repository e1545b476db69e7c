"""What is to be done in a language: changed words first, then what most people see; never what is not public."""

import pytest

from incubator.foundation.language import LANGUAGES
from incubator.foundation.transaction import transaction
from incubator.translating import glossary, operations, queries
from incubator.translating.queries_sources import SOURCES, open_row
from incubator.translating.rules import Standing
from incubator.wording.models import Origin
from incubator.wording.operations import translate
from tests.translating.scenes import done, thing_of


def keys(code="ar", **known):
    return [line.key for line in queries.queue(code, **known).lines]


def of(code, **known):
    return next(each for each in queries.progress(**known) if each.language.code == code)


def test_changed_words_come_first_then_projects_then_what_fewer_see(any_database, make):
    old, new = make.project("active", title="Küche", summary=""), make.project("active", title="Chor", summary="")
    make.milestone(old, title="Start")
    need = make.evidence(theme_id=old.theme_id, statement="Es fehlt etwas", indicator="")
    with transaction():
        translate("need_evidence", need.id, "statement", "ar", "x", of="früher", origin=Origin.VOLUNTEER)
    found = keys()
    assert found[:3] == [f"need_evidence-{need.id}", f"project-{new.id}", f"project-{old.id}"]
    assert found.index(f"project-{old.id}") < next(place for place, key in enumerate(found) if "milestone" in key)


def test_nothing_is_in_the_queue_that_nobody_reads(make):
    make.project("draft", title="Geheim")
    make.milestone(make.project("mentoring"), title="Start")
    make.workshop(round=make.round(state="draft"), title="Treffen")
    assert [key for key in keys() if not key.startswith("round")] == []


def test_pages_follow_each_other_without_holes_or_doubles(any_database, make):
    for title in "ABCDE":
        make.project("active", title=title, summary="")
    whole, found, after = keys(), [], None
    while True:
        page = queries.queue("ar", after=after, size=2)
        found += [line.key for line in page.lines]
        after = page.after
        if after is None:
            break
    assert found == whole


@pytest.mark.parametrize("after", ["x", "1.2", "1.2.3.4", "-1.2.3", "1.2.99999999999", "١.٢.٣"])
def test_a_key_that_is_none_begins_at_the_beginning(make, after):
    make.project("active", title="Küche")
    assert keys(after=after) == keys()


def test_progress_counts_what_is_done_and_says_nothing_of_what_is_original(any_database, make):
    project = make.project("active", title="Küche", summary="Wir kochen.")
    before = of("ar").done, of("de").total
    done(operations.publish_own, project, "ar", make.person("coordinator"), title="مطبخ")
    assert (of("ar").done, of("de").total) == (before[0] + 1, before[1])
    assert of("ar", project_id=project.id).total == 2
    with transaction():
        project.title = "Herd"
    assert (of("ar")["stale"], of("ar").done) == (1, before[0])


def test_sql_and_rules_say_the_same_of_every_standing(any_database, make):
    office, leyla, second = make.person("coordinator"), make.person("translator"), make.person("translator")
    rows = [make.project("active", title=title, summary="") for title in "ABCD"]
    done(operations.publish_own, rows[0], "ar", office, title="ا")
    done(operations.hand_in, rows[1], "ar", leyla, title="ب")
    done(operations.hand_in, rows[2], "ar", leyla, title="ج")
    done(operations.review, rows[2], "ar", second)
    for row, standing in zip(rows, ("done", "waiting", "reviewed", "missing"), strict=True):
        assert keys(wanted=(Standing(standing),), kind="project") == [thing_of(row).key]


def test_the_number_of_questions_does_not_grow(make, queries):
    def look():
        make.project("active", title="Küche")
        with queries() as asked:
            keys()
        return len(asked)

    assert look() == look()


def test_every_source_can_be_opened_by_its_kind(app):
    assert [open_row(kind, 1) for kind in SOURCES] == [None] * len(SOURCES)


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_the_glossary_has_every_term_in_every_language(language):
    rows = glossary.rows()
    assert len(rows) >= 60
    assert [row["de"] for row in rows if not row[language].strip()] == []


def test_terms_are_found_with_their_endings_and_in_every_script():
    assert ("Meilenstein", "milestone") in [(term.word, term.other) for term in glossary.found(
        "Alle Meilensteine sind erreicht", "de", "en")]
    assert [term.word for term in glossary.found("وقّعنا اتفاقية الإرشاد", "ar", "de")] == ["اتفاقية الإرشاد"]
    assert glossary.found("Wir kochen", "de", "en") == []
