"""The files of a payment order: SEPA XML (pain.001) and a table. Both follow from rows alone, the same each time."""

from dataclasses import dataclass
from typing import Any

from sepaxml import SepaTransfer

from incubator.foundation import clock, tables
from incubator.payments import bank, queries_requests, rules_bank
from incubator.payments.models_requests import FundsRequest, PaymentOrder, RequestState

SCHEMA = "pain.001.001.09"
LONGEST_ID, LONGEST_NAME, LONGEST_WORDS = 35, 70, 140


class NoFile(RuntimeError):
    """The order cannot be written now: an account is missing, or the order is carried out or was put right."""


@dataclass(frozen=True)
class Transfer:
    """One payment of an order, as the bank reads it."""

    number: str
    data: bank.BankData
    cents: int
    words: str


class _Order(SepaTransfer):  # type: ignore[misc]
    """The library's file with our numbers and moments instead of random ones."""

    def __init__(self, order: PaymentOrder, payer: bank.BankData) -> None:
        self.order = order
        config = {"name": rules_bank.sepa_text(payer.holder, LONGEST_NAME), "IBAN": payer.iban, "batch": True,
                  "currency": "EUR"}
        if payer.bic:
            config["BIC"] = payer.bic
        super().__init__(config, schema=SCHEMA, clean=False)

    def _create_header(self) -> None:
        self.msg_id = self.order.message_id
        super()._create_header()
        made = self.order.made_at.astimezone(clock.CITY)
        self._xml.find(".//CreDtTm").text = made.strftime("%Y-%m-%dT%H:%M:%S")

    def _finalize_batch(self) -> None:
        super()._finalize_batch()
        for number, node in enumerate(self._xml.iter("PmtInfId"), 1):
            node.text = f"{self.order.message_id}-{number}"[:LONGEST_ID]


def is_available(order: PaymentOrder, requests: list[FundsRequest]) -> bool:
    """Say whether the file is still needed: something waits for the bank, and nothing was taken out since."""
    return any(request.state is RequestState.ORDERED for request in requests) and order.total_cents == sum(
        request.amount_cents for request in requests)


def end_to_end_id(request: FundsRequest) -> str:
    """Return the number by which both banks know a payment: the notice's and the request's."""
    notice = rules_bank.sepa_text(request.project.notice_number or str(request.project_id), LONGEST_ID - 6)
    return f"{notice.replace(' ', '')}/{request.number}".lstrip("/")


def transfers(order: PaymentOrder) -> list[Transfer]:
    """Return the payments of an order with their accounts opened; `NoFile` where it cannot be written."""
    requests = list(queries_requests.requests_in(order.id))
    if not is_available(order, requests):
        raise NoFile("carried out or changed")
    accounts = queries_requests.accounts_of({request.project.carrier_id or 0 for request in requests})
    found = []
    for request in requests:
        account = accounts.get(request.project.carrier_id or 0)
        if account is None:
            raise NoFile("an account is missing")
        number = end_to_end_id(request)
        found.append(Transfer(number, bank.open_(account.secret), request.amount_cents, f"Zuwendung {number}"))
    return found


def xml(order: PaymentOrder) -> bytes:
    """Return the file for the bank; what the schema does not allow is never handed out."""
    payer = bank.city_account()
    if payer is None:
        raise NoFile("the city's account is not set up")
    file = _Order(order, payer)
    for each in transfers(order):
        payment: dict[str, Any] = {
            "name": rules_bank.sepa_text(each.data.holder, LONGEST_NAME), "IBAN": each.data.iban,
            "amount": each.cents, "execution_date": order.execute_on, "endtoend_id": each.number,
            "description": rules_bank.sepa_text(each.words, LONGEST_WORDS),
        }
        if each.data.bic:
            payment["BIC"] = each.data.bic
        file.add_payment(payment)
    written: bytes = file.export(validate=True)
    return written


def table(order: PaymentOrder) -> bytes:
    """Return the order as CSV for offices that pay by hand."""
    names = ["Nummer", "Empfänger", "IBAN", "BIC", "Betrag", "Verwendungszweck", "Ausführung"]
    return tables.written([names, *(
        [each.number, each.data.holder, each.data.iban, each.data.bic, f"{each.cents // 100},{each.cents % 100:02}",
         each.words, order.execute_on.isoformat()] for each in transfers(order))])
