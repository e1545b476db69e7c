"""No sequence of allowed acts lets anybody approve, decide on or pay money of their own: everybody tries everything."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from hypothesis.stateful import run_state_machine_as_test as run

from incubator import create_app
from incubator.budgets import operations as budgets
from incubator.budgets import queries
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.payments import operations as payments
from incubator.payments.models_requests import FundsRequest, PaymentOrder
from incubator.policy import Act
from tests.house.town import BEGIN, Town, build, people, picks
from tests.payments.stage import set_up_bank
from tests.scale import scaled, told

COSTS = [{"kind": "material", "purpose": "Zutaten", "amount_cents": 3_000_00}]
MONEY = [{"kind": "grant", "amount_cents": 2_500_00}, {"kind": "own_funds", "amount_cents": 500_00}]
AWARD = {"body": "Rat", "on": BEGIN, "reference": "VO/1", "notice_number": "Z-77", "notice_on": BEGIN}


class Walk(Town):
    """What people do with money, or try to."""

    @rule(who=people)
    def write_a_budget(self, who):
        for person in self.everybody(who):
            if self.tries(person, Act.EDIT_BUDGET, self.planning, budgets.save_plan, self.planning, person,
                          costs=COSTS, financing=MONEY):
                self.edited.add(person.id)
                return

    @rule(who=people)
    def write_and_submit(self, who):
        self.write_a_budget(who)
        lead = self.planning.leads[0]
        self.tries(lead, Act.SUBMIT_BUDGET, self.planning, budgets.submit, self.planning, lead)

    @rule(who=people, returns=st.sampled_from([False, False, True]))
    def look_at_the_budget(self, who, returns):
        plan = queries.current_plan(self.planning.id)
        if plan is None or plan.content_hash is None:
            return
        if returns:
            self.signs(who, self.planning, Act.RETURN_BUDGET, plan,
                       lambda person: budgets.return_plan(plan, person, "Zu hoch."))
        else:
            self.signs(who, self.planning, Act.APPROVE_BUDGET, plan, lambda person: budgets.sign_off(
                plan, person, plan_hash=plan.content_hash, no_conflict=True), editors=self.edited)

    @rule(who=people)
    def decide(self, who):
        self.signs(who, self.planning, Act.RECORD_RESOLUTION, self.planning,
                   lambda person: budgets.award(self.planning, person, **AWARD))

    @rule(who=people, cents=st.sampled_from([100_00, 300_00]))
    def ask(self, who, cents):
        for person in self.everybody(who):
            asked = self.tries(person, Act.ASK_FUNDS, self.paying, payments.ask, self.paying, person,
                               amount_cents=cents, purpose="Miete", needed_by=BEGIN + timedelta(days=10))
            if asked:
                self.asked[asked.id] = person.id
                return

    def one(self, pick):
        numbers = sorted(self.asked)
        return db.session.get(FundsRequest, numbers[pick % len(numbers)]) if numbers else None

    @rule(who=people, pick=picks, what=st.sampled_from(["factual", "arithmetic"]))
    def confirm(self, who, pick, what):
        if request := self.one(pick):
            self.signs(who, self.paying, Act.CONFIRM_FUNDS, request,
                       lambda person: payments.confirm(request, person, what, True), asker=self.asked[request.id])

    @rule(who=people, other=people, pick=picks)
    def confirm_both(self, who, other, pick):
        self.confirm(who, pick, "factual")
        self.confirm(other, pick, "arithmetic")

    @rule(who=people, pick=picks, way=st.sampled_from(["pay", "pay", "order", "correct", "refuse"]))
    def settle_a_request(self, who, pick, way):
        request, today = self.one(pick), clock.today()
        if request is None:
            return
        act, operate = {
            "pay": (Act.PAY_FUNDS, lambda person: payments.pay(request, person, on=today, reference="K")),
            "order": (Act.PAY_FUNDS, lambda person: payments.order([request], person, today)),
            "correct": (Act.PAY_FUNDS, lambda person: payments.correct_payment(request, person, "Irrtum")),
            "refuse": (Act.CONFIRM_FUNDS, lambda person: payments.refuse(request, person, "Zu früh")),
        }[way]
        self.signs(who, self.paying, act, request, operate, asker=self.asked[request.id])

    @rule(who=people, pick=picks)
    def pay_an_order(self, who, pick):
        orders = db.session.scalars(sa.select(PaymentOrder).order_by(PaymentOrder.id)).all()
        if orders:
            chosen = orders[pick % len(orders)]
            request = db.session.scalar(sa.select(FundsRequest).where(FundsRequest.order_id == chosen.id).limit(1))
            self.signs(who, self.paying, Act.PAY_FUNDS, self.paying, lambda person: payments.pay_order(
                chosen, person, on=clock.today(), reference="A"), asker=request and self.asked[request.id])

    @rule(who=people, cents=st.sampled_from([1_00, 50_00]))
    def take_money_back(self, who, cents):
        self.signs(who, self.paying, Act.PAY_FUNDS, self.paying, lambda person: payments.receive_back(
            self.paying, person, cents=cents, on=clock.today(), reference="R"))


def walk(tmp_path, wanted, steps):
    """Walk anew until so many acts were tried; some must have come through, or nothing was proved."""
    Walk.app = create_app({
        "SECRET_KEY": "x", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/town.db", "INSTANCE": tmp_path,
        "REDIS_URL": "", "SMTP_URL": "", "DEMO": False, "TRUSTED_HOSTS": None, "TESTING": True})
    set_up_bank(Walk.app)
    Walk.known, Walk.taken, Walk.let_through = build(Walk.app), 0, 0
    enough = wanted // 50
    while Walk.taken < wanted or (Walk.let_through <= enough and Walk.taken < 10 * wanted):
        run(Walk, settings=settings(max_examples=5, stateful_step_count=steps, deadline=None, database=None,
                                    suppress_health_check=list(HealthCheck)))
    assert Walk.let_through > enough


@pytest.mark.long
def test_no_sequence_of_allowed_acts_decides_about_ones_own_money(tmp_path):
    walk(tmp_path, 200, 40)


@pytest.mark.long
@pytest.mark.endurance
def test_ten_thousand_acts_decide_about_nobodys_own_money(tmp_path):
    walk(tmp_path, scaled(10_000), 120)
    told(f"{Walk.taken} acts tried by everybody, {Walk.let_through} let through, 0 about one's own money")
