"""A random walk through the lifecycle: everybody tries everything, on any day, and the rules hold after each step."""

from datetime import date, timedelta
from random import Random

import flask
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from incubator import create_app
from incubator.closing import operations as closing
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.operations import verify
from incubator.mentoring import operations as mentoring
from incubator.mentoring import queries as mentors
from incubator.mentoring.models import Assignment, AssignmentState
from incubator.policy import Act, allows
from incubator.projects import jobs, next_steps, operations, queries, rules
from incubator.projects.lifecycle import BY_ACTION, PUBLIC, Action, Status, Who
from incubator.projects.models import Part, SecondSignature
from tests.builders import Builders
from tests.closing.ends import write_and_hand_in
from tests.fresh import empty_sqlite

BEGIN = date(2026, 3, 1)
NAMES = ("lead", "member", "mentor", "second_mentor", "coordinator", "second_coordinator", "stranger", "nobody")
reasons = st.sampled_from(["", "  ", "Weil es so ist."])
RESOLVED = (Action.AWARD, Action.WAITLIST, Action.REJECT)
AWARD = ("resolution_body", "resolution_on", "resolution_reference", "notice_number", "notice_on", "award_final_on")


class Walk(RuleBasedStateMachine):
    """One project and the people around it."""
    app: flask.Flask
    @initialize(status=st.sampled_from([status for status in Status if status not in rules.FINISHED]))
    def settle(self, status) -> None:
        clock.set(BEGIN)
        with self.app.app_context():
            empty_sqlite()
        self.context = self.app.app_context()
        self.context.push()
        make = Builders()
        make.round(proposals_until=date(2026, 5, 31), return_due_days=14)
        self.people = {
            "lead": make.person("lead"), "member": make.person(), "mentor": make.person("mentor"),
            "second_mentor": make.person("mentor"), "coordinator": make.person("coordinator"),
            "second_coordinator": make.person("coordinator"), "stranger": make.person(), "nobody": None,
        }
        beginning = status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)
        self.project = make.project(
            status.value, lead=self.people["lead"], members=(self.people["member"],),
            mentor=None if beginning else self.people["mentor"],
        )
        self.began, self.was_public = status, status in PUBLIC

    def teardown(self) -> None:
        if hasattr(self, "context"):
            assert verify().holds, "the chain of the book holds"
            db.session.remove()
            self.context.pop()
        clock.reset()

    def attempt(self, operation, *args, **kwargs) -> bool:
        before, entries = self.project.status, self._entries()
        try:
            with transaction():
                operation(*args, **kwargs)
        except RuleBroken as broken:
            assert str(broken.sentence).strip()
            db.session.expire_all()
            assert (self.project.status, self._entries()) == (before, entries)
            return False
        return True

    def _entries(self) -> int:
        return db.session.scalar(sa.select(sa.func.count(Entry.id)))

    @rule(action=st.sampled_from(list(Action)), name=st.sampled_from(NAMES), reason=reasons, flag=st.booleans())
    def try_anything(self, action, name, reason, flag) -> None:
        self._take(action, name, reason, flag)

    @rule(number=st.integers(0, 2**16))
    @precondition(lambda self: self.project.status not in rules.FINISHED)
    def go_on(self, number) -> None:
        """Take a step of the table by somebody who may."""
        if self.project.status is Status.SUBMITTED and not self.project.mentors:
            self.ask_and_answer("mentor", False)
        possible = [(step.action, name) for step in BY_ACTION.values() for name in NAMES[:-1]
                    if self.project.status in step.sources and self._lets_in(step.action, self.people[name])]
        possible = possible or [(Action.LAPSE, "nobody")]
        action, name = Random(number).choice(possible)
        event(f"tried: {action}")
        self._take(action, name, "Weil es so ist.", True)

    def _take(self, action, name, reason, flag) -> None:
        by, step = self.people[name], BY_ACTION[action]
        if not self._lets_in(action, by):
            return
        before = self.project.status
        if self.attempt(self._operation(action, by, reason, flag)) and self.project.status is not before:
            assert before in step.sources
            assert self.project.status is step.target or step.also

    def _lets_in(self, action, by) -> bool:
        """Ask the policy; the one step without a page is taken by the calendar or the lead."""
        if by is None:
            return True
        act = next_steps.PAGES[action].act if action in next_steps.PAGES else Act.SUBMIT_REPORT
        return allows(act, by, self.project)

    def _operation(self, action, by, reason, flag):
        project, today = self.project, clock.today()
        columns = dict(zip(AWARD[:3], ("Rat", today, "VO/1"), strict=True)) if flag and action in RESOLVED else {}
        if action is Action.AWARD and flag:
            columns |= dict(zip(AWARD[3:], ("2026-1", today, today + timedelta(days=31)), strict=True))
        if action is Action.REJECT and flag:
            columns["end_reason"] = reason.strip()
        named = {
            Action.SUBMIT: lambda: operations.submit(project, by),
            Action.RETURN_FOR_CHANGES: lambda: operations.return_for_changes(project, by, reason),
            Action.DECLARE_INELIGIBLE: lambda: operations.declare_ineligible(project, by, reason),
            Action.LAPSE: lambda: operations.lapse(project),
            Action.WITHDRAW: lambda: operations.withdraw(project, by),
            Action.ADMIT: lambda: mentoring.admit(project, by),
            Action.START: lambda: operations.start(project, by, waiver=flag),
            Action.SUSPEND: lambda: operations.suspend(project, by, reason),
            Action.RESUME: lambda: operations.resume(project, by, reason),
            Action.SUBMIT_REPORT: lambda: write_and_hand_in(project, by, reason),
            Action.RETURN_REPORT: lambda: closing.return_report(project, by, reason),
            Action.ACCEPT_REPORT: lambda: closing.sign(project, by, audit_note=reason, no_conflict=flag),
            Action.ACCEPT_WITH_RECOVERY: lambda: closing.sign(project, by, no_conflict=True),
            Action.SETTLE_RECOVERY: lambda: closing.settle(project, by, on=today, reference=reason),
            Action.REVOKE: lambda: operations.revoke(project, by, reason if flag else ""),
        }
        return named.get(action, lambda: operations.move(project, action, by, **columns))

    @rule(days=st.integers(1, 40))
    def let_days_pass(self, days) -> None:
        clock.set(clock.today() + timedelta(days=days))
        jobs.take_due_steps()
        db.session.expire_all()
        if self.project.status is Status.RETURNED:
            assert self.project.return_due_on >= clock.today()

    @rule(name=st.sampled_from(["mentor", "second_mentor", "member", "coordinator"]), conflict=st.booleans())
    def ask_and_answer(self, name, conflict) -> None:
        person = self.people[name]
        if self.attempt(mentoring.propose, self.project, person, self.people["coordinator"]):
            asked = db.session.scalars(sa.select(Assignment).order_by(Assignment.id.desc())).first()
            self.attempt(mentoring.accept, asked, person, has_conflict=conflict)

    @rule()
    def change_the_mentor(self) -> None:
        for asked in mentors.assignments(self.project.id):
            if asked.state is AssignmentState.ACCEPTED:
                self.attempt(mentoring.end, asked, self.people["coordinator"], "Wechsel")
                return

    @rule(name=st.sampled_from(NAMES[:-1]), kind=st.sampled_from([Part.MEMBER, Part.MENTOR]))
    def let_somebody_in(self, name, kind) -> None:
        self.attempt(operations.add_member, self.project, self.people["lead"], self.people[name], kind)

    @rule(data=st.data(), hands_over=st.booleans())
    def change_the_team(self, data, hands_over) -> None:
        part = data.draw(st.sampled_from([each for each in self.project.participations if each.until is None]))
        self.attempt(operations.hand_over if hands_over else operations.remove_member, part, self.people["lead"])

    @rule(need=st.text(alphabet="abc ", max_size=5))
    def write(self, need) -> None:
        changed = self.attempt(operations.edit, self.project, self.people["lead"], need=need or "Weil")
        assert changed == (self.project.status in rules.EDITABLE)

    @rule()
    def drop_what_was_proposed(self) -> None:
        for signature in queries.open_signatures(self.project.id):
            self.attempt(operations.drop, signature, self.people["coordinator"])

    @invariant()
    def status_and_columns_agree(self) -> None:
        project = self.project
        assert project.submitted_at or project.status in (Status.DRAFT, Status.WITHDRAWN)
        if project.status is Status.RETURNED:
            assert project.return_due_on and project.return_reason
        if project.status is Status.SUBMITTED:
            assert project.return_due_on is None
        if project.status in (Status.INELIGIBLE, Status.REJECTED, Status.REVOKED):
            assert project.end_reason.strip()
        if project.status in PUBLIC:
            assert project.notice_number and project.resolution_on
        self.was_public |= project.status in PUBLIC
        assert bool(project.published_at) == self.was_public

    @invariant()
    def the_book_tells_the_way(self) -> None:
        here = self.began
        for entry in db.session.scalars(sa.select(Entry).where(Entry.action == "project.moved").order_by(Entry.id)):
            step = BY_ACTION[Action(entry.data["action"])]
            assert entry.data["from"] == here and here in step.sources
            assert entry.data["to"] == step.target
            assert entry.actor or Who.CLOCK in step.who
            here = step.target
        assert here is self.project.status

    @invariant()
    def second_signatures_are_of_two_people(self) -> None:
        taken = {entry.data["action"] for entry in db.session.scalars(sa.select(Entry).where(
            Entry.action == "project.moved"))}
        signed = db.session.scalars(sa.select(SecondSignature).where(SecondSignature.agreed_at.is_not(None))).all()
        assert all(each.agreed_by_id != each.proposed_by_id for each in signed)
        assert {each.action for each in signed} == {a for a in taken if BY_ACTION[Action(a)].also}
        for waiting in queries.open_signatures(self.project.id):
            assert self.project.status in BY_ACTION[Action(waiting.action)].sources

    @invariant()
    def one_lead_and_nobody_on_both_sides(self) -> None:
        assert len(self.project.leads) == 1
        for person in self.people.values():
            parts = self.project.part_of(person.id) if person else set()
            assert not (Part.MENTOR in parts and len(parts) > 1)
            assert not {Part.LEAD, Part.MEMBER} <= parts


@pytest.fixture(scope="module")
def walking_app(tmp_path_factory):
    return create_app({
        "SECRET_KEY": "for tests only", "SQLALCHEMY_DATABASE_URI": "sqlite://", "REDIS_URL": "", "SMTP_URL": "",
        "INSTANCE": tmp_path_factory.mktemp("walk"), "DEMO": False, "TESTING": True, "TRUSTED_HOSTS": None,
    })


@pytest.mark.long
def test_no_walk_leaves_the_path(walking_app):
    Walk.app = walking_app
    long = settings(max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Walk, settings=long)
