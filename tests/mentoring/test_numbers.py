"""The talks of a round, counted."""

import pytest

from incubator.mentoring.models import SessionKind
from incubator.mentoring.queries_numbers import numbers


def test_a_round_counts_talks_minutes_and_interpreters(any_database, make):
    project, silent = make.project("active"), make.project("active", title="Stilles Projekt")
    mentor = project.mentors[0]
    make.session(project, mentor, minutes=60)
    make.session(project, mentor, minutes=30, kind=SessionKind.CRISIS, had_interpreter=True)
    make.session(project, mentor, minutes=45, kind=SessionKind.CRISIS)
    found = numbers(project.round_id)
    assert found.by_kind == ((SessionKind.INITIAL_CONSULTATION, 1, 60), (SessionKind.CRISIS, 2, 75))
    assert (found.talks, found.minutes, found.interpreted) == (3, 135, 1)
    assert [each.id for each in found.silent] == [silent.id]


def test_a_proposal_is_no_project_without_a_talk(make):
    assert numbers(make.project("submitted").round_id).silent == []


def test_the_page_shows_counts_and_no_words(make, visit, queries):
    project = make.project("active")
    make.session(project, project.mentors[0], shared_notes="Streit", confidential_notes="Geheim")
    browser, page = visit(make.person("coordinator")), f"/de/desk/board/{project.round_id}/mentoring"
    text = browser.get(page).text
    assert "Streit" not in text and "Geheim" not in text
    with queries(at_most=6):
        browser.get(page)
    assert page in browser.get(f"/de/desk/board/{project.round_id}").text


FEW = "Fewer than five talks"


@pytest.mark.parametrize(("number", "said"), [(1, FEW), (4, FEW), (5, "5 talks")])
def test_the_public_reads_no_number_under_five(make, visit, number, said):
    project = make.project("active")
    for _ in range(number):
        make.session(project, project.mentors[0])
    for page in ("", "/history"):
        assert said in visit().get(f"/en/projects/{project.slug}{page}").text, page
