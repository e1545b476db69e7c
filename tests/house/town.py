"""A town with two projects, one that plans its money and one that is paid, and six people who have to do with both."""

import shutil
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from incubator.accounts import operations as accounts
from incubator.accounts.models import Person, Role
from incubator.budgets import operations_deputy, queries
from incubator.budgets.models import Approval, PlanState
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations as mentoring
from incubator.organisations.models import Affiliation, AffiliationRole
from incubator.payments.models_requests import FundsRequest
from incubator.policy import Act, allows
from incubator.projects import operations_team as team
from incubator.projects.models import Part, Participation, Project
from tests.builders import Builders
from tests.payments.stage import Stage

PEOPLE, BEGIN = 6, date(2026, 3, 1)
CLOSE = (AffiliationRole.BOARD, AffiliationRole.EMPLOYEE, AffiliationRole.RELATIVE)
people = st.integers(0, PEOPLE - 1)
picks = st.integers(0, 9)


def build(app):
    """Build the town once and keep it beside its database; return who and what is in it, by numbers."""
    clock.set(BEGIN)
    with app.app_context():
        db.create_all()
        make = Builders()
        stage = Stage(make)
        stage.keep_account()
        planning = make.project("mentoring", lead=make.person("lead"), carrier=stage.project.carrier)
        folk = [planning.leads[0], stage.lead, stage.mentor, planning.mentors[0], stage.coordinator, stage.other]
        known = {"people": [each.id for each in folk], "administrator": make.person("administrator").id,
                 "paying": stage.project.id, "planning": planning.id}
        db.session.remove()
        db.engine.dispose()
        file = Path(db.engine.url.database)
    shutil.copy(file, file.with_suffix(".kept"))
    return known


class Town(RuleBasedStateMachine):
    """Who is who changes at random; after each act about money that was let through it is looked at who did it."""

    app, known = None, {}
    taken = let_through = 0

    @initialize()
    def settle(self):
        clock.set(BEGIN)
        self.context = self.app.app_context()
        self.context.push()
        db.session.remove()
        db.engine.dispose()
        file = Path(db.engine.url.database)
        for old in file.parent.glob(f"{file.name}-*"):
            old.unlink()
        shutil.copy(file.with_suffix(".kept"), file)
        self.people = [db.session.get(Person, number) for number in self.known["people"]]
        self.administrator = db.session.get(Person, self.known["administrator"])
        self.paying, self.planning = (db.session.get(Project, self.known[name]) for name in ("paying", "planning"))
        self.edited, self.asked = set(), {}

    def teardown(self):
        if hasattr(self, "context"):
            db.session.remove()
            self.context.pop()
        clock.reset()

    def tries(self, person, act, subject, operation, *args, **fields):
        """Do what a page does: ask the policy, then the rules; return what was made, None where it was refused."""
        db.session.rollback()
        if not allows(act, person, subject):
            return None
        type(self).taken += 1
        try:
            with transaction():
                return operation(*args, **fields) or True
        except RuleBroken:
            db.session.expire_all()
            return None

    def everybody(self, first):
        """Return all people, one of them first: each tries, until one is let through."""
        return self.people[first:] + self.people[:first]

    def signs(self, first, project, act, subject, operate, *, asker=None, editors=()):
        """Let everybody try what decides about money, and look at who it was that came through."""
        for person in self.everybody(first):
            parts, close = project.part_of(person.id), self._is_close(person, project)
            if self.tries(person, act, subject, operate, person) is None:
                continue
            type(self).let_through += 1
            assert not parts & {Part.LEAD, Part.MEMBER}, (act, "on the team")
            assert person.id != asker, (act, "asked for it")
            assert person.id not in editors, (act, "wrote it")
            assert not close, (act, "close to the carrier")
            return

    def _is_close(self, person, project):
        return db.session.scalar(sa.select(Affiliation.id).where(
            Affiliation.person_id == person.id, Affiliation.organisation_id == project.carrier_id,
            Affiliation.role.in_(CLOSE)).limit(1)) is not None

    def project(self, pick):
        return (self.planning, self.paying)[pick % 2]

    @rule(who=people, role=st.sampled_from([Role.MENTOR, Role.COORDINATOR]), gives=st.sampled_from([True, True, False]))
    def change_role(self, who, role, gives):
        done = accounts.grant_role if gives else accounts.withdraw_role
        self.tries(self.administrator, Act.MANAGE_PEOPLE, None, done, self.people[who], role, self.administrator)

    @rule(other=people, pick=picks)
    def take_into_the_team(self, other, pick):
        project = self.project(pick)
        lead = project.leads[0]
        self.tries(lead, Act.MANAGE_TEAM, project, team.add_member, project, lead, self.people[other])

    @rule(pick=picks, number=picks, hands_over=st.booleans())
    def change_the_team(self, pick, number, hands_over):
        project = self.project(pick)
        lead, found = project.leads[0], db.session.scalars(sa.select(Participation).where(
            Participation.project_id == project.id, Participation.until.is_(None)).order_by(Participation.id)).all()
        operation = team.hand_over if hands_over else team.remove_member
        self.tries(lead, Act.MANAGE_TEAM, project, operation, found[number % len(found)], lead)

    @rule(who=people, role=st.sampled_from(list(AffiliationRole)), pick=picks)
    def tie(self, who, role, pick):
        if pick == 0:  # seldom: once everybody is tied nothing more happens
            with transaction():
                db.session.add(Affiliation(
                    person_id=self.people[who].id, organisation_id=self.paying.carrier_id, role=role))

    @rule(who=people, other=people)
    def find_a_mentor(self, who, other):
        mentor = self.people[other]
        for person in self.everybody(who):
            asked = self.tries(
                person, Act.PROPOSE_MENTOR, self.planning, mentoring.propose, self.planning, mentor, person)
            if asked:
                self.tries(mentor, Act.ANSWER_ASSIGNMENT, asked, mentoring.accept, asked, mentor)
                return

    @rule(who=people, other=people, pick=picks)
    def name_a_deputy(self, who, other, pick):
        project, by = self.project(pick), self.people[who]
        self.tries(by, Act.NAME_DEPUTY, project, operations_deputy.name_deputy, project, by, self.people[other],
                   "Alle anderen sind befangen.")

    @invariant()
    def four_eyes_saw_every_cent(self):
        if not hasattr(self, "asked"):
            return
        db.session.rollback()
        for request in db.session.scalars(sa.select(FundsRequest)):
            checks = [each for each in (request.factual_by_id, request.arithmetic_by_id) if each is not None]
            assert len(set(checks)) == len(checks)
            assert request.asked_by_id not in {*checks, request.paid_by_id}
            assert request.state not in ("paid", "ordered") or len(checks) == 2

    @invariant()
    def nobody_approved_what_they_wrote(self):
        if not hasattr(self, "edited"):
            return
        plan = queries.current_plan(self.planning.id)
        given = db.session.scalars(sa.select(Approval).where(
            Approval.plan_id == plan.id, Approval.voided_at.is_(None))).all() if plan else []
        assert not {each.person_id for each in given} & self.edited
        assert plan is None or plan.state is not PlanState.APPROVED or given
