"""Keep the account of an organisation, encrypted."""

from flask_babel import lazy_gettext as _l

from incubator.foundation import clock
from incubator.foundation.database import db, hold, seen
from incubator.foundation.errors import RuleBroken
from incubator.journal import record
from incubator.organisations.models import Organisation
from incubator.payments import bank, queries_confirm, queries_requests, rules_bank
from incubator.payments.models_requests import BankAccount


def keep(
    organisation: Organisation, by, *, holder: str, iban: str, bic: str = "", version: int | None = None
) -> BankAccount:
    """Keep where an organisation's money goes; no refusal repeats what was typed.

    Refused to whoever belongs to the organisation or to a team that it carries, and while a payment order with the
    account is on its way: the file at the bank and ours must be the same.
    """
    hold(organisation)
    if sentence := queries_confirm.tie_to(organisation, by.id, clock.today()):
        raise RuleBroken(sentence)
    if not bank.is_set_up():
        raise RuleBroken(_l("Bank data is not set up. Whoever runs this program must set a key first."))
    data = bank.BankData(" ".join(holder.split()), rules_bank.without_spaces(iban), rules_bank.without_spaces(bic))
    _demand(data)
    if queries_requests.is_on_its_way(organisation.id):
        raise RuleBroken(_l("A payment order with this account is on its way to the bank. "
                            "Note its payments or drop it first."))
    values = {"secret": bank.close(data), "iban_end": data.iban[-4:], "changed_by_id": by.id,
              "changed_at": clock.now()}
    account = queries_requests.account_of(organisation.id)
    if account is None:
        account = BankAccount(organisation_id=organisation.id, **values)
        db.session.add(account)
    else:
        seen(hold(account), version, {})
        for name, value in values.items():
            setattr(account, name, value)
    record("bank.changed", by, organisation)
    return account


def turn_keys() -> int:
    """Encrypt every account anew with the first key, and return how many; then older keys can be taken away."""
    count = 0
    for account in db.session.query(BankAccount).order_by(BankAccount.id):
        account.secret = bank.turn(account.secret)
        count += 1
    return count


def _demand(data: bank.BankData) -> None:
    if not rules_bank.sepa_text(data.holder, 70):
        raise RuleBroken(_l("Please write the holder of the account in Latin letters, as the bank knows it."), "holder")
    if data.iban[:2] not in rules_bank.LENGTHS:
        raise RuleBroken(_l("The account must be in a country of the SEPA area; an IBAN begins with two letters."),
                         "iban")
    if not rules_bank.is_iban(data.iban):
        raise RuleBroken(_l("This IBAN cannot be right. Please compare it sign by sign."), "iban")
    if data.bic and not rules_bank.is_bic(data.bic):
        raise RuleBroken(_l("A BIC has 8 or 11 signs. You can leave it empty."), "bic")
