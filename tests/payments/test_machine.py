"""Money and lifecycle, walked at random against a plain model of the same rules: never a cent of difference."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from incubator import create_app
from incubator.foundation import clock
from incubator.foundation.database import db, hold
from incubator.foundation.transaction import transaction
from incubator.milestones.models import MilestoneStatus
from incubator.payments import operations, queries
from incubator.payments import operations_ledger as ledger
from incubator.payments.models import EntryKind, LedgerEntry
from incubator.payments.models_requests import PaymentOrder
from incubator.projects import operations as projects
from incubator.projects.lifecycle import BY_ACTION, Action
from tests.payments.money_ground import Ground
from tests.payments.stage import set_up_bank
from tests.scale import scaled, told

MOVES = (Action.SUSPEND, Action.RESUME, Action.OPEN_REPORTING, Action.SUBMIT_REPORT, Action.RETURN_REPORT,
         Action.ACCEPT_REPORT, Action.ACCEPT_WITH_RECOVERY, Action.SETTLE_RECOVERY, Action.REVOKE)
FINAL = (Action.SUSPEND, Action.OPEN_REPORTING, Action.REVOKE, Action.ACCEPT_WITH_RECOVERY)
amounts = st.one_of(st.integers(-5, 2_600_00), st.sampled_from([1, 500_00, 2_000_00, 2_500_00, 5_000_00]))
picks = st.integers(0, 50)


class Walk(Ground):
    """What people do with money, in any order."""

    @rule(share=st.sampled_from([1, 2, 3]))
    def ask_for_a_share(self, share):
        model = self.model
        self.ask(max(1, (model.open_cents() - model.paid - model.requested) // share))

    @rule(cents=amounts)
    def ask(self, cents):
        number = len(self.model.asked) + 1
        needed = clock.today() + timedelta(days=5)
        done = self.does(operations.ask, self.project, self.stage.lead, amount_cents=cents, purpose="Miete",
                         needed_by=needed)
        self.both(self.model.ask(number, cents), done)

    @precondition(lambda self: self.model.asked)
    @rule(pick=picks, who=st.sampled_from(["mentor", "coordinator", "other", "lead"]),
          what=st.sampled_from(["factual", "arithmetic"]))
    def confirm(self, pick, who, what):
        number, request = self.one(pick)
        done = self.does(operations.confirm, request, getattr(self.stage, who), what, True)
        self.both(self.model.confirm(number, who, what), done)

    @precondition(lambda self: self.model.asked)
    @rule(pick=picks)
    def check_completely(self, pick):
        for who, what in (("mentor", "factual"), ("other", "arithmetic")):
            self.confirm(pick, who, what)

    @rule(share=st.sampled_from([2, 3, 4]))
    def ask_and_pay(self, share):
        self.ask_for_a_share(share)
        if self.model.asked:
            newest = len(self.model.asked) - 1
            self.check_completely(newest)
            self.pay(newest)

    @rule(share=st.sampled_from([3, 4]))
    def ask_and_order(self, share):
        self.ask_for_a_share(share)
        if self.model.asked:
            newest = len(self.model.asked) - 1
            self.check_completely(newest)
            self.order({newest})

    @precondition(lambda self: self.model.asked)
    @rule(pick=picks, refused=st.booleans())
    def end(self, pick, refused):
        number, request = self.one(pick)
        if refused:
            done = self.does(operations.refuse, request, self.stage.mentor, "Zu früh")
        else:
            done = self.does(operations.withdraw, request, self.stage.lead)
        self.both(self.model.end(number, "refused" if refused else "withdrawn"), done)

    @precondition(lambda self: self.model.asked)
    @rule(chosen=st.sets(picks, max_size=3))
    def order(self, chosen):
        rows = dict(self.one(pick) for pick in chosen)
        done = self.does(operations.order, list(rows.values()), self.stage.coordinator, clock.today())
        self.both(self.model.order(rows, done.id if done else 0), done)

    @rule(pick=picks, paid=st.booleans())
    def finish_an_order(self, pick, paid):
        found = db.session.scalars(sa.select(PaymentOrder).order_by(PaymentOrder.id)).all()
        if not found:
            return
        order = found[pick % len(found)]
        number, waiting = order.id, [key for key, one in self.model.asked.items()
                                     if one.order == order.id and one.state == "ordered"]
        if paid:
            done = self.does(operations.pay_order, order, self.stage.coordinator, on=clock.today(), reference="A")
            self.both(waiting, done)
            assert all(self.model.pay(each) for each in waiting)
        else:
            self.both(self.model.drop(number), self.does(operations.drop_order, order, self.stage.coordinator))

    @precondition(lambda self: self.model.asked)
    @rule(pick=picks)
    def pay(self, pick):
        number, request = self.one(pick)
        done = self.does(operations.pay, request, self.stage.other, on=clock.today(), reference="K")
        self.both(self.model.pay(number), done)

    @precondition(lambda self: self.model.asked)
    @rule(pick=picks)
    def correct(self, pick):
        number, request = self.one(pick)
        done = self.does(operations.correct_payment, request, self.stage.other, "Irrtum")
        self.both(self.model.correct(number), done)

    @rule(cents=amounts)
    def give_back(self, cents):
        done = self.does(operations.receive_back, self.project, self.stage.other, cents=cents, on=clock.today(),
                         reference="R")
        self.both(self.model.give_back(cents), done)

    def _post(self, kind, line, cents):
        hold(self.project)
        ledger.account_of(self.project)
        return ledger.post(self.project, kind, cents, self.stage.lead, on=clock.today(), line_id=line)

    @rule(pick=picks, cents=st.integers(1, 900_00))
    def spend(self, pick, cents):
        line = self.lines[pick % len(self.lines)]
        entry = self.does(self._post, EntryKind.SPENT, line, cents)
        self.model.spent[line][entry.id] = cents

    @rule(pick=picks, cents=st.integers(1, 900_00))
    def prove(self, pick, cents):
        line = self.lines[pick % len(self.lines)]
        if cents > sum(self.model.spent[line].values()) - sum(self.model.proved[line].values()):
            return
        entry = self.does(self._post, EntryKind.PROVED, line, cents)
        self.both(self.model.prove(line, entry.id if entry else 0, cents), entry)

    @rule(pick=picks, kind=st.sampled_from([EntryKind.SPENT, EntryKind.PROVED]))
    def take_back(self, pick, kind):
        entries = queries.standing(self.project.id, kind)
        if not entries:
            return
        entry = entries[pick % len(entries)]
        kept = self.model.spent if kind is EntryKind.SPENT else self.model.proved
        number, line = entry.id, entry.line_id
        spent = sum(sum(each.values()) for each in self.model.spent.values())
        proved = sum(sum(each.values()) for each in self.model.proved.values())
        possible = kind is EntryKind.PROVED or spent - kept[line][number] >= proved
        self.both(possible, self.does(self._correct, entry))
        if possible:
            del kept[line][number]
            assert self.does(self._correct, db.session.get(LedgerEntry, number)) is None, "once"

    def _correct(self, entry):
        hold(self.project)
        ledger.account_of(self.project)
        return ledger.correct(entry, self.project, self.stage.lead, on=clock.today())

    @rule(action=st.sampled_from(MOVES), lucky=st.integers(0, 3))
    def go_on(self, action, lucky):
        step = BY_ACTION[action]
        if self.model.status not in step.sources or (action in FINAL and lucky):
            return
        reason = "Weil es so ist." if action is not Action.ACCEPT_REPORT else ""
        for person in (self.stage.coordinator, self.stage.other)[:2 if step.also else 1]:
            assert self.does(projects.move, self.project, action, person,
                             reason=reason if person is self.stage.coordinator else "") or step.also
        self.model.status = step.target.value
        self.does(operations.let_go, self.project)
        self.model.let_go()

    @rule(late=st.sampled_from([False, False, False, True]))
    def report_of_the_sister_project(self, late):
        with transaction():
            self.late.report_due_on = clock.today() - timedelta(days=1) if late else clock.today()
        self.model.late = late

    @precondition(lambda self: not self.model.gate)
    @rule()
    def reach_the_gate(self):
        with transaction():
            self.gate.status, self.gate.accepted_at = MilestoneStatus.ACCEPTED, clock.now()
            self.gate.actual_on, self.gate.evidence = clock.today(), "Alle da."
        self.model.gate = True


def walk(tmp_path, wanted, steps):
    """Walk anew until so many steps were taken together."""
    Walk.app = create_app({
        "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/walk.db", "INSTANCE": tmp_path,
        "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TRUSTED_HOSTS": None, "TESTING": True})
    set_up_bank(Walk.app)
    Walk.taken = 0
    while Walk.taken < wanted:
        run(Walk, settings=settings(max_examples=10, stateful_step_count=steps, deadline=None, database=None,
                                    suppress_health_check=list(HealthCheck)))


@pytest.mark.long
def test_five_hundred_steps_of_money_are_those_of_the_model(tmp_path):
    walk(tmp_path, 500, 50)


@pytest.mark.long
@pytest.mark.endurance
def test_ten_thousand_steps_of_money_are_those_of_the_model(tmp_path):
    walk(tmp_path, scaled(10_000), 100)
    told(f"{Walk.taken} steps of money over SQLite, the model compared after each")
