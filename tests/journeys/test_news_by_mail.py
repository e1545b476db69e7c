"""A neighbour leaves an address on a phone and hears of news by mail, until one press in the mail program ends it."""

import re
import urllib.parse
import urllib.request

import pytest
import sqlalchemy as sa

from incubator.follow.models import Follower, Following
from incubator.foundation.database import db
from tests.follow.readers import deliver, text_of
from tests.journeys.walkers import Walker

MAIL = "nina@example.org"
WORDS = {
    "de": {"follow": "Diesem Projekt folgen", "news": "جاء الجميع من الحي.", "direction": "ltr"},
    "ar": {"follow": "متابعة هذا المشروع", "news": "جاء الجميع من الحي.", "direction": "rtl"},
}


@pytest.fixture(params=[("de", True), ("de", False), ("ar", True)], ids=["de", "de without scripts", "ar"])
def scene(request, make, chromium, live, come_in, mailbox):
    class Scene:
        language, scripts = request.param
        project = make.project("active", title="Küche", slug="kueche")
        inbox, address = mailbox, live
        neighbour, lead = Walker(chromium, live, scripts=scripts), Walker(chromium, live, scripts=scripts)

    come_in(Scene.lead.page, Scene.project.leads[0])
    yield Scene
    Scene.neighbour.close()
    Scene.lead.close()


def link_in(scene, letter, word):
    """Find the link with this word in a letter."""
    return re.search(rf"{scene.address}(/{scene.language}/\S*/{word}/\S+)", text_of(letter)).group(1)


def ask(scene):
    """One field is enough; until the letter is answered nobody follows."""
    page = scene.neighbour.open(f"/{scene.language}/projects/kueche")
    page.follow(WORDS[scene.language]["follow"])
    assert page.page.locator("main form :is(input[type=email], input[type=text]):visible").count() == 1
    page.send(mail=MAIL)
    assert page.page.url.endswith("/follow/sent")
    deliver()


def write_news(scene, title):
    scene.lead.open(f"/de/desk/projects/{scene.project.id}/updates/write").send(
        title=title, text=WORDS[scene.language]["news"], language="ar", button=".buttons button[type=submit]")
    deliver()


def two_shapes(scene, letter):
    """A letter is read as plain text and as a page in its reader's direction."""
    assert letter.get_content_type() == "multipart/alternative"
    direction = WORDS[scene.language]["direction"]
    html = letter.get_body(("html",)).get_content()
    assert f'<html lang="{scene.language}" dir="{direction}">' in html
    assert letter["Content-Language"] == scene.language
    return text_of(letter), html


def press_stop(scene, letter):
    """Do what a mail program does (RFC 8058): it posts, without cookies, and follows nothing."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = urllib.parse.urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(letter["List-Unsubscribe"].strip("<>"), body) as answer:
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers


def test_news_arrives_by_mail_until_one_press_ends_it(scene):
    ask(scene)
    question, = scene.inbox.to(MAIL)
    assert question["Content-Language"] == scene.language
    write_news(scene, "Zu früh")
    assert len(scene.inbox.to(MAIL)) == 1, "nobody hears who has not confirmed"

    scene.neighbour.open(link_in(scene, question, "confirm")).send("")
    assert "/follow/manage/" in scene.neighbour.page.url
    write_news(scene, "Das Fest")
    deliver()
    _question, news = scene.inbox.to(MAIL)
    assert [WORDS[scene.language]["news"] in shape for shape in two_shapes(scene, news)] == [True, True]
    there = re.search(rf"{scene.address}(/{scene.language}/projects/kueche\S*)", text_of(news)).group(1)
    scene.neighbour.open(there).sees("Das Fest", WORDS[scene.language]["news"])

    press_stop(scene, news)
    write_news(scene, "Noch ein Fest")
    assert len(scene.inbox.to(MAIL)) == 2
    db.session.rollback()
    assert [db.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (Follower, Following)] == [0, 0]
    assert scene.neighbour.page.goto(link_in(scene, news, "manage")).status == 410
    assert scene.neighbour.wrong + scene.lead.wrong == []
