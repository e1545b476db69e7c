"""What somebody writes about an act stands beside the journal, which holds only its mark."""

import re
from functools import partial

from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.journal.rules import mark
from incubator.projects import queries
from incubator.projects.operations_reasons import explain
from tests.house.sources import PROGRAM, name


def explained(project, by, text):
    with transaction():
        return explain(partial(record, "project.tried", by, project, facts=1), text, project_id=project.id,
                       language="ar")


def test_words_are_kept_beside_the_entry_that_proves_them(make):
    project = make.project()
    entry = explained(project, make.person(), " لأن ")
    kept = queries.reason_of(entry.id)
    assert (kept.text, kept.language, kept.project_id) == ("لأن", "ar", project.id)
    assert entry.data == {"facts": 1, "reason_mark": mark(kept.salt, "لأن")}
    assert list(queries.altered_reasons()) == []


def test_where_nothing_is_said_nothing_is_kept(make):
    entry = explained(make.project(), make.person(), "  ")
    assert queries.reason_of(entry.id) is None
    assert entry.data == {"facts": 1}


def test_words_are_kept_in_one_way_only():
    made = re.compile(r"(?<!class )\bStepReason\(")
    assert [name(path) for path in PROGRAM if made.search(path.read_text())] == [
        "incubator/projects/operations_reasons.py"]
