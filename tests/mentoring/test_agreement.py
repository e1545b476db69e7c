"""How team and mentor work together: written, signed, changed, ended."""

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.journal.models import Entry
from incubator.letters.models import Letter
from incubator.mentoring import operations, operations_agreement, queries_agreements, rules_agreement
from incubator.mentoring.models_agreement import Agreement
from tests.mentoring import rows


def write(project, **fields):
    with transaction():
        return operations_agreement.write(project, project.mentors[0], language="de", **(rows.WORDS | fields))


def sign(agreement, person):
    with transaction():
        return operations_agreement.sign(agreement, person)


def letters(template):
    db.session.rollback()
    found = sa.select(Letter.person_id).where(Letter.key.contains(f":{template}:")).order_by(Letter.id)
    return db.session.scalars(found).all()


def test_lead_and_mentor_sign_the_same_words(any_database, make):
    project = make.project("mentoring")
    agreement = write(project)
    marks = {sign(agreement, person).content_hash for person in (project.leads[0], project.mentors[0])}
    assert marks == {agreement.content_hash}
    assert [each.role for each in agreement.signatures] == ["lead", "mentor"]
    assert rules_agreement.is_complete([each.role for each in agreement.signatures])


def test_a_change_makes_a_new_version_that_nobody_has_signed(make):
    project = make.project("mentoring")
    old = write(project)
    sign(old, project.leads[0])
    new = write(project, rhythm="Jede Woche", version=1)
    assert (new.number, new.signatures, len(old.signatures)) == (2, [], 1)
    assert old.replaced_at is not None
    with pytest.raises(RuleBroken, match="not in force"):
        sign(old, project.mentors[0])


def test_saving_the_same_words_keeps_the_signatures(make):
    project = make.project("mentoring")
    agreement = write(project)
    with pytest.raises(RuleBroken, match="Nothing has changed"):
        write(project, version=1)
    assert agreement.replaced_at is None


def test_a_form_drawn_from_an_older_version_shows_both(make):
    project = make.project("mentoring")
    write(project)
    with pytest.raises(Stale) as stale:
        write(project, rhythm="Jede Woche", version=0)
    assert stale.value.current["rhythm"] == "Alle zwei Wochen"


def test_each_side_signs_once(make):
    project = make.project("mentoring")
    agreement = write(project)
    sign(agreement, project.leads[0])
    with pytest.raises(RuleBroken, match="already"):
        sign(agreement, project.leads[0])


def test_another_mentor_does_not_sign_for_the_first(make):
    project, other = make.project("mentoring"), make.person("mentor")
    agreement = write(project)
    asked = make.assignment(project, other)
    with transaction():
        operations.accept(asked, other)
    with pytest.raises(RuleBroken):
        sign(agreement, other)


def test_an_agreement_ends_after_it_begins(make):
    with pytest.raises(RuleBroken) as broken:
        write(make.project("mentoring"), ends_on=date(2026, 2, 1))
    assert broken.value.field == "ends_on"


def test_before_the_admission_nobody_writes_one(make):
    with pytest.raises(RuleBroken, match="admission"):
        write(make.project("submitted", mentor=make.person("mentor")))


def test_the_journal_keeps_the_mark_and_no_words(make):
    project = make.project("mentoring")
    agreement = write(project)
    sign(agreement, project.leads[0])
    written, signed = (Entry.query.filter_by(action=f"agreement.{what}").one().data for what in ("written", "signed"))
    assert written == {"number": 1, "sha256": agreement.content_hash}
    assert signed == {"role": "lead", "sha256": agreement.content_hash}


def test_both_sides_hear_of_it_and_of_each_signature(make):
    project = make.project("mentoring")
    lead, mentor = project.leads[0], project.mentors[0]
    agreement = write(project)
    journal.deliver()
    assert letters("agreement_written") == [lead.id, mentor.id]
    sign(agreement, lead)
    journal.deliver()
    assert letters("agreement_signed") == [mentor.id]


def test_the_agreement_ends_with_the_mentor_and_stays_readable(make, visit):
    project = make.project("mentoring")
    agreement = write(project)
    with transaction():
        operations.end(rows.only_assignment(project), make.person("coordinator"), "Elternzeit")
    assert queries_agreements.in_force(agreement.assignment_id) is None
    answer = visit(project.leads[0]).get(f"/en/desk/agreements/{agreement.id}")
    assert "not in force any more" in answer.text and agreement.aim in answer.text


text = st.text(max_size=40)


@given(text, text, st.sampled_from(rules_agreement.WORDS))
def test_any_other_word_makes_another_mark(one, two, where):
    known = {"project_id": 1, "assignment_id": 2, "number": 3, "language": "de"} | rows.WORDS
    first, second = (Agreement(**(known | {where: said})) for said in (one, two))
    assert (rules_agreement.content_hash(first) == rules_agreement.content_hash(second)) == (one == two)


def test_the_form_begins_with_sensible_words_and_both_sign_on_the_page(make, visit):
    project = make.project("mentoring")
    mentor, lead = visit(project.mentors[0]), visit(project.leads[0])
    answer = mentor.fill(f"/en/desk/projects/{project.id}/mentoring/agreement")
    agreement = Agreement.query.one()
    assert "no legal or tax advice" in agreement.limits
    assert answer.location == f"/en/desk/agreements/{agreement.id}"
    for browser in (mentor, lead):
        assert browser.fill(answer.location).status == 303
    shown = lead.get(answer.location)
    assert agreement.content_hash in shown.text
    assert shown.soup.select("main form[method=post]") == []


def test_words_that_were_changed_behind_our_back_are_found(make, visit):
    project = make.project("mentoring")
    agreement = write(project)
    sign(agreement, project.leads[0])
    with transaction():
        agreement.limits = "Alles ist erlaubt."
    assert "signed other words" in visit(project.leads[0]).get(f"/en/desk/agreements/{agreement.id}").text


def test_others_do_not_read_it(make, visit):
    agreement = write(make.project("mentoring"))
    for roles in (("mentor",), ("auditor",), ()):
        assert visit(make.person(*roles)).get(f"/de/desk/agreements/{agreement.id}").status == 403


def test_nobody_of_the_team_signs_for_the_city(make):
    member = make.person("coordinator")
    agreement = write(make.project("mentoring", members=(member,)))
    with pytest.raises(RuleBroken):
        sign(agreement, member)
