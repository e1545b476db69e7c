"""Orders for the bank: valid, the same each time, and each request in one of them only."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
import sepaxml
import sqlalchemy as sa
import xmlschema
from lxml import etree

from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.payments import operations, orders
from incubator.payments.models_requests import PaymentOrder
from tests.payments.stage import IBAN, MASKED, OTHER_IBAN, Stage, again, set_up_bank

NAMESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{orders.SCHEMA}"}
SCHEMA = Path(sepaxml.__file__).parent / "schemas" / f"{orders.SCHEMA}.xsd"


@pytest.fixture
def stage(app, make):
    set_up_bank(app)
    stage = Stage(make, notice_number="2026-001")
    stage.keep_account()
    return stage


def texts(data, path):
    return [each.text for each in etree.fromstring(data).findall(f".//p:{path.replace('/', '/p:')}", NAMESPACE)]


def test_the_file_is_what_the_schema_says_and_pays_what_was_asked(make, stage):
    second = Stage(make, round_=stage.round, notice_number="2026-002")
    second.keep_account(OTHER_IBAN, "Łukasz Özdemir GmbH", bic="BKAUATWW")
    order = stage.order(stage.checked(1_234_56), second.checked(500_00), on=date(2026, 3, 3))
    data = orders.xml(order)
    xmlschema.XMLSchema(SCHEMA).validate(data.decode())
    assert texts(data, "CdtTrfTxInf/PmtId/EndToEndId") == ["2026-001/1", "2026-002/1"]
    assert texts(data, "CdtTrfTxInf/Amt/InstdAmt") == ["1234.56", "500.00"]
    assert texts(data, "CdtrAcct/Id/IBAN") == [IBAN, OTHER_IBAN]
    assert texts(data, "Cdtr/Nm") == ["Verein Mueller + Soehne e.V.", "Lukasz Oezdemir GmbH"]
    assert texts(data, "CdtrAgt/FinInstnId/BICFI") == ["BKAUATWW"]
    assert texts(data, "GrpHdr/CtrlSum") == ["1734.56"] and texts(data, "GrpHdr/NbOfTxs") == ["2"]
    assert texts(data, "ReqdExctnDt/Dt") == ["2026-03-03"]
    assert texts(data, "DbtrAcct/Id/IBAN") == ["DE93999999990000000001"]
    assert texts(data, "GrpHdr/CreDtTm") == ["2026-03-01T12:00:00"]


def test_the_file_is_the_same_to_the_byte_each_time(stage):
    order = stage.order(stage.checked())
    first, table = orders.xml(order), orders.table(order)
    clock.set(date(2026, 3, 9))
    db.session.expire_all()
    assert (orders.xml(order), orders.table(order)) == (first, table)


def test_the_table_opens_in_a_spreadsheet_and_is_no_formula(stage):
    stage.keep_account(holder="=HYPERLINK(1)")
    data = orders.table(stage.order(stage.checked(1_234_05)))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:5] == ["2026-001/1", "'=HYPERLINK(1)", IBAN, "", "1234,05"]


def test_a_request_cannot_be_in_two_orders(stage):
    request = stage.checked()
    stage.order(request)
    with pytest.raises(RuleBroken, match="in an order already"):
        stage.order(request)
    with pytest.raises(RuleBroken), transaction():
        operations.withdraw(request, stage.lead)


def test_an_order_needs_requests_that_are_checked_and_an_account(app, make, stage):
    for chosen in ([], [stage.ask(100)]):
        with pytest.raises(RuleBroken):
            stage.order(*chosen)
    without = Stage(make, round_=stage.round)
    with pytest.raises(RuleBroken, match="No account is known"):
        stage.order(without.checked())
    app.config["CITY_IBAN"] = ""
    with pytest.raises(RuleBroken, match="own account"):
        stage.order(stage.checked(100))


@pytest.mark.parametrize("days", [-1, 31])
def test_the_bank_pays_soon(stage, days):
    with pytest.raises(RuleBroken) as refused:
        stage.order(stage.checked(), on=clock.today() + timedelta(days=days))
    assert refused.value.field == "execute_on"


def test_a_dropped_order_lets_its_requests_wait_again(stage):
    request = stage.checked()
    with transaction():
        operations.drop_order(stage.order(request), stage.coordinator)
    assert (again(request).state, again(request).order_id) == ("confirmed", None)
    assert db.session.scalar(sa.select(sa.func.count(PaymentOrder.id))) == 0
    stage.order(request)


def test_an_order_of_which_something_is_paid_cannot_be_dropped(stage):
    first, second = stage.checked(100), stage.checked(200)
    order = stage.order(first, second)
    stage.pay(first)
    with pytest.raises(RuleBroken, match="paid already"), transaction():
        operations.drop_order(order, stage.coordinator)
    assert texts(orders.xml(order), "CdtTrfTxInf/Amt/InstdAmt") == ["1.00", "2.00"]


def test_all_of_an_order_is_paid_at_once_and_its_file_is_gone(stage):
    order = stage.order(stage.checked(100), stage.checked(200))
    with transaction():
        assert operations.pay_order(order, stage.coordinator, on=clock.today(), reference="Auszug 3") == 2
    assert stage.balance.paid == 300
    with pytest.raises(orders.NoFile):
        orders.xml(order)
    with pytest.raises(RuleBroken, match="paid already"), transaction():
        operations.pay_order(order, stage.other, on=clock.today(), reference="Auszug 3")


def test_the_office_makes_an_order_downloads_it_and_notes_its_payments(stage, visit):
    request = stage.checked()
    visitor = visit(stage.coordinator)
    office = visitor.get("/en/desk/payments")
    assert stage.project.title in office.text and MASKED in office.text and IBAN not in office.text
    made = visitor.fill("/en/desk/payments")
    assert made.status == 303
    path = made.location
    for kind, mime in (("xml", "application/xml"), ("csv", "text/csv")):
        file = visitor.get(f"{path}/file.{kind}")
        assert file.headers["Content-Type"].startswith(mime) and IBAN.encode() in file.data
        assert "attachment" in file.headers["Content-Disposition"] and file.headers["Cache-Control"] == "no-store"
    assert visitor.fill(path, on="2026-03-01", reference="Auszug 3").status == 303
    assert again(request).state == "paid"
    assert visitor.get(f"{path}/file.xml").status == 404
    assert "Paid lately" in visitor.get("/en/desk/payments").text


def test_an_office_that_chooses_nothing_is_told_so(stage, visit):
    stage.checked()
    answer = visit(stage.coordinator).post("/en/desk/payments/orders", {"execute_on": "2026-03-02"})
    assert answer.status == 422 and "at least one request" in answer.text


def test_auditors_read_the_office_and_get_no_file(make, stage, visit):
    order = stage.order(stage.checked())
    auditor = visit(make.person("auditor"))
    assert auditor.get("/en/desk/payments").status == 200
    shown = auditor.get(f"/en/desk/payments/orders/{order.id}")
    assert shown.status == 200 and shown.soup.select("main form") == []
    assert auditor.get(f"/en/desk/payments/orders/{order.id}/file.xml").status == 403


def test_a_request_chosen_twice_is_paid_once(stage, visit):
    request = stage.checked()
    visit(stage.coordinator).post("/de/desk/payments/orders", data={
        "chosen": [str(request.id)] * 2, "execute_on": clock.today().isoformat()})
    assert again(request).order.total_cents == 1_000_00
    other = stage.checked(200_00)
    assert stage.order(other, other).total_cents == 200_00
