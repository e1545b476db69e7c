"""A project that was awarded and is under way, with everybody who deals with its money."""

from datetime import timedelta

from cryptography.fernet import Fernet

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.payments import operations, queries, queries_requests
from incubator.payments.models import Account
from incubator.payments.models_requests import FundsRequest

IBAN = "DE66999999990000000002"
MASKED = "DE••\u00a0••••\u00a00002"
OTHER_IBAN = "AT611904300234573201"


class Stage:
    """One awarded project; acts commit, as pages do."""

    def __init__(self, make, status="active", *, grant=5_000_00, round_=None, **fields):
        self.make = make
        self.lead, self.mentor = make.person("lead", name="Lea Muster"), make.person("mentor", name="Mo Muster")
        self.coordinator = make.person("coordinator", name="Co Muster")
        self.other = make.person("coordinator", name="Otto Muster")
        self.round = round_ or make.round()
        self.project = make.project(status, lead=self.lead, mentor=self.mentor, round=self.round, **fields)
        make.award(self.project, grant=grant, by=self.coordinator)

    def ask(self, cents=1_000_00, **fields):
        given = {"purpose": "Miete und Honorare", "needed_by": clock.today() + timedelta(days=10)} | fields
        with transaction():
            return operations.ask(self.project, self.lead, amount_cents=cents, **given)

    def confirm(self, request, by, what, no_conflict=True):
        with transaction():
            operations.confirm(request, by, what, no_conflict)

    def checked(self, cents=1_000_00, **fields):
        """Ask, and let the mentor and the coordinator check it."""
        request = self.ask(cents, **fields)
        self.confirm(request, self.mentor, "factual")
        self.confirm(request, self.coordinator, "arithmetic")
        return request

    def pay(self, request, by=None, on=None, reference="K-1"):
        with transaction():
            return operations.pay(request, by or self.coordinator, on=on or clock.today(), reference=reference)

    def paid(self, cents=1_000_00):
        request = self.checked(cents)
        self.pay(request)
        return request

    def order(self, *requests, on=None):
        with transaction():
            return operations.order(requests, self.coordinator, on or clock.today())

    def keep_account(self, iban=IBAN, holder="Verein Müller & Söhne e.V.", **fields):
        with transaction():
            return operations.keep(self.project.carrier, self.coordinator, holder=holder, iban=iban, **fields)

    def gate(self, accepted=False, **fields):
        return self.make.milestone(
            self.project, status="accepted" if accepted else "planned", is_gate=True, **fields)

    @property
    def balance(self):
        return queries.balance(self.project.id)

    @property
    def account(self):
        return db.session.get(Account, self.project.id)

    @property
    def instalments(self):
        return queries_requests.instalments(self.project)


def set_up_bank(app):
    """Give the program a key and the city an account, as an operator does."""
    app.config.update({
        "BANK_KEY": Fernet.generate_key().decode(), "CITY_IBAN": "DE93999999990000000001", "CITY_BIC": "DEMODE00XXX",
        "CITY_ACCOUNT_HOLDER": "Stadt Osnabrück (Demo)",
    })


def again(request):
    db.session.expire_all()
    return db.session.get_one(FundsRequest, request.id)
