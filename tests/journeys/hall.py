"""The workshop in the hall: a board is opened, ten phones write and mark cards, and one card becomes an idea."""

from playwright.sync_api import expect

from tests.browsers import unplug
from tests.journeys.quarter import Quarter
from tests.journeys.walkers import Walker

QUESTION, GROUP = "Was fehlt im Schinkel?", "Zusammen essen"
IDEA, SAME, LATE = "Eine Küche für alle", "Kochen mit Nachbarn", "مكان نلتقي فيه"
CARDS = (IDEA, "More benches", LATE, "Çocuklar için park", SAME, "Safe bike lanes", "أشجار أكثر", "Ağaçlar", "Ein Chor",
         "A library")
DOTS = 2
SOON = 15_000  # milliseconds: phones ask every second and a half whether anything is new


def number_of(board: Walker, text: str) -> str:
    """Return the number of the card that says this."""
    return str(board.page.locator("[data-card]").filter(has_text=text).get_attribute("data-card"))


def open_the_board(quarter: Quarter, workshop: str) -> str:
    """Open a board from the moderator's desk, and return what the big screen says one should type."""
    moderator = quarter.moderator.open("/de/desk/").sees(workshop)
    moderator.follow_to("/boards/add").send(question=QUESTION, dots_per_device=str(DOTS))
    address = moderator.follow_to("/screen").page.locator(".screen__address").inner_text()
    moderator.page.go_back()
    return address


def write_cards(quarter: Quarter, phones: list[Walker], address: str) -> None:
    """Each phone hands in a card; one is without a network meanwhile and sends later, by itself and once."""
    board, lost = quarter.moderator.page, phones[CARDS.index(LATE)]
    for phone in phones:
        phone.open(f"http://{address}").sees(QUESTION)
    unplug(lost.page)
    for phone, text in zip(phones, CARDS, strict=True):
        phone.page.locator("[name=text]").fill(text)
        phone.page.locator("[data-send] button").click()
    expect(lost.page.locator("[data-waiting] [data-note]")).to_contain_text("لا توجد شبكة", timeout=SOON)
    expect(board.locator("[data-card]")).to_have_count(len(CARDS) - 1, timeout=SOON)
    lost.page.context.set_offline(False)
    for phone in phones:
        expect(phone.page.locator("#mine .slip")).to_have_count(1, timeout=SOON)
    expect(board.locator("[data-card]")).to_have_count(len(CARDS), timeout=SOON)
    assert [phone.page.locator("html").get_attribute("lang") for phone in phones[:4]] == ["de", "en", "ar", "tr"]


def sort_cards(quarter: Quarter) -> tuple[str, str]:
    """Group one card with the arrow keys, join another with it, and let the phones mark; return what can be marked."""
    moderator, page = quarter.moderator, quarter.moderator.page
    moderator.follow_to("/groups/add").send(title=GROUP)
    kitchen, same, other = (number_of(moderator, text) for text in (IDEA, SAME, "More benches"))
    page.locator(f"#card-{kitchen}").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-column]").filter(has_text=GROUP).locator(f"#card-{kitchen}")).to_be_focused()
    moderator.follow_to(f"/desk/cards/{same}").send(f"/desk/cards/{same}", into=kitchen)
    expect(page.locator(f"#card-{kitchen} .slip__joined")).to_have_text(SAME)
    moderator.push("button[value=marking]")
    return kitchen, other


def mark_cards(quarter: Quarter, phones: list[Walker], chosen: tuple[str, str]) -> None:
    """Each phone sets as many dots as it has; then there is no button for another one."""
    for number, card in enumerate(chosen, 1):
        for phone in phones:
            phone.page.locator(f"#card-{card} form[action$='/mark'] button").click(timeout=SOON)
        for phone in phones:
            expect(phone.page.locator(".slip--marked")).to_have_count(number, timeout=SOON)
    for phone in phones:
        expect(phone.page.locator(".slip:not(.slip--marked) button")).to_have_count(0)
    expect(quarter.moderator.page.locator(f"#card-{chosen[0]} .dots")).to_contain_text("10", timeout=SOON)


def close_the_board(quarter: Quarter, phones: list[Walker], kitchen: str) -> None:
    moderator = quarter.moderator.push("button[value=closed]")
    moderator.follow_to("/ideas").send(
        cards=[kitchen], theme_id=str(quarter.theme.id), district_id=str(quarter.district.id), is_public=True)
    expect(phones[0].page.locator("[data-part=phase] a[href$='/minutes']")).to_be_visible(timeout=SOON)
    phones[0].follow_to("/minutes").sees(IDEA, SAME, GROUP)


def hold_the_workshop(quarter: Quarter, workshop: str) -> None:
    phones = quarter.phones(len(CARDS))
    address = open_the_board(quarter, workshop)
    write_cards(quarter, phones, address)
    chosen = sort_cards(quarter)
    mark_cards(quarter, phones, chosen)
    close_the_board(quarter, phones, chosen[0])
    for phone in phones:
        phone.close()
