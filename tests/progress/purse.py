"""Money on one project, moved without the rules of the rooms of money; everything secret in it is poison."""

from datetime import date

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.payments.models import EntryKind
from incubator.payments.models_receipts import Receipt, ReceiptState
from incubator.payments.models_requests import FundsRequest, RequestState
from incubator.payments.operations_ledger import account_of, post

POISON = "Geheimgift"


class Purse:
    def __init__(self, make, project, grant):
        self.make, self.project = make, project
        self.award = make.award(project, grant=grant)
        self.by = make.person("coordinator")
        self.line = self.award.plan.costs[0]

    def pay(self, cents, on=date(2026, 2, 20), instalment=1):
        number = self.make._next("request")
        request = self.make._keep(FundsRequest(
            project_id=self.project.id, number=number, amount_cents=cents, instalment=instalment, purpose=POISON,
            needed_by=on, state=RequestState.PAID, asked_by_id=self.project.leads[0].id, asked_at=clock.now(),
            factual_by_id=self.project.mentors[0].id, arithmetic_by_id=self.by.id, paid_on=on, reference=POISON))
        return self.move(EntryKind.PAID, cents, on=on, request_id=request.id)

    def move(self, kind, cents, on=date(2026, 2, 21), line=None, **more):
        with transaction():
            account_of(self.project)
            return post(self.project, kind, cents, self.by, on=on, reference=POISON,
                        line_id=line.root_id if line else None, **more)

    def receipt(self, cents, state="accepted", accepted=None):
        accepted = cents if state == "accepted" else accepted
        receipt = self.make._keep(Receipt(
            project_id=self.project.id, line_id=self.line.root_id, number=POISON, paid_on=date(2026, 2, 22),
            payee=POISON, reason=POISON, amount_cents=cents, state=ReceiptState(state), accepted_cents=accepted,
            note=POISON, offers_note=POISON, entered_by_id=self.project.leads[0].id, entered_at=clock.now()))
        self.move(EntryKind.SPENT, cents, line=self.line, receipt_id=receipt.id)
        if accepted:
            self.move(EntryKind.PROVED, accepted, line=self.line, receipt_id=receipt.id)
        return receipt
