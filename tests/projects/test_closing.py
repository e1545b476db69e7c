"""The final report and the end of a project."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.projects import operations, queries
from incubator.projects.lifecycle import Action, Status


def at(project, page=""):
    return f"/de/desk/projects/{project.id}{page}"


def test_from_the_report_to_the_end(make, visit):
    project = make.project("reporting")
    lead, mentor, second = visit(project.leads[0]), visit(project.mentors[0]), visit(make.person("coordinator"))
    lead.fill(at(project, "/report"), reason="Fünf Abende, vierzig Gäste.")
    assert project.status is Status.REPORT_SUBMITTED
    assert "Fünf Abende" in mentor.get(at(project, "/report/review")).text
    mentor.fill(at(project, "/report/review"), reason="Belege geprüft.")
    assert project.status is Status.REPORT_SUBMITTED
    assert not mentor.get(at(project, "/report/review")).soup.select(f"form[action='{at(project, '/report/review')}']")
    second.fill(at(project, "/report/review"))
    assert project.status is Status.COMPLETED


def test_money_goes_back_before_the_end(make, visit):
    project = make.project("report_submitted")
    coordinator = visit(make.person("coordinator"))
    visit(project.mentors[0]).fill(at(project, "/report/review"), reason="120 Euro zu viel.", money_back=True)
    coordinator.fill(at(project, "/report/review"))
    assert project.status is Status.RECOVERY
    coordinator.fill(at(project, "/settle"), reason="120 Euro sind da.")
    assert project.status is Status.COMPLETED


def test_the_mentor_signs_first(make):
    project = make.project("report_submitted")
    with pytest.raises(RuleBroken, match="signs first"), transaction():
        operations.accept_report(project, make.person("coordinator"), "Alles gut")


def test_nobody_signs_twice(make):
    project = make.project("report_submitted")
    with transaction():
        operations.accept_report(project, project.mentors[0], "Geprüft")
    with pytest.raises(RuleBroken, match="already signed"), transaction():
        operations.accept_report(project, project.mentors[0])


def test_a_report_is_returned_with_what_is_missing_and_keeps_its_words(make, visit):
    project = make.project("reporting")
    lead, mentor = visit(project.leads[0]), visit(project.mentors[0])
    lead.fill(at(project, "/report"), reason="Kurz.")
    form = f"form[action='{at(project, '/report/return')}']"
    mentor.fill(at(project, "/report/review"), form=form, reason="Wie viele kamen?")
    assert project.status is Status.REPORTING
    answer = lead.get(at(project, "/report"))
    assert "Wie viele kamen?" in answer.text
    assert answer.soup.select_one("textarea").get_text().strip() == "Kurz."


def test_a_signature_is_dropped(make, visit):
    project = make.project("report_submitted")
    mentor = visit(project.mentors[0])
    mentor.fill(at(project, "/report/review"), reason="Versehen")
    mentor.fill(at(project, "/report/review"), form=f"form[action='{at(project, '/report/drop')}']")
    assert queries.open_report_signature(project.id) is None


def test_the_team_neither_accepts_nor_returns_its_report(make, visit):
    project = make.project("report_submitted", lead=make.person("coordinator", "mentor"))
    for page in ("/report/review", "/report/return", "/settle"):
        assert visit(project.leads[0]).get(at(project, page)).status == 403


def test_an_empty_report_is_refused(make, visit):
    project = make.project("reporting")
    assert visit(project.leads[0]).fill(at(project, "/report"), reason=" ").status == 422
    assert queries.last_reason(project.id, Action.SUBMIT_REPORT) is None


def test_everybody_hears_of_the_end(make):
    project, coordinator = make.project("active"), make.person("coordinator")
    with transaction():
        operations.move(project, Action.OPEN_REPORTING, None)
    with transaction():
        operations.submit_report(project, project.leads[0], "Fertig.")
    with transaction():
        operations.accept_report(project, project.mentors[0], "Geprüft.")
    deliver()
    to = {person: sum(letter.person_id == person.id for letter in Letter.query)
          for person in (project.leads[0], project.mentors[0], coordinator)}
    assert to == {project.leads[0]: 1, project.mentors[0]: 1, coordinator: 1}


def test_whoever_sits_on_the_carriers_board_does_not_sign(any_database, make):
    project = make.project("report_submitted")
    make.affiliation(project.mentors[0], project.carrier)
    with pytest.raises(RuleBroken, match="Conflict of interest"), transaction():
        operations.accept_report(project, project.mentors[0], "Geprüft")
    assert project.status is Status.REPORT_SUBMITTED
