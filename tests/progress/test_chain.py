"""The chain that proves a project from the need to the account."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incubator.closing.models import FinalReport, ReportState
from incubator.dialogue.models import WorkshopState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import record
from incubator.progress.rules_chain import STEPS, Known, steps
from incubator.projects.lifecycle import PUBLIC, Stage, Status

SECRET = "Geheimnis"
BEGINNING = ("need", "workshop", "idea")


def page(visit, language="de"):
    answer = visit().get(f"/{language}/projects/kueche/history")
    assert answer.status == 200
    return answer.soup.main


def step(visit, key):
    return page(visit).select_one(f"ol.timeline > li#{key}")


def state(visit, key):
    return step(visit, key).select_one(".badge").text


@pytest.fixture
def project(make):
    """A project with everything behind it."""
    need = make.evidence(statement="Treffpunkte fehlen", source="Haushaltsumfrage")
    workshop = make.workshop(slug="wohnen", title="Gut wohnen")
    idea = make.idea(state="promoted", title="Küche für alle", workshop_id=workshop.id, evidence=[need])
    project = make.project("active", slug="kueche", title="Nachbarschaftsküche", idea_id=idea.id, asked_cents=8_100_00)
    make.award(project, grant=7_600_00)
    make.milestone(project, status="accepted", actual_on=date(2026, 2, 20))
    make.milestone(project)
    make.milestone(project, status="cancelled")
    return project


def test_all_steps_stand_in_their_order_each_with_an_anchor(any_database, visit, project):
    assert [each["id"] for each in page(visit).select("ol.timeline > li")] == list(STEPS)


def test_the_need_opens_to_figure_year_source_and_licence(any_database, visit, project):
    need = step(visit, "need")
    assert need.details.summary.text.strip() == "Treffpunkte fehlen"
    for said in ("51", "84", "2025", "Haushaltsumfrage", "dl-de/by-2-0"):
        assert said in need.details.text, said
    assert need.select_one("a[href='/de/evidence/1']")


def test_a_need_named_by_project_and_idea_stands_there_once(any_database, visit, make, project):
    with transaction():
        project.evidence = list(project.idea.evidence)
    assert len(step(visit, "need").select("details")) == 1


def test_every_step_leads_to_its_own_page(any_database, visit, project):
    leads = {"workshop": "/de/workshops/wohnen", "idea": f"/de/ideas/{project.idea_id}",
             "proposal": "/de/projects/kueche", "resolution": f"/de/rounds/{project.round.slug}",
             "budget": "/de/projects/kueche/money", "milestones": "/de/projects/kueche#milestones-title"}
    for key, path in leads.items():
        assert step(visit, key).select_one(f"a[href='{path}']"), key


def test_steps_tell_what_they_prove(any_database, visit, make, project):
    make.session(project, project.mentors[0], shared_notes=SECRET)
    for _ in range(4):  # fewer than five are not told
        make.session(project, project.mentors[0], confidential_notes=SECRET)
    for key, said in (("proposal", "8.100,00"), ("mentoring", "5"), ("resolution", "VO/1"), ("budget", "7.600,00"),
                      ("resolution", "13.01.2026"), ("milestones", "1")):
        assert said in step(visit, key).text, key
    assert SECRET not in page(visit).text


def test_a_cancelled_milestone_counts_neither_way(any_database, visit, project):
    assert " 2 " in step(visit, "milestones").p.find_next_sibling("p").text


def test_mentoring_began_on_the_day_of_the_record(any_database, visit, project):
    clock.set(date(2026, 2, 3))
    with transaction():
        record("project.moved", None, project, **{"action": "admit", "from": "submitted", "to": "mentoring"})
    assert step(visit, "mentoring").time["datetime"] == "2026-02-03"


def test_an_older_project_says_plainly_what_is_missing(any_database, visit, make):
    make.project("active", slug="kueche")
    soup = page(visit)
    assert soup.select_one(".notice:not([hidden])")
    for key in BEGINNING:
        assert soup.select_one(f"#{key} p.muted") and not soup.select_one(f"#{key} time"), key


def test_a_project_with_its_beginning_needs_no_excuse(visit, project):
    assert not page(visit).select_one(".notice:not([hidden])")


@pytest.mark.parametrize("hidden", ["not agreed", "round in preparation"])
def test_an_idea_that_is_not_public_breaks_the_chain_instead_of_leaking(any_database, visit, make, project, hidden):
    preparing = make.round(state="draft")
    with transaction():
        project.idea.title = SECRET
        if hidden == "not agreed":
            project.idea.is_public = False
        else:
            project.idea.round_id = preparing.id
    text = page(visit).text
    assert SECRET not in text and "Gut wohnen" not in text and "Treffpunkte" not in text


@pytest.mark.parametrize(("status", "milestones", "report"), [
    ("awarded", "todo", "todo"), ("active", "current", "todo"), ("suspended", "stopped", "todo"),
    ("reporting", "done", "current"), ("report_submitted", "done", "current"), ("recovery", "done", "current"),
    ("completed", "done", "done"), ("revoked", "stopped", "stopped"),
])
def test_each_status_says_which_step_is_now(status, milestones, report):
    known = Known(status=Status(status), has_need=True, has_idea=True, workshop=WorkshopState.HELD, has_report=False)
    states = {each.key: each.state.value for each in steps(known, {})}
    assert (states["milestones"], states["report"]) == (milestones, report)


@given(st.sampled_from(sorted(PUBLIC)), st.booleans(), st.booleans(), st.sampled_from([None, *WorkshopState]),
       st.booleans())
def test_what_has_not_happened_has_no_day_and_what_happened_is_never_to_come(status, need, idea, workshop, report):
    assume(not report or (status.stage is not Stage.MILESTONES and status is not Status.AWARDED))
    day = date(2026, 1, 1)
    shown = steps(Known(status, need, idea, workshop, report), dict.fromkeys(STEPS, day))
    assert [each.key for each in shown] == list(STEPS)
    for each in shown:
        assert (each.on is not None) == (each.state.value == "done")
    later = [each.state.value for each in shown if each.key not in BEGINNING]
    assert "done" not in later[later.index("todo"):] if "todo" in later else "missing" not in later


def _report(project, state, **fields):
    with transaction():
        db.session.add(FinalReport(
            project_id=project.id, state=ReportState(state), statement={}, statement_hash="0" * 64,
            submitted_at=clock.now() - timedelta(days=3), answers={"0": SECRET},
            **({"audit_note": SECRET, "recovery_cents": 0, "audited_at": clock.now()} if state == "accepted" else {}),
            **fields))


def test_a_report_being_checked_says_since_when(any_database, visit, make):
    _report(make.project("report_submitted", slug="kueche"), "submitted")
    assert "26.02.2026" in step(visit, "report").text
    assert SECRET not in page(visit).text


def test_a_report_given_back_stays_between_mentor_and_lead(visit, make):
    _report(make.project("reporting", slug="kueche"), "returned", return_reason=SECRET)
    assert "26.02.2026" not in step(visit, "report").text
    assert SECRET not in page(visit).text


def test_an_accepted_report_ends_the_chain(any_database, visit, make):
    _report(make.project("completed", slug="kueche"), "accepted")
    report = step(visit, "report")
    assert report.time["datetime"] == "2026-03-01"
    assert report.select_one("a[href='/de/projects/kueche/money']")
    assert SECRET not in page(visit).text


def test_the_story_of_the_journal_stays_below(any_database, visit, project):
    with transaction():
        record("project.moved", None, project, **{"action": "start", "from": "awarded", "to": "active"})
    soup = page(visit)
    chain, story = soup.select_one("ol.timeline"), soup.select_one("ol.news--one")
    assert len(story.select("li")) == 1
    assert chain in story.find_all_previous("ol")


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_chain_is_read_without_any_data(visit, make, language):
    make.project("awarded", slug="kueche", theme_id=None, district_id=None, asked_cents=None)
    assert len(page(visit, language).select("ol.timeline > li")) == len(STEPS)


def test_a_chain_asks_the_database_little(any_database, visit, project, queries):
    stranger = visit()
    with queries(at_most=8):
        assert stranger.get("/de/projects/kueche/history").status == 200
