"""Files that go with a proposal."""

import io

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.media.models import Paper
from incubator.projects import operations_attachments as operations
from incubator.projects import rules_attachments as rules
from incubator.projects.models_proposal import Attachment
from tests.builders import picture
from tests.projects import papers


def at(project):
    return f"/en/desk/projects/{project.id}/attachments"


def test_a_photo_goes_with_the_proposal_cleaned_and_under_its_title(make, visit):
    project = make.project()
    lead = visit(project.leads[0])
    answer = lead.fill(at(project), papers=(io.BytesIO(picture()), "satzung.jpg"), title="Satzung")
    assert answer.status == 303
    kept = Attachment.query.one()
    assert (kept.title, kept.paper.project_id, kept.paper.waiting_since) == ("Satzung", project.id, None)
    assert lead.get(f"/en/desk/attachments/{kept.id}").data[:2] == b"\xff\xd8"


def test_a_file_survives_a_form_that_was_refused(make, visit):
    project = make.project()
    lead = visit(project.leads[0])
    answer = lead.fill(at(project), papers=(io.BytesIO(picture()), "satzung.jpg"), title="x" * 200)
    assert answer.status == 422 and "Kept: " in answer.text
    kept = Paper.query.one()
    lead.post(at(project), {"papers-kept": kept.key, "title": "Satzung"})
    assert Attachment.query.one().paper_id == kept.id


def test_a_file_that_is_too_large_is_neither_read_nor_kept(make, visit):
    project = make.project()
    large = io.BytesIO(b"%PDF-" + bytes(rules.LARGEST_BYTES))
    answer = visit(project.leads[0]).fill(at(project), papers=(large, "a.pdf"))
    assert answer.status == 422 and "larger than 10 MB" in answer.text
    assert Paper.query.count() == 0


def test_ten_files_fit_and_no_more(make, visit):
    project = make.project()
    for number in range(rules.MOST):
        papers.file(project, number=number)
    assert not visit(project.leads[0]).get(at(project)).soup.select("main form[method=post]")
    with pytest.raises(RuleBroken, match="At most 10"), transaction():
        operations.add_attachments(project, project.leads[0], papers=[Paper(id=0, size_bytes=1)])


def test_what_was_taken_away_stays_on_file_and_is_shown_to_nobody(make, visit):
    project = make.project()
    kept, lead = papers.file(project), visit(project.leads[0])
    lead.fill(f"/en/desk/attachments/{kept.id}/remove")
    assert Attachment.query.one().removed_at is not None and Paper.query.count() == 1
    assert lead.get(f"/en/desk/attachments/{kept.id}").status == 404
    assert kept.title not in lead.get(at(project)).text


@pytest.mark.parametrize("status", ["submitted", "mentoring", "active", "withdrawn"])
def test_after_handing_in_files_are_only_read(make, visit, status):
    project = make.project(status)
    kept = papers.file(project)
    page = visit(project.leads[0]).get(at(project))
    assert kept.title in page.text and not page.soup.select("main form[method=post], a[href$='/remove']")
    with pytest.raises(RuleBroken, match="handed in"), transaction():
        operations.remove_attachment(kept, project.leads[0])


def test_the_coordination_reads_them_where_it_checks_and_adds_none(make, visit):
    project, coordinator = make.project("submitted"), make.person("coordinator")
    kept = papers.file(project)
    assert visit(coordinator).get(f"/en/desk/projects/{project.id}/check").soup.select(
        f"a[href='/en/desk/attachments/{kept.id}']")
    assert visit(coordinator).get(at(project)).status == 403


def test_strangers_do_not_learn_that_a_file_exists(make, visit):
    kept = papers.file(make.project())
    assert visit(make.person()).get(f"/en/desk/attachments/{kept.id}").status == 404


def test_a_proposal_without_files_says_nothing_of_them_once_it_is_handed_in(make, visit):
    project = make.project("submitted")
    assert "Files" not in visit(project.leads[0]).get(f"/en/desk/projects/{project.id}").text


@pytest.mark.parametrize(("title", "names", "called"), [
    ("", ["a.pdf", "b.pdf"], ["a.pdf", "b.pdf"]), ("Satzung", ["a.pdf"], ["Satzung"]),
    ("Satzung", ["a.pdf", "b.pdf"], ["Satzung (1)", "Satzung (2)"]),
])
def test_files_are_called_by_their_title_or_their_own_names(title, names, called):
    assert rules.titles(title, names) == called
