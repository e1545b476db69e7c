"""Ideas are written down for people, answered with a word, and public only with consent."""


import pytest
import sqlalchemy as sa

from incubator.dialogue import operations, queries
from incubator.dialogue.models import IdeaState
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.wording.models import Origin, Translation
from incubator.wording.operations import translate


def give(make, round, **fields):
    facts = {"title": " Zusammen  kochen ", "language": "ar", "text": "In einer Küche."}
    with transaction():
        return operations.give_idea(round, make.person("moderator"), **(facts | fields))


def move(make, idea, to, **more):
    with transaction():
        operations.move_idea(idea, IdeaState(to), make.person("coordinator"), **more)


def entries():
    return [(entry.action, entry.data) for entry in db.session.scalars(sa.select(Entry).order_by(Entry.id))]


def test_an_idea_is_not_public_unless_somebody_agreed(any_database, make):
    round, finding = make.round(), make.evidence()
    idea = give(make, round, evidence_ids=[finding.id, 999])
    assert (idea.state, idea.is_public, idea.title) == (IdeaState.SUBMITTED, False, "Zusammen kochen")
    assert idea.evidence == [finding]
    assert entries() == [("idea.given", {"round": round.id, "workshop": None, "is_public": False})]


def test_an_idea_belongs_to_a_workshop_of_its_round_that_took_place(app, make):
    round, other = make.round(), make.round()
    for workshop in (make.workshop(round=other), make.workshop(round=round, state="cancelled")):
        with pytest.raises(RuleBroken) as broken:
            give(make, round, workshop_id=workshop.id)
        assert broken.value.field == "workshop_id"
    assert give(make, round, workshop_id=make.workshop(round=round).id).workshop is not None


def test_consent_can_be_taken_back(app, make):
    idea = make.idea(round=make.round())
    with transaction():
        operations.change_idea(idea, make.person("moderator"), is_public=False)
    assert not idea.is_public
    assert entries() == [("idea.changed", {"is_public": False})]


def test_who_changes_findings_only_is_noticed_by_the_next(app, make):
    idea, finding, by = make.idea(round=make.round()), make.evidence(), make.person("moderator")
    drawn = idea.version
    with transaction():
        operations.change_idea(idea, by, drawn, evidence_ids=[finding.id])
    with pytest.raises(Stale), transaction():
        operations.change_idea(idea, by, drawn, evidence_ids=[])
    assert idea.evidence == [finding]


def test_an_idea_that_waits_goes_on_when_its_time_has_come(app, make):
    idea = make.idea(round=make.round())
    move(make, idea, "parked", reason="Die Genehmigung fehlt.")
    assert (idea.reason, idea.ended_at is None) == ("Die Genehmigung fehlt.", False)
    move(make, idea, "in_review")
    assert (idea.reason, idea.ended_at) == ("", None)
    assert entries()[-1] == ("idea.moved", {"from": "parked", "to": "in_review"})


@pytest.mark.parametrize("to", ["referred", "parked", "declined"])
def test_no_idea_ends_without_a_word(app, make, to):
    idea = make.idea(round=make.round())
    with pytest.raises(RuleBroken) as broken:
        move(make, idea, to, reason=" ")
    assert (broken.value.field, idea.state) == ("reason", IdeaState.SUBMITTED)


def test_a_joined_idea_leads_to_the_other_and_nobody_joins_it_again(app, make):
    round = make.round()
    first, second, third = (make.idea(round=round) for _ in range(3))
    move(make, first, "merged", reason="Dasselbe.", into=second)
    assert list(queries.joined(second)) == [first]
    with pytest.raises(RuleBroken):
        move(make, second, "merged", reason="Dasselbe.", into=first)
    move(make, second, "merged", reason="Dasselbe.", into=third)
    assert first.id not in [each.id for each in queries.ideas_to_join(third)]


def test_two_ideas_joined_with_each_other_at_once_make_no_circle(any_database, make, at_once):
    round = make.round()
    ids = [make.idea(round=round).id for _ in range(2)]

    def join(one, other):
        operations.move_idea(queries.idea(one), IdeaState.MERGED, None, reason="Dasselbe.", into=queries.idea(other))

    answers = at_once(lambda: join(*ids), lambda: join(*reversed(ids)))
    assert answers.count("done") == 1
    assert sum(queries.idea(number).merged_into_id is not None for number in ids) == 1


def test_the_moderator_enters_one_from_the_workshops_page(app, make, visit):
    round = make.round()
    workshop, theme = make.workshop(round=round, state="held"), make.theme()
    visitor = visit(make.person("moderator"))
    link = visitor.get(f"/de/desk/workshops/{workshop.id}").soup.select_one("main .buttons a")["href"]
    answer = visitor.fill(link, title="Zusammen kochen", theme_id=str(theme.id), is_public="y")
    assert "Zusammen kochen" in visitor.follow(answer).text
    (idea,) = queries.waiting_ideas()
    assert (idea.workshop_id, idea.is_public, idea.theme) == (workshop.id, True, theme)


def test_an_answer_needs_its_word_beside_the_field(app, make, visit):
    idea, visitor = make.idea(round=make.round()), visit(make.person("coordinator"))
    answer = visitor.fill(f"/en/desk/ideas/{idea.id}", to="declined")
    assert answer.status == 422
    assert answer.soup.select_one("#reason-error")
    answer = visitor.fill(f"/en/desk/ideas/{idea.id}", to="declined", reason="Kein Verein gefunden.")
    assert "Kein Verein gefunden." in visitor.follow(answer).text
    assert idea.state is IdeaState.DECLINED


def test_a_project_is_no_answer_one_ticks(app, make, visit):
    idea, visitor = make.idea(round=make.round()), visit(make.person("coordinator"))
    page = visitor.get(f"/de/desk/ideas/{idea.id}").soup
    offered = {each["value"] for each in page.select("input[name=to]")}
    assert offered == {"in_review", "accepted_for_workshop", "referred", "parked", "declined"}
    assert visitor.fill(f"/de/desk/ideas/{idea.id}", to="promoted").status == 422
    assert page.select(f"a[href='/de/desk/ideas/{idea.id}/propose']")


def test_joining_is_offered_where_there_is_another(app, make, visit):
    round = make.round()
    one, other = make.idea(round=round), make.idea(round=round)
    visitor = visit(make.person("coordinator"))
    visitor.fill(f"/de/desk/ideas/{one.id}", to="merged", into_id=str(other.id), reason="Dasselbe.")
    assert one.merged_into_id == other.id
    assert one.title in visitor.get(f"/de/desk/ideas/{other.id}").text


def test_somebody_without_the_office_sees_no_idea_on_the_desk(app, make, visit):
    idea = make.idea(round=make.round())
    for role in ("lead", "mentor", "auditor", "administrator"):
        assert visit(make.person(role)).get(f"/de/desk/ideas/{idea.id}").status == 403, role


def test_the_page_with_all_three_asks_the_same_few_questions_however_much_there_is(app, make, visit, queries):
    round, visitor = make.round(), visit(make.person("coordinator"))
    for _ in range(12):
        make.idea(round=round, workshop_id=make.workshop(round=round).id)
        make.evidence()
    visitor.get("/de/desk/dialogue")
    with queries(at_most=10):
        assert visitor.get("/de/desk/dialogue").status == 200


def test_the_desk_says_that_ideas_wait(app, make, visit):
    round, visitor = make.round(), visit(make.person("coordinator"))
    make.idea(round=round, state="parked")
    link = "main .tasks a[href='/de/desk/dialogue'], main a.kern-btn[href='/de/desk/dialogue']"
    assert not visitor.get("/de/desk/").soup.select(link)
    make.idea(round=round)
    assert visitor.get("/de/desk/").soup.select(link)


def translated(kind, row, **fields):
    with transaction():
        for field, text in fields.items():
            translate(kind, row.id, field, "ar", text, of=text, origin=Origin.VOLUNTEER)


def left(kind):
    return sorted(db.session.scalars(sa.select(Translation.field).where(Translation.owner_type == kind)))


def test_what_was_changed_is_not_told_in_its_old_translation(app, make):
    idea, by = make.idea(round=make.round()), make.person("moderator")
    translated("idea", idea, title="مطبخ", text="نطبخ")
    with transaction():
        operations.change_idea(idea, by, text="Ganz anders.")
    assert left("idea") == ["title"]


def test_the_reason_of_an_earlier_step_is_not_told_of_a_later_one(app, make, visit):
    idea = make.idea(round=make.round(), is_public=True)
    move(make, idea, "parked", reason="Erst im Herbst.")
    translated("idea", idea, reason="في الخريف")
    assert "في الخريف" in visit().get(f"/ar/ideas/{idea.id}").text
    move(make, idea, "in_review")
    assert "في الخريف" not in visit().get(f"/ar/ideas/{idea.id}").text


def test_a_corrected_finding_says_that_its_translation_is_older(app, make, visit):
    finding, by = make.evidence(statement="Orte fehlen."), make.person("coordinator")
    with transaction():
        translate("need_evidence", finding.id, "statement", "ar", "ينقص", of="Orte fehlen.", origin=Origin.OFFICIAL)
    page, older = f"/ar/evidence/{finding.id}", "قد لا تكون هذه الترجمة"
    assert "ينقص" in visit().get(page).text and older not in visit().get(page).text
    with transaction():
        operations.change_evidence(finding, by, statement="Etwas anderes fehlt.")
    assert "ينقص" in visit().get(page).text and older in visit().get(page).text


def test_a_summary_that_was_emptied_is_told_in_no_language(app, make):
    idea, by = make.idea(round=make.round()), make.person("moderator")
    translated("idea", idea, title="مطبخ", text="نطبخ")
    with transaction():
        operations.change_idea(idea, by, text="")
    assert left("idea") == ["title"]
