"""The page of a step saves by itself while somebody writes."""

import pytest

from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.projects import operations
from incubator.projects.rules_autosave import answers_of, marks_of, written

DATA = {"Accept": "application/json"}


def path_of(project, step="need"):
    return f"/de/desk/projects/{project.id}/proposal/{step}"


def drawn(project):
    answers = answers_of(project)
    return written(marks_of(answers, answers))


def save(visitor, project, step="need", marks=None, keys=None, **answers):
    sent = {"changed": list(answers), "drawn": drawn(project) if marks is None else marks}
    sent |= {f"key-{name}": key for name, key in (keys or {}).items()}
    return visitor.post(path_of(project, step), sent | answers, headers=DATA)


def edited():
    return [entry.data for entry in Entry.query.filter_by(action="project.edited").order_by(Entry.id)]


def write(project, **answers):
    with transaction():
        operations.edit(project, project.leads[0], **answers)


def test_only_what_changed_is_saved(make, visit):
    project = make.project()
    before = project.audience
    told = save(visit(project.leads[0]), project, need="Weil es fehlt.").response.json
    assert (project.need, project.audience) == ("Weil es fehlt.", before)
    assert told["saved"] == ["need"]
    assert told["said"].startswith("Gespeichert") or told["said"].startswith("Saved")


def test_the_journal_names_the_answers_and_holds_no_text(make, visit):
    project = make.project()
    save(visit(project.leads[0]), project, need="Weil es fehlt.", audience="Alle")
    assert edited() == [{"fields": ["need", "audience"]}]


def test_what_did_not_change_leaves_no_entry(make, visit):
    project = make.project()
    visitor = visit(project.leads[0])
    save(visitor, project, need=project.need)
    visitor.fill(path_of(project))
    assert edited() == []


def test_different_answers_of_two_people_are_both_saved(make, visit):
    project = make.project()
    marks = drawn(project)
    write(project, audience="Von der anderen")
    told = save(visit(project.leads[0]), project, marks=marks, need="Von mir").response.json
    assert (project.need, project.audience) == ("Von mir", "Von der anderen")
    assert told["fresh"] == {"audience": "Von der anderen"}


def test_the_same_answer_of_two_people_is_asked_about(make, visit):
    project = make.project()
    marks = drawn(project)
    write(project, need="Von der anderen")
    told = save(visit(project.leads[0]), project, marks=marks, need="Von mir", audience="Alle hier").response.json
    assert (project.need, project.audience) == ("Von der anderen", "Alle hier")
    assert told["theirs"] == {"need": {"value": "Von der anderen", "shown": "Von der anderen"}}
    assert told["saved"] == ["audience"]


def test_a_change_sent_again_is_not_carried_out_again(make, visit):
    project, visitor = make.project(), None
    visitor, marks = visit(project.leads[0]), drawn(project)
    save(visitor, project, marks=marks, keys={"need": "one"}, need="Von mir")
    write(project, need="Von der anderen, die meines gelesen hat")
    told = save(visitor, project, marks=marks, keys={"need": "one"}, need="Von mir").response.json
    assert project.need.startswith("Von der anderen")
    assert told["fresh"] == {"need": project.need} and told["theirs"] == {}


def test_the_key_of_one_question_says_nothing_about_another(make, visit):
    project = make.project()
    visitor = visit(project.leads[0])
    save(visitor, project, keys={"need": "one"}, need="Erstens")
    save(visitor, project, keys={"audience": "one"}, audience="Zweitens")
    assert project.audience == "Zweitens"


def test_an_answer_that_cannot_be_read_holds_up_no_other(make, visit):
    project = make.project()
    told = save(visit(project.leads[0]), project, "plan", asked_cents="viel", outcome="Alle satt").response.json
    assert project.outcome == "Alle satt"
    assert list(told["wrong"]) == ["asked_cents"]


def test_an_end_before_the_beginning_waits(make, visit):
    project = make.project()
    marks, before = drawn(project), project.ends_on
    told = save(visit(project.leads[0]), project, "plan", marks, ends_on="2026-01-01", outcome="Satt").response.json
    assert (project.ends_on, project.outcome) == (before, "Satt")
    assert list(told["wrong"]) == ["ends_on"]


def test_the_answer_says_what_is_missing_and_how_far_it_is(make, visit):
    project = make.project(audience="", group_name="")
    told = save(visit(project.leads[0]), project, need="").response.json
    assert set(told["missing"]) == {"need", "audience"}
    assert told["answered"] == 10


def test_ticks_and_choices_are_saved_too(make, visit):
    project, finding = make.project(), make.evidence()
    visitor = visit(project.leads[0])
    save(visitor, project, district_id="0", evidence_ids=[str(finding.id)])
    assert project.is_citywide and project.evidence == [finding]
    visitor.post(path_of(project), {"changed": "evidence_ids", "drawn": drawn(project)}, headers=DATA)
    assert project.evidence == []


def test_what_was_handed_in_is_not_saved(make, visit):
    project = make.project("submitted")
    answer = save(visit(project.leads[0]), project, need="Zu spät")
    assert answer.status == 422 and answer.response.json["problem"]
    assert project.need != "Zu spät"


def test_others_cannot_save(make, visit):
    project = make.project()
    assert save(visit(make.person()), project, need="Fremd").status == 403
    assert save(visit(), project, need="Fremd").status == 303


@pytest.mark.parametrize("sent", [
    {}, {"changed": ["", "x", "version", "csrf_token", "need"]}, {"changed": "need", "need": ["a", "b\x00"]},
    {"changed": "need", "need": "\ufffd", "drawn": "need:x audience:" + "0" * 90, "key-need": "\x00" * 900},
    {"changed": "district_id", "district_id": "9" * 40}, {"changed": "evidence_ids", "evidence_ids": ["1e9", "-1"]},
    {"changed": "need", "need": "x" * 9000}, {"changed": ["need"] * 300, "need": "x", "drawn": ["a", "b"]},
])
def test_no_odd_message_breaks_it(make, visit, sent):
    project = make.project()
    assert visit(project.leads[0]).post(path_of(project), sent, headers=DATA).status == 200


def test_nothing_is_saved_without_the_token(make, visit):
    project = make.project()
    visitor, sent = visit(project.leads[0]), {"changed": "need", "need": "Von fremder Seite", "drawn": drawn(project)}
    assert visitor.open(path_of(project), method="POST", data=sent, headers=DATA).status == 400
    assert project.need != "Von fremder Seite"


def test_saving_asks_the_database_little(make, visit, queries):
    project = make.project()
    visitor = visit(project.leads[0])
    with queries(at_most=40):
        save(visitor, project, keys={"need": "one"}, need="Weil es fehlt.")


def test_a_page_without_scripts_is_merged_too(make, visit):
    project = make.project()
    visitor = visit(project.leads[0])
    page = visitor.get(path_of(project)).soup
    hidden = {name: page.select_one(f"[name={name}]")["value"] for name in ("version", "drawn")}
    write(project, audience="Von der anderen")
    sent = hidden | {"need": "Von mir", "audience": page.select_one("[name=audience]").get_text().strip(),
                     "district_id": project.district_id}
    assert visitor.post(path_of(project), sent).status == 303
    assert (project.need, project.audience) == ("Von mir", "Von der anderen")


def test_a_page_without_scripts_asks_about_the_same_answer_and_shows_the_others(make, visit):
    project = make.project()
    visitor = visit(project.leads[0])
    page = visitor.get(path_of(project)).soup
    hidden = {name: page.select_one(f"[name={name}]")["value"] for name in ("version", "drawn")}
    old = page.select_one("[name=audience]").get_text().strip()
    write(project, need="Ihre Worte", audience="Von der anderen")
    sent = hidden | {"need": "Meine Worte", "audience": old, "district_id": project.district_id}
    answer = visitor.post(path_of(project), sent)
    assert answer.status == 422
    told = answer.soup.select_one("#stale-title").parent.get_text()
    assert "Ihre Worte" in told and "Von der anderen" not in told
    assert answer.soup.select_one("[name=audience]").get_text().strip() == "Von der anderen"
    again = {name: answer.soup.select_one(f"[name={name}]")["value"] for name in ("version", "drawn")}
    visitor.post(path_of(project), sent | again | {"audience": "Von der anderen"})
    assert (project.need, project.audience) == ("Meine Worte", "Von der anderen")


def test_the_whole_proposal_stands_on_paper(make, visit):
    project = make.project("submitted", need="Weil es fehlt.", members=(make.person(),))
    for person in (*project.team, make.person("coordinator")):
        text = visit(person).get(f"/ar/desk/projects/{project.id}/proposal/print").soup.select_one(".sheet").get_text()
        assert all(each in text for each in (project.title, "Weil es fehlt.", project.carrier.name))
        assert all(each.name in text for each in project.team)
    assert visit(make.person()).get(f"/ar/desk/projects/{project.id}/proposal/print").status == 403


def test_an_incomplete_proposal_is_led_on_instead_of_refused(make, visit):
    project = make.project(outcome="", group_name="")
    page = visit(project.leads[0]).get(f"/de/desk/projects/{project.id}/submit").soup
    button = page.select_one("main .kern-btn--primary")
    assert button["href"] == path_of(project, "plan") + "#outcome"
