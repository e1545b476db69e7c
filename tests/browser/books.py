"""Projects with money in every state that a page can show, and the pages on which four people meet it."""

from datetime import date
from typing import Any

from incubator.budgets import operations_change, operations_change_days
from incubator.budgets.queries import current_plan
from incubator.closing import operations as closing
from incubator.foundation.transaction import transaction
from incubator.payments import operations_receipts as receipts
from tests.closing.ends import ending, signed, submitted
from tests.payments import requests
from tests.payments.receipts import act, enter, spending


class Books:
    """One project in the middle of everything, and five others, each at one point of its end."""

    def __init__(self, make: Any) -> None:
        self.lead, self.mentor = make.person("lead", name="Amira Beispiel"), make.person("mentor", name="Karin Muster")
        self.coordinator = make.person("coordinator", name="Petra Demo")
        its = {"lead": self.lead, "mentor": self.mentor}
        self.project = spending(make, title="Donaudampfschifffahrtsgesellschaftserzählungen", slug="projekt-1",
                                notice_number="Z-1", ends_on=date(2026, 12, 31), **its)
        make.milestone(self.project, title="مطبخ مشترك", language="ar", is_gate=True)
        self.receipts = self._receipts()
        self.asked, self.order = requests.build(self.project, {
            "lead": self.lead, "mentor": self.mentor, "coordinator": self.coordinator})
        self.free = spending(make, **its)
        self.written = ending(make, status="reporting", **its)
        self.read = submitted(make, receipts=(2_250_00, (2_250_00, 2_130_00)), **its)
        self.signed = signed(make, receipts=(2_250_00, (2_250_00, 2_130_00)), **its)
        self.back = self._give_back(signed(make, receipts=(2_250_00, (2_250_00, 2_130_00)), **its))
        self.changes = self._changes()

    def _receipts(self) -> list[Any]:
        made = [enter(self.project, self.lead, payee=payee, amount_cents=cents) for payee, cents in (
            ("Farbenhaus Donaudampfschifffahrtsgesellschaft", 100_00), ("مطبعة النور", 2_700_00), ("Laden", 80_00))]
        act(receipts.cut, made[0], self.mentor, 60_00, "Pfand gehört nicht dazu.")
        act(receipts.ask_back, made[2], self.mentor, "Wofür war das?")
        return made

    def _give_back(self, project: Any) -> Any:
        act(closing.sign, project, self.coordinator, no_conflict=True)
        return project

    def _changes(self) -> list[Any]:
        lines = current_plan(self.project.id).costs
        total = sum(line.amount_cents for line in lines)
        fees = lines[0].amount_cents
        with transaction():
            large = operations_change.shift(self.project, self.lead, reason="Mehr Abende.", lines=[
                (lines[0].root_id, fees + 1_000_00), (lines[1].root_id, total - fees - 1_000_00)])
        with transaction():
            longer = operations_change_days.ask_time(
                self.project, self.lead, until=date(2027, 2, 28), reason="Der Drucker ist krank.")
        return [large, longer]

    def pages(self, who: str) -> list[str]:
        return [page.format(
            p=self.project.id, free=self.free.id, written=self.written.id, read=self.read.id, signed=self.signed.id,
            back=self.back.id, cut=self.receipts[0].id, large=self.receipts[1].id, question=self.receipts[2].id,
            asked=self.asked["asked"].id, confirmed=self.asked["confirmed"].id, paid=self.asked["paid"].id,
            order=self.order.id, carrier=self.project.carrier_id, round=self.project.round_id,
            shift=self.changes[0].id, time=self.changes[1].id,
        ) for page in PAGES[who]]


PAGES = {
    "lead": [
        "/desk/projects/{p}/money", "/desk/projects/{free}/money/ask", "/desk/requests/{asked}",
        "/desk/requests/{asked}/withdraw", "/desk/projects/{p}/receipts", "/desk/projects/{p}/receipts/new",
        "/desk/receipts/{cut}", "/desk/receipts/{question}", "/desk/receipts/{large}/correct",
        "/desk/receipts/{large}/withdraw", "/desk/projects/{free}/budget/shift", "/desk/projects/{p}/budget/shift",
        "/desk/projects/{p}/changes", "/desk/projects/{free}/changes/budget", "/desk/projects/{free}/changes/time",
        "/desk/changes/{shift}", "/desk/projects/{written}/report", "/desk/projects/{written}/report/preview",
        "/desk/projects/{read}/report/read", "/desk/projects/{back}/recovery", "/desk/projects/{p}/documents"],
    "mentor": [
        "/desk/projects/{p}/money", "/desk/requests/{asked}", "/desk/projects/{p}/receipts",
        "/desk/projects/{p}/receipts/check", "/desk/projects/{free}/receipts/check", "/desk/receipts/{cut}/reopen",
        "/desk/changes/{shift}/review", "/desk/projects/{p}/conflict?act=approve_change",
        "/desk/projects/{read}/report/review", "/desk/projects/{signed}/report/review"],
    "coordinator": [
        "/desk/payments", "/desk/payments/orders/{order}", "/desk/requests/{confirmed}", "/desk/requests/{paid}",
        "/desk/organisations/{carrier}/account", "/desk/projects/{p}/money/back", "/desk/rounds/{round}/minutes",
        "/desk/changes/{time}/decision", "/desk/projects/{p}/deputy", "/desk/projects/{signed}/report/review",
        "/desk/projects/{back}/recovery"],
}
