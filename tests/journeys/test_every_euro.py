"""From the award to the last cent: instalments, receipts, shifts, the final report, and money that goes back."""

import re
from pathlib import Path

import pytest
import sepaxml
import xmlschema
from lxml import etree

from incubator.foundation.database import db
from incubator.journal import operations as journal
from incubator.payments import orders, queries
from incubator.projects.lifecycle import Status
from tests.journeys.kitchen import Kitchen, sheet, tell
from tests.journeys.walkers import Walker
from tests.payments.stage import IBAN, MASKED, set_up_bank

WALKS = [("sqlite", "with scripts"), ("postgresql", "without scripts")]
NAMESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{orders.SCHEMA}"}
SCHEMA = Path(sepaxml.__file__).parent / "schemas" / f"{orders.SCHEMA}.xsd"


@pytest.fixture
def kitchen(request, any_database, app, make, chromium, live, come_in):
    set_up_bank(app)
    kitchen = Kitchen(chromium, live, make, come_in, scripts=request.param == "with scripts")
    kitchen.on(3, 2)
    yield kitchen
    for walker in kitchen.walkers.values():
        walker.close()


def award(kitchen: Kitchen) -> None:
    kitchen.coordinator.open(f"{kitchen.at}/decision").send(
        body="Rat der Stadt", on="2026-02-24", reference="VO/1", notice_number="2026-001", notice_on="2026-03-02")
    kitchen.everybody_reads("5.400,00")


def keep_the_account(kitchen: Kitchen) -> None:
    account = f"/de/desk/organisations/{kitchen.project.carrier_id}/account"
    office = kitchen.coordinator
    office.open(account).send("/account", expect=422, holder="Nachbarn am Bahndamm e.V.", iban=IBAN[:-1] + "3")
    assert office.page.locator("[name=holder]").input_value() == "Nachbarn am Bahndamm e.V."
    office.send("/account", iban=IBAN).sees(MASKED)
    assert IBAN not in office.page.content()


def ask(kitchen: Kitchen, amount: str, purpose: str, needed_by: str) -> None:
    """The lead asks for what is open; the page has written down how much that is."""
    lead = kitchen.lead
    lead.open(f"{kitchen.at}/money").follow_to("/money/ask").sees(amount)
    assert lead.page.locator("[name=amount_cents]").input_value() == amount
    lead.send("/money/ask", purpose=purpose, needed_by=needed_by).sees(amount)


def confirm(kitchen: Kitchen, number: int) -> None:
    """The mentor knows the matter, the coordination the sums; nobody does both."""
    request = f"/de/desk/requests/{number}"
    kitchen.mentor.open(request).send("/sign", no_conflict=True)
    assert not kitchen.mentor.page.locator("form[action$='/sign']").count()
    kitchen.coordinator.open("/de/desk/payments").follow_to(request).send("/sign", no_conflict=True)


def order_and_pay(kitchen: Kitchen) -> None:
    office = kitchen.coordinator
    office.open("/de/desk/payments").sees("3.240,00", MASKED).send("/orders", execute_on="2026-04-08")
    link = office.page.locator("main a[href$='file.xml']").get_attribute("href")
    answer = office.page.context.request.get(link)
    assert answer.headers["cache-control"] == "no-store"
    xmlschema.XMLSchema(SCHEMA).validate(answer.text())
    file = etree.fromstring(answer.body())
    assert [each.text for each in file.findall(".//p:InstdAmt", NAMESPACE)] == ["3240.00"]
    assert [each.text for each in file.findall(".//p:CdtrAcct/p:Id/p:IBAN", NAMESPACE)] == [IBAN]
    office.send("/paid", on="2026-04-07", reference="KASSE-4711").sees("KASSE-4711")
    assert office.page.context.request.get(link).status == 404
    kitchen.everybody_reads("5.400,00", "3.240,00")


def note_the_payment(kitchen: Kitchen, number: int) -> None:
    kitchen.coordinator.open(f"/de/desk/requests/{number}").send("/pay", on="2026-06-22", reference="KASSE-4712")
    kitchen.everybody_reads("2.106,00")


def enter(kitchen: Kitchen, line: int, papers: list[dict[str, object]], **answers: str) -> Walker:
    line_id = queries.lines(kitchen.project.id)[line].root_id
    db.session.rollback()
    return kitchen.lead.open(f"{kitchen.at}/receipts/new").send(
        "/receipts/new", papers=papers, line_id=str(line_id), **answers)


def enter_the_first_receipts(kitchen: Kitchen) -> None:
    lead, line_id = kitchen.lead, queries.lines(kitchen.project.id)[0].root_id
    db.session.rollback()
    lead.open(f"{kitchen.at}/receipts/new").send(
        "/receipts/new", expect=422, papers=[sheet(1, "Seite 1.png"), sheet(0, "Seite 2.png", b"kein Bild")],
        amount_cents="1.500,00", paid_on="2026-05-04", payee="Honorar Köchin", reason="Fünf Kochabende", number="RE-7",
        line_id=str(line_id), offers_note="Sie kennt die Gruppe.")
    lead.sees("Seite 1.png", "Seite 2.png")
    for name, typed in (("payee", "Honorar Köchin"), ("amount_cents", "1.500,00"), ("paid_on", "2026-05-04")):
        assert lead.page.locator(f"[name={name}]").input_value() == typed
    lead.send("/receipts/new", papers=[sheet(2, "Seite 2.png")]).sees("1.500,00")
    assert lead.page.locator("main ul.sheets img").count() == 2
    enter(kitchen, 1, [sheet(3), sheet(4), sheet(5)], amount_cents="1.480,00", paid_on="2026-05-05",
          payee="Küchenstudio Muster", reason="Herdplatten", number="RE-8", offers_note="Nur ein Laden am Ort.")
    kitchen.everybody_reads("2.980,00")


def enter_the_last_receipts(kitchen: Kitchen) -> None:
    enter(kitchen, 0, [sheet(6)], amount_cents="1.900,00", paid_on="2026-09-10", payee="Honorar Köchin",
          reason="Sieben Kochabende", number="RE-9", offers_note="Sie kennt die Gruppe.")
    enter(kitchen, 1, [sheet(7)], amount_cents="1.066,00", paid_on="2026-09-12", payee="Gewürzhaus Beispiel",
          reason="Zutaten", number="RE-10", offers_note="Nur ein Laden am Ort.")


def check_and_accept_two(kitchen: Kitchen) -> None:
    """With keys where there are scripts, with buttons where there are none."""
    mentor = kitchen.mentor.open(f"{kitchen.at}/receipts").follow_to("/receipts/check")
    mentor.send("/receipts/check", no_conflict=True)
    for _each in range(2):
        mentor.press("a") if mentor.scripts else mentor.send("/accept")
    kitchen.everybody_reads("2.980,00")


def check_and_cut_one(kitchen: Kitchen) -> None:
    mentor = kitchen.mentor.open(f"{kitchen.at}/receipts/check").send("/receipts/check", no_conflict=True)
    mentor.sees("1.900,00").send("/accept").sees("1.066,00")
    if mentor.scripts:
        mentor.page.keyboard.press("c")
        mentor.page.keyboard.type("946,00")
        mentor.send("/cut", note="Pfand und Süßwaren gehören nicht dazu.")
    else:
        mentor.send("/cut", accepted_cents="946,00", note="Pfand und Süßwaren gehören nicht dazu.")
    kitchen.everybody_reads("5.826,00")
    kitchen.lead.open(f"{kitchen.at}/receipts").sees("1.066,00", "946,00")


def shift(kitchen: Kitchen, fees: str, material: str, reason: str) -> Walker:
    """Look at what it means first, then send it."""
    lead = kitchen.lead.open(f"{kitchen.at}/budget/shift")
    return lead.send("/shift", **{"lines-0-amount": fees, "lines-1-amount": material, "reason": reason}).send("/shift")


def move_a_little(kitchen: Kitchen) -> None:
    shift(kitchen, "3.000,00", "3.000,00", "Ein Abend mehr.").sees("3.000,00")
    kitchen.everybody_reads("2.700,00", "3.300,00", "3.000,00")


def move_much(kitchen: Kitchen) -> None:
    """Above 20 percent of what was decided, and above 5,000.00: two mentors must agree."""
    shift(kitchen, "3.400,00", "2.600,00", "Zwei Abende mehr.")
    change = re.search(r"/desk/changes/\d+", kitchen.lead.page.url)[0]
    for walker in (kitchen.mentor, kitchen.second):
        walker.open(f"/de{change}/review").sees("3.400,00").send("/review", no_conflict=True)
    kitchen.everybody_reads("3.400,00", "2.600,00")


def reach_the_gate(kitchen: Kitchen) -> None:
    kitchen.lead.open(f"{kitchen.at}/money")
    assert not kitchen.lead.page.locator("main a[href$='/money/ask']").count()
    kitchen.lead.open("/de/desk/milestones/1/report").send(
        actual_on="2026-06-12", text="46 Menschen waren da.", evidence="Die Liste liegt bei uns.")
    kitchen.mentor.open("/de/desk/milestones/1/review").send("/review", button="button[value=accept]")


def write_the_report(kitchen: Kitchen) -> None:
    lead = kitchen.lead.open(f"{kitchen.at}/report")
    lead.send("/report", button="button:not([name])", answer_0="Zwölf Abende lang gekocht.")
    assert lead.page.locator("[name=answer_0]").input_value() == "Zwölf Abende lang gekocht."
    assert lead.page.locator("[name=own_funds_cents]").input_value() == "600,00"
    lead.send("/report", button="button[name=then]", answer_1="Etwa vierzig Nachbarn.")
    lead.follow_to("/report").send("/report", button="button[name=then]", answer_2="Das Kochen. Die Werbung nicht.",
                                   answer_3="Eine Gruppe, die weiter kocht.")
    lead.sees("5.946,00", "5.226,00", "120,00").send("/preview")


def check_the_report(kitchen: Kitchen) -> None:
    kitchen.mentor.open(f"{kitchen.at}/report/review").sees("120,00").send(
        "/report/review", audit_note="Alle vier Belege gesehen, einer gekürzt.", no_conflict=True)
    assert not kitchen.mentor.page.locator("form[action$='/report/review']").count()
    kitchen.coordinator.open("/de/desk/").follow_to("/report/review").send("/report/review", no_conflict=True)
    kitchen.everybody_reads("120,00", "5.826,00")


def give_it_back(kitchen: Kitchen) -> None:
    kitchen.lead.open(f"{kitchen.at}/recovery").sees("120,00", "2026-001")
    kitchen.coordinator.open(f"{kitchen.at}/recovery").send("/settle", on="2026-11-02", reference="KASSE-4713")
    kitchen.everybody_reads("5.346,00", "5.826,00", "120,00")
    kitchen.lead.open(f"{kitchen.at}/money")
    assert not kitchen.lead.page.locator("main a[href$='/money/ask']").count()


def fetch_the_documents(kitchen: Kitchen) -> None:
    tell()
    page = kitchen.lead.open(f"{kitchen.at}/documents").page
    for kind, number in (("award_notice", 1), ("funds_request", 2), ("final_report", 1), ("closing_notice", 1)):
        links = page.locator(f"section[aria-labelledby='{kind}-title'] a[download]")
        assert links.count() >= number, kind
        for link in links.all():
            answer = page.context.request.get(link.get_attribute("href"))
            assert answer.headers["content-type"] == "application/pdf"
            assert answer.body().startswith(b"%PDF-")


def the_books_are_right(kitchen: Kitchen) -> None:
    db.session.rollback()
    assert kitchen.project.status is Status.COMPLETED
    assert queries.balance(kitchen.project.id) == queries.Balance(
        planned=6_000_00, approved=5_400_00, committed=5_346_00, paid=5_346_00, spent=5_946_00, proved=5_826_00,
        returned=120_00)
    assert [(each.planned, each.spent, each.proved) for each in queries.lines(kitchen.project.id)] == [
        (3_400_00, 3_400_00, 3_400_00), (2_600_00, 2_546_00, 2_426_00)]
    findings = journal.verify()
    assert findings.holds and findings.count > 40


@pytest.mark.long
@pytest.mark.parametrize(("any_database", "kitchen"), WALKS, indirect=True, ids=[" ".join(each) for each in WALKS])
def test_every_euro_is_accounted_for_from_the_award_to_the_end(kitchen):
    award(kitchen)
    keep_the_account(kitchen)
    kitchen.on(4, 3)
    kitchen.coordinator.open(kitchen.at)
    ask(kitchen, "3.240,00", "Honorare und die ersten Zutaten", "2026-04-30")
    kitchen.on(4, 7)
    confirm(kitchen, 1)
    order_and_pay(kitchen)
    kitchen.on(5, 6)
    enter_the_first_receipts(kitchen)
    check_and_accept_two(kitchen)
    move_a_little(kitchen)
    move_much(kitchen)
    kitchen.on(6, 20)
    reach_the_gate(kitchen)
    ask(kitchen, "2.106,00", "Die Abende im Sommer", "2026-07-10")
    kitchen.on(6, 22)
    confirm(kitchen, 2)
    note_the_payment(kitchen, 2)
    kitchen.on(9, 14)
    enter_the_last_receipts(kitchen)
    check_and_cut_one(kitchen)
    kitchen.on(10, 2)
    write_the_report(kitchen)
    kitchen.on(10, 5)
    check_the_report(kitchen)
    kitchen.on(11, 3)
    give_it_back(kitchen)
    fetch_the_documents(kitchen)
    the_books_are_right(kitchen)
    assert kitchen.wrong == []
