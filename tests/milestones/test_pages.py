"""The pages, as each person sees them."""

import io
from datetime import date

import pytest

from incubator.foundation.transaction import transaction
from incubator.media import operations as media
from incubator.milestones import queries as milestones
from incubator.milestones.models import MilestoneStatus, UpdateState
from incubator.projects.lifecycle import Status
from tests.builders import picture
from tests.media import samples

SAID = {"actual_on": "2026-02-27", "evidence": "Die Liste liegt bei uns.", "text": "Alle kamen.", "language": "de"}


@pytest.fixture
def project(make):
    return make.project("active")


@pytest.fixture
def milestone(make, project):
    make.milestone(project, due_on=date(2026, 6, 1))
    return make.milestone(project, title="Küche offen")


def photo(data=None, name="IMG_1.jpg"):
    return (io.BytesIO(data if data is not None else picture()), name)


def buttons(answer):
    return [each.get_text(strip=True) for each in answer.soup.select("main .kern-btn--primary")]


def test_the_team_sees_one_main_button_at_the_next_milestone(visit, project, milestone):
    page = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}/milestones")
    assert page.status == 200 and buttons(page) == ["We have reached it:Küche offen"]
    main = page.soup.select_one(".timeline__item .kern-btn--primary")
    assert main["href"] == f"/en/desk/milestones/{milestone.id}/report"


@pytest.mark.parametrize(("status", "waits"), [("accepted", False), ("cancelled", False), ("in_progress", True)])
def test_a_milestone_waits_only_for_one_that_is_still_open(make, visit, status, waits):
    project = make.project("active")
    make.milestone(project, needs_id=make.milestone(project, status=status).id)
    text = visit(project.leads[0]).get(f"/en/desk/projects/{project.id}/milestones").text
    assert ("Waits for" in text) is waits


def test_the_overview_of_a_running_project_leads_its_team_to_writing_news(make, visit):
    project = make.project("active")
    href = f"/en/desk/projects/{project.id}/updates/write"
    assert visit(project.leads[0]).get(f"/en/desk/projects/{project.id}").soup.select_one(f"a[href='{href}']")
    assert not visit(project.mentors[0]).get(f"/en/desk/projects/{project.id}").soup.select_one(f"a[href='{href}']")


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_every_page_is_drawn_in_every_language(make, visit, language):
    project = make.project("active")
    milestone = make.milestone(project)
    reported = make.milestone(project, status="reported")
    make.update(project, state="draft", milestone=reported, photos=(make.photo(project),))
    lead, mentor = visit(project.leads[0]), visit(project.mentors[0])
    for path in ("report", "forecast"):
        assert lead.get(f"/{language}/desk/milestones/{milestone.id}/{path}").status == 200
    assert lead.get(f"/{language}/desk/projects/{project.id}/updates/write").status == 200
    assert mentor.get(f"/{language}/desk/milestones/{reported.id}/review").status == 200
    office = visit(make.person("coordinator"))
    assert office.get(f"/{language}/desk/milestones/{milestone.id}/cancel").status == 200
    planned = make.project("mentoring")
    planner = visit(planned.leads[0])
    assert planner.get(f"/{language}/desk/projects/{planned.id}/milestones/plan").status == 200
    assert planner.get(f"/{language}/desk/milestones/{make.milestone(planned).id}/edit").status == 200
    assert lead.get(f"/{language}/desk/projects/{project.id}/milestones").status == 200


def test_planning_asks_two_questions(make, visit):
    project = make.project("mentoring", starts_on=date(2026, 3, 1))
    path = f"/de/desk/projects/{project.id}/milestones"
    answer = visit(project.leads[0]).fill(f"{path}/plan", title="Küche offen", due_on="2026-05-01")
    assert (answer.status, answer.location) == (303, path), answer.problems
    planned, = milestones.milestones(project.id)
    assert (planned.title, planned.weight, planned.needs_id) == ("Küche offen", 1, None)


def test_the_gate_is_not_seen_where_all_is_paid_at_once(make, visit):
    for instalments, seen in (([50, 40, 10], True), ([100], False)):
        project = make.project("mentoring", round=make.round(instalments_pct=instalments))
        page = visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/milestones/plan")
        assert bool(page.soup.select_one("[name=is_gate]")) is seen


def test_an_old_form_shows_both_versions(make, visit):
    milestone = make.milestone(make.project("mentoring", starts_on=date(2026, 3, 1)), title="Zuerst")
    lead = visit(milestone.project.leads[0])
    path = f"/de/desk/milestones/{milestone.id}/edit"
    assert lead.fill(path, title="Danach").status == 303
    answer = lead.fill(path, title="Meins", version="1")
    assert answer.status == 422 and "Danach" in answer.text and "Meins" in answer.text


def test_reporting_from_a_phone_takes_three_answers_and_a_photo(visit, milestone):
    path = f"/de/desk/milestones/{milestone.id}/report"
    answer = visit(milestone.project.leads[0]).fill(path, **SAID | {
        "photos-0-file": photo(samples.heic(), "IMG_2.HEIC"), "photos-0-alt": "Zwei Flächen"})
    assert answer.status == 303
    assert milestone.status is MilestoneStatus.REPORTED
    update = milestones.report_of(milestone.id)
    assert (update.title, update.photos[0].alt) == ("Küche offen", "Zwei Flächen")


def test_the_same_report_sent_twice_counts_once(visit, milestone):
    lead = visit(milestone.project.leads[0])
    path = f"/de/desk/milestones/{milestone.id}/report"
    for _each in range(2):
        sent = SAID | {"form_key": "same", "photos-0-file": photo(), "photos-0-alt": "Herd"}
        assert lead.post(path, sent).status == 303
    assert len(milestones.report_of(milestone.id).photos) == 1


@pytest.mark.parametrize(("sent", "name"), [
    ({"photos-0-file": (b"<svg/>", "x.svg"), "photos-0-alt": "Herd"}, "photos-0-file"),
    ({"photos-0-file": (b"", "x.jpg"), "photos-0-alt": "Herd"}, "photos-0-file"),
    ({"photos-0-file": (picture(), "x.jpg"), "photos-0-alt": ""}, "photos-0-alt"),
    ({"actual_on": "2026-03-02"}, "actual_on"), ({"text": ""}, "text"), ({"evidence": ""}, "evidence"),
])
def test_what_is_wrong_stands_beside_its_field(visit, milestone, sent, name):
    files = {key: photo(*value) if isinstance(value, tuple) else value for key, value in sent.items()}
    answer = visit(milestone.project.leads[0]).post(f"/de/desk/milestones/{milestone.id}/report", SAID | files)
    assert answer.status == 422
    assert answer.soup.select_one(f"#{name}-error") is not None
    assert milestone.status is MilestoneStatus.PLANNED


def test_who_must_choose_the_photo_again_is_told(visit, milestone):
    lead = visit(milestone.project.leads[0])
    answer = lead.post(f"/en/desk/milestones/{milestone.id}/report", SAID | {"text": "", "photos-0-file": photo(),
                                                                          "photos-0-alt": "Stove"})
    assert "choose the photos again" in answer.text and "Stove" in answer.text


def test_the_mentor_accepts_with_one_click(make, visit, project, milestone):
    lead, mentor = visit(project.leads[0]), visit(project.mentors[0])
    lead.fill(f"/de/desk/milestones/{milestone.id}/report", **SAID)
    path = f"/en/desk/milestones/{milestone.id}/review"
    assert buttons(mentor.get(path)) == ["Accept and publish"]
    assert mentor.fill(path, answer="accept").status == 303
    assert milestone.status is MilestoneStatus.ACCEPTED
    assert mentor.get(path).status == 200


def test_the_mentor_returns_with_a_reason(visit, project, milestone):
    visit(project.leads[0]).fill(f"/de/desk/milestones/{milestone.id}/report", **SAID)
    mentor, path = visit(project.mentors[0]), f"/de/desk/milestones/{milestone.id}/review"
    answer = mentor.fill(path, answer="return", reason="")
    assert answer.status == 422 and answer.soup.select_one("#reason-error")
    assert mentor.fill(path, answer="return", reason="Bitte ein Foto.").status == 303
    again = visit(project.leads[0]).get(f"/de/desk/milestones/{milestone.id}/report")
    assert "Bitte ein Foto." in again.text and SAID["text"] in again.text


def test_who_may_do_what(make, visit, project, milestone):
    people = {"lead": project.leads[0], "mentor": project.mentors[0], "office": make.person("coordinator"),
              "stranger": make.person("mentor", "lead")}
    allowed = {
        f"/de/desk/projects/{project.id}/milestones": {"lead", "mentor", "office"},
        f"/de/desk/projects/{project.id}/milestones/plan": {"lead"},
        f"/de/desk/projects/{project.id}/updates/write": {"lead"},
        f"/de/desk/milestones/{milestone.id}/edit": {"lead"},
        f"/de/desk/milestones/{milestone.id}/report": {"lead"},
        f"/de/desk/milestones/{milestone.id}/forecast": {"lead"},
        f"/de/desk/milestones/{milestone.id}/review": {"mentor"},
        f"/de/desk/milestones/{milestone.id}/cancel": {"office"},
    }
    for name, person in people.items():
        visitor = visit(person)
        for path, who in allowed.items():
            assert (path, name, visitor.get(path).status) == (path, name, 200 if name in who else 403)
    assert all(visit().get(path).status == 303 for path in allowed)


def test_a_hidden_photo_is_seen_by_insiders_only_and_can_be_taken_back(make, visit, project):
    with transaction():
        kept = media.keep(picture(), None, alt="Herd", alt_language="de", project_id=project.id)
    make.update(project, photos=(kept,))
    path = f"/de/desk/photos/{kept.key}"
    lead = visit(project.leads[0])
    for end in (".jpg", "-small.jpg"):
        answer = lead.get(path + end)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
        assert visit(make.person("mentor")).get(path + end).status == 404
    assert visit().get(f"/media/{kept.key}.jpg").status == 404
    assert visit(make.person()).post(f"{path}/withdraw").status == 404
    assert visit(make.person("coordinator")).post(f"{path}/withdraw").status == 303
    assert lead.get(f"{path}.jpg").status == 404


def test_news_is_written_and_withdrawn(visit, project):
    lead = visit(project.leads[0])
    path = f"/de/desk/projects/{project.id}/updates/write"
    assert lead.fill(path, title="Neu", text="Es geht los.").status == 303
    update, = milestones.updates(project.id)
    assert lead.post(f"/de/desk/updates/{update.id}/withdraw").status == 303
    assert update.state is UpdateState.WITHDRAWN


def test_one_button_begins_and_one_removes(make, visit, project, milestone):
    assert visit(project.leads[0]).post(f"/de/desk/milestones/{milestone.id}/start").status == 303
    assert milestone.status is MilestoneStatus.IN_PROGRESS
    planned = make.milestone(make.project("mentoring"))
    number = planned.project_id
    assert visit(planned.project.leads[0]).post(f"/de/desk/milestones/{planned.id}/remove").status == 303
    assert not milestones.milestones(number)


def test_foreseeing_another_day_says_how_many_moved(make, visit, project, milestone):
    make.milestone(project, needs_id=milestone.id)
    lead = visit(project.leads[0])
    answer = lead.fill(f"/en/desk/milestones/{milestone.id}/forecast", forecast_on="2026-05-20")
    assert "1 milestone that waits for it moved too." in lead.follow(answer).text


def test_the_page_of_many_milestones_costs_few_queries(make, visit, queries, project):
    for number in range(8):
        milestone = make.milestone(project, status="reported" if number % 2 else "planned")
        make.update(project, milestone=milestone, photos=(make.photo(project),))
    lead = visit(project.leads[0])
    with queries(at_most=14):
        assert lead.get(f"/de/desk/projects/{project.id}/milestones").status == 200


def test_cancelling_the_last_one_is_told(make, visit, project):
    milestone = make.milestone(project)
    answer = visit(make.person("coordinator")).fill(f"/de/desk/milestones/{milestone.id}/cancel", reason="Kein Raum")
    assert answer.status == 303 and project.status is Status.REPORTING


def test_a_number_too_large_for_any_database_is_no_page(visit, project):
    assert visit(project.leads[0]).get(f"/de/desk/milestones/{10**30}/report").status == 404
