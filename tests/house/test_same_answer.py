"""Nobody learns from an answer whether an address is known: it is the same to the byte, for the same questions."""

import re

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from incubator.accounts import passwords
from incubator.foundation.database import db
from incubator.partners.models_invitation import PartnerInvitation
from tests.house.siege import world_in

UNKNOWN = "nobody.knows@example.org"
OF_THIS_ANSWER = ("Set-Cookie", "Content-Length", "X-Request-Id")
CHANCE = re.compile(
    rb'name="(csrf_token|form_key|drawn)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="(csrf_token|form_key|drawn)"')


@pytest.fixture
def world(app, make, monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return world_in("active", make)


def _seen(visit, queries, path, sent, mail):
    """Ask as a new visitor; return all of the answer but what is made by chance, and how much was asked."""
    stranger = visit()
    stranger.get(path)
    with queries() as asked:
        answer = stranger.post(path, sent | {"mail": mail})
    headers = sorted((name, value) for name, value in answer.headers if name not in OF_THIS_ANSWER)
    body = CHANCE.sub(b"", answer.data).replace(mail.encode(), b"the address")
    return answer.status, headers, body, len(asked)


PLACES = {
    "sign-in": ("/de/sign-in", {"password": "falsch und noch einmal"}),
    "link": ("/de/sign-in/link", {}),
    "reset": ("/de/sign-in/reset", {}),
    "partner's link": ("/de/partners/link", {}),
}


@pytest.mark.parametrize("place", PLACES)
def test_known_and_unknown_addresses_get_the_same_bytes_for_the_same_work(world, visit, queries, place):
    path, sent = PLACES[place]
    passwords.fits(None, "x")  # what is made once for all of them
    partner = db.session.scalar(sa.select(PartnerInvitation.mail))
    assert partner
    mails = {"lead": world.people["lead"].mail, "partner": partner, "unknown": UNKNOWN}
    seen = {kind: _seen(visit, queries, path, sent, mail) for kind, mail in mails.items()}
    assert seen["lead"][:3] == seen["unknown"][:3] == seen["partner"][:3]
    assert seen["lead"][0] in (303, 422)
    if place in ("link", "reset"):  # the work of looking at a password is held by a test of its own
        assert seen["lead"][3] == seen["unknown"][3]


def test_whoever_follows_already_gets_the_bytes_of_whoever_does_not(world, visit, queries):
    page = visit().get(f"/de/follow?project={world.project.slug}")
    assert page.status == 200
    seen = [_seen(visit, queries, f"/de/follow?project={world.project.slug}", {"rhythm": "now"}, mail)
            for mail in (world.follower.mail, world.people["lead"].mail, UNKNOWN)]
    assert seen[0][:3] == seen[1][:3] == seen[2][:3]
    assert seen[0][0] == 303
