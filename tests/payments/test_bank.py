"""Account numbers: right or refused, encrypted, masked, and nowhere else."""

import json
import logging
import random

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.organisations import operations as organisations
from incubator.organisations.models import AffiliationRole
from incubator.payments import bank, operations, rules_bank
from incubator.payments.models_requests import BankAccount
from incubator.projects.models import Part
from incubator.projects.operations_team import enter
from tests.payments.stage import IBAN, MASKED, OTHER_IBAN, Stage, set_up_bank

EXAMPLES = ("DE89370400440532013000", "AT611904300234573201", "FR1420041010050500013M02606", "NL91ABNA0417164300",
            "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S", "NO9386011117947",
            "PL61109010140000071219812874")


@pytest.mark.parametrize("iban", EXAMPLES)
def test_true_account_numbers_are_known(iban):
    assert rules_bank.is_iban(iban)


@given(st.sampled_from(EXAMPLES), st.data())
def test_one_wrong_digit_or_two_swapped_ones_are_noticed(iban, data):
    at = data.draw(st.integers(4, len(iban) - 2).filter(lambda at: iban[at].isdigit()))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != iban[at]))
    assert not rules_bank.is_iban(iban[:at] + other + iban[at + 1:])
    if iban[at] != iban[at + 1] and iban[at + 1].isdigit():
        assert not rules_bank.is_iban(iban[:at] + iban[at + 1] + iban[at] + iban[at + 2:])


@pytest.mark.parametrize("wrong", ["", "DE", "DE8937040044053201300", "DE893704004405320130000",
                                   "DE00370400440532013000", "de89370400440532013000", "DE89 3704",
                                   "US64SVBKUS6S3300958879"])
def test_what_is_no_account_number_is_refused(wrong):
    assert not rules_bank.is_iban(wrong)


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text):
    assert rules_bank.is_iban(rules_bank.without_spaces(text)) in (True, False)
    assert rules_bank.is_bic(text) in (True, False)


def test_an_account_is_shown_masked():
    assert rules_bank.masked(IBAN) == MASKED


@given(st.text(max_size=200), st.integers(1, 140))
def test_names_become_what_every_bank_takes(text, longest):
    written = rules_bank.sepa_text(text, longest)
    assert len(written) <= longest
    assert not rules_bank.NOT_ALLOWED.search(written)


def test_umlauts_are_spelled_out():
    written = rules_bank.sepa_text("Müller & Söhne Straße – Łódź „Yıldız“", 70)
    assert written == "Mueller + Soehne Strasse - Lodz 'Yildiz'"


@pytest.fixture
def stage(app, make):
    set_up_bank(app)
    return Stage(make)


def test_an_account_is_kept_encrypted_and_opened_again(stage):
    account = stage.keep_account("de66 9999 9999 0000 0000 02")
    stored = db.session.scalar(sa.text("SELECT secret FROM bank_account"))
    assert b"9999999900" not in bytes(stored)
    assert bank.open_(account.secret).iban == IBAN
    assert bank.masked(account) == MASKED


def test_no_written_form_of_bank_data_holds_any(stage):
    data = bank.open_(stage.keep_account().secret)
    assert IBAN not in repr(data) and "Müller" not in repr(data)


def test_the_journal_knows_that_an_account_changed_and_nothing_of_it(stage):
    stage.keep_account(bic="DEMODE00XXX")
    entry = db.session.scalars(sa.select(Entry).where(Entry.action == "bank.changed")).one()
    assert entry.data == {}
    everything = json.dumps([row.data for row in db.session.scalars(sa.select(Entry))])
    assert "0000000002" not in everything and "DEMODE00" not in everything


@pytest.mark.parametrize(("field", "values"), [
    ("iban", {"iban": "DE66999999990000000003"}), ("iban", {"iban": "US64SVBKUS6S3300958879"}),
    ("bic", {"bic": "DEMO"}), ("holder", {"holder": "محمد"}),
])
def test_a_refusal_never_repeats_what_was_typed(stage, field, values):
    with pytest.raises(RuleBroken) as refused:
        stage.keep_account(**values)
    assert refused.value.field == field
    assert next(iter(values.values())) not in str(refused.value.sentence)
    assert db.session.scalar(sa.select(sa.func.count(BankAccount.id))) == 0


def test_keys_can_be_changed_without_losing_an_account(app, stage):
    account = stage.keep_account()
    first = app.config["BANK_KEY"]
    second = "".join(random.choices("0123456789abcdef", k=64))
    app.config["BANK_KEY"] = f"{second},{first}"
    assert bank.open_(account.secret).iban == IBAN
    with transaction():
        assert operations.turn_keys() == 1
    app.config["BANK_KEY"] = second
    assert bank.open_(db.session.scalar(sa.select(BankAccount)).secret).iban == IBAN
    app.config["BANK_KEY"] = first
    with pytest.raises(bank.NoBankKey):
        bank.open_(account.secret)
    assert bank.masked(account) == rules_bank.mask("••", "0002")


@pytest.mark.parametrize("key", ["", "short", None])
def test_without_a_key_nothing_is_kept_and_the_page_says_so(app, stage, visit, key):
    app.config["BANK_KEY"] = key
    with pytest.raises(RuleBroken):
        stage.keep_account()
    answer = visit(stage.coordinator).get(f"/en/desk/organisations/{stage.project.carrier_id}/account")
    assert "Not set up yet" in answer.text and answer.soup.select_one("#iban") is None


def test_the_page_keeps_an_account_and_never_shows_it_again(stage, visit, caplog):
    path = f"/en/desk/organisations/{stage.project.carrier_id}/account"
    with caplog.at_level(logging.DEBUG):
        sent = visit(stage.coordinator).fill(path, holder="Verein e.V.", iban="DE66 9999 9999 0000 0000 02")
        assert sent.status == 303
        wrong = visit(stage.coordinator).fill(path, holder="Verein e.V.", iban="DE66999999990000000003")
        assert wrong.status == 422
    drawn = visit(stage.coordinator).get(path)
    assert MASKED in drawn.text and IBAN not in drawn.text and "Verein e.V.\"" not in drawn.text
    assert drawn.soup.select_one("#iban").get("value") in (None, "")
    assert IBAN not in caplog.text and "0000000003" not in caplog.text


def test_two_who_change_an_account_at_once_do_not_overwrite_each_other(stage, visit):
    path = f"/en/desk/organisations/{stage.project.carrier_id}/account"
    stage.keep_account()
    version = visit(stage.coordinator).get(path).soup.select_one("[name=version]")["value"]
    stage.keep_account(OTHER_IBAN)
    late = visit(stage.other).post(path, {"holder": "Verein", "iban": IBAN, "version": version})
    assert late.status == 422 and OTHER_IBAN not in late.text
    assert bank.open_(db.session.scalar(sa.select(BankAccount)).secret).iban == OTHER_IBAN


def test_an_account_on_its_way_to_the_bank_is_not_changed(stage):
    stage.keep_account()
    request = stage.checked()
    stage.order(request)
    with pytest.raises(RuleBroken, match="on its way"):
        stage.keep_account(OTHER_IBAN)
    stage.pay(request)
    stage.keep_account(OTHER_IBAN)


@pytest.mark.parametrize("who", ["lead", "mentor"])
def test_only_the_coordination_sees_the_page_of_an_account(stage, visit, who):
    path = f"/en/desk/organisations/{stage.project.carrier_id}/account"
    assert visit(getattr(stage, who)).get(path).status == 403


def test_a_command_turns_the_keys_or_says_why_not(app, stage):
    stage.keep_account()
    run = app.test_cli_runner().invoke
    first = app.config["BANK_KEY"]
    app.config["BANK_KEY"] = f"{Fernet.generate_key().decode()},{first}"
    assert run(args=["payments", "turn-keys"]).output.startswith("1 account(s)")
    app.config["BANK_KEY"] = first
    answer = run(args=["payments", "turn-keys"])
    assert answer.exit_code == 1 and "Nothing was changed" in answer.output


def test_nobody_keeps_the_account_of_their_own_organisation(make, stage):
    with transaction():
        organisations.affiliate(stage.coordinator, stage.project.carrier, AffiliationRole.BOARD, stage.other)
    with pytest.raises(RuleBroken, match="ties of board"):
        stage.keep_account()


def test_nobody_keeps_the_account_that_their_own_project_is_paid_to(stage):
    with transaction():
        enter(stage.project, stage.coordinator, Part.MEMBER, stage.other)
    with pytest.raises(RuleBroken, match="On the team of a project"):
        stage.keep_account()


def test_a_name_that_ends_in_a_full_stop_keeps_its_direction_in_an_arabic_heading(stage, visit):
    page = visit(stage.coordinator).get(f"/ar/desk/organisations/{stage.project.carrier_id}/account")
    assert f"\u2068{stage.project.carrier.name}\u2069" in page.soup.h1.get_text()
