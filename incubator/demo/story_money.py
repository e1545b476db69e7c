"""The money of one project in the demo city: asked for, confirmed, paid, and proved by receipts."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from incubator.budgets import operations_change as changes
from incubator.closing import operations as closing
from incubator.demo import pictures
from incubator.demo.story import Life
from incubator.media import operations_papers as papers
from incubator.payments import operations_bank as bank
from incubator.payments import operations_payments as payments
from incubator.payments import operations_receipts as receipts
from incubator.payments import operations_requests as requests
from incubator.payments import queries as ledger
from incubator.payments.bank import is_set_up
from incubator.payments.models_receipts import Receipt

Data = dict[str, Any]
LATER = timedelta(days=1)


class Money:
    """Writes down what happens to one project's money; the mentor confirms the facts, one of the office the sums."""

    def __init__(self, life: Life, data: Data, petra: Any, bernd: Any) -> None:
        self.life, self.data, self.petra, self.bernd = life, data, petra, bernd
        self.on: Callable[..., None] = life.calendar.on

    def flow(self) -> None:
        if is_set_up():
            self.on(self.data["account"]["on"], self._keep_account)
        for funds in self.data["funds"]:
            self._request(funds)
        for receipt in self.data["receipts"]:
            self._receipt(receipt)
        if "change" in self.data:
            self.on(self.data["change"]["asked"], partial(self._shift, self.data["change"]))

    def _keep_account(self) -> None:
        carrier = self.life.here.carrier
        assert carrier is not None, "nobody is awarded anything without a carrier"
        bank.keep(carrier, self.petra, holder=carrier.name, iban=self.data["account"]["iban"])

    def _request(self, funds: Data) -> None:
        made: dict[str, Any] = {}
        lead, day = self.life.who("lead"), date.fromisoformat(funds["asked"])

        def ask() -> None:
            made["request"] = requests.ask(
                self.life.here, lead, amount_cents=funds["amount_cents"], purpose=funds["purpose"],
                needed_by=day + timedelta(days=28), instalment=funds["instalment"])

        self.on(day, ask)
        self.on(day + LATER, lambda: requests.confirm(
            made["request"], self.life.who("mentor"), "factual", no_conflict=True))
        if funds["paid"] is None:
            return
        self.on(day + 2 * LATER, lambda: requests.confirm(made["request"], self.bernd, "arithmetic", no_conflict=True))
        paid = date.fromisoformat(funds["paid"])
        self.on(paid, lambda: payments.pay(
            made["request"], self.petra, on=paid, reference=f"DEMO-{paid:%Y%m%d}"))

    def _line(self, kind: str) -> int:
        return next(line.root_id for line in ledger.lines(self.life.here.id) if line.kind == kind)

    def _receipt(self, entry: Data) -> None:
        made: dict[str, Any] = {}

        def enter() -> None:
            made["receipt"] = self._enter(entry)

        self.on(entry["paid_on"], enter)
        if not entry.get("waits"):
            checked = date.fromisoformat(entry["paid_on"]) + 2 * LATER
            self.on(checked, lambda: self._check(made["receipt"], entry))

    def _enter(self, entry: Data) -> Receipt:
        lead = self.life.who("lead")
        shown = pictures.receipt(entry["payee"], entry["reason"], entry["amount_cents"], entry["paid_on"])
        paper = papers.keep_paper(shown, lead, project_id=self.life.here.id, name=f"beleg-{entry['paid_on']}.jpg")
        return receipts.enter(
            self.life.here, lead, line_id=self._line(entry["line"]), number=entry.get("number", ""),
            paid_on=date.fromisoformat(entry["paid_on"]), payee=entry["payee"], reason=entry["reason"],
            amount_cents=entry["amount_cents"], papers=[paper], offers_note=entry.get("offers_note", ""))

    def _check(self, receipt: Receipt, entry: Data) -> None:
        mentor = self.life.who("mentor")
        if "question" in entry:
            receipts.ask_back(receipt, mentor, entry["question"])
        elif "accepted_cents" in entry:
            receipts.cut(receipt, mentor, entry["accepted_cents"], entry["note"])
        else:
            receipts.accept(receipt, mentor, no_conflict=True)

    def close(self) -> None:
        """Write the final report, let two people check it, and take back what a cut receipt had claimed."""
        end, lead, mentor = self.data["end"], self.life.who("lead"), self.life.who("mentor")
        self.on(end["written"], lambda: closing.save_report(
            self.life.here, lead, answers={str(number): text for number, text in enumerate(end["answers"])},
            own_funds_cents=end["own_funds_cents"], volunteer_hours=end["volunteer_hours"]))
        self.on(end["submitted"], lambda: closing.submit_report(self.life.here, lead))
        self.on(end["signed"], lambda: closing.sign(
            self.life.here, mentor, audit_note=end["audit_note"], no_conflict=True))
        self.on(end["agreed"], lambda: closing.sign(self.life.here, self.bernd, no_conflict=True))
        self.on(end["returned"], lambda: closing.settle(
            self.life.here, self.petra, on=date.fromisoformat(end["returned"]), reference="DEMO-RUECK-1"))

    def _shift(self, change: Data) -> None:
        lines = {line.root_id: line for line in ledger.lines(self.life.here.id)}
        more, less = self._line(change["line"]), self._line(change["from"])
        moved = change["to"] - lines[more].planned
        changes.shift(
            self.life.here, self.life.who("lead"), reason=change["reason"], version=None,
            lines=[(more, change["to"]), (less, lines[less].planned - moved)])
