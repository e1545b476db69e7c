"""A first look around: offered until it is ended, never in the way."""

import pytest

from incubator.accounts.models import Role
from incubator.foundation.database import db
from incubator.guides.tours import TOURS
from incubator.journal.models import Entry


def _offer(visitor):
    return visitor.get("/de/desk/").soup.select_one(".tour-offer")


def test_every_role_has_a_tour_of_three_to_five_cards():
    assert set(TOURS) == {role.value for role in Role}
    for tour in TOURS.values():
        assert 3 <= len(tour.cards) <= 5


@pytest.mark.parametrize("role", TOURS)
def test_a_tour_is_walked_card_by_card_and_ends_on_the_desk(visit, make, role):
    visitor = visit(make.person(role))
    path, seen = _offer(visitor).a["href"], []
    while path:
        soup = visitor.get(path).soup
        seen.append(soup.h1.get_text())
        going_on = soup.select_one(".tour .buttons a.kern-btn--primary")
        path = going_on["href"] if going_on else ""
    assert seen == [str(card.title) for card in TOURS[role].cards] or len(set(seen)) == len(TOURS[role].cards)
    answer = visitor.post(soup.select_one(".tour form")["action"])
    assert (answer.status, answer.location) == (303, "/de/desk/")
    assert _offer(visitor) is None


@pytest.mark.parametrize("role", TOURS)
def test_what_a_card_leads_to_opens_for_its_role(visit, make, role):
    visitor = visit(make.person(role))
    for number, card in enumerate(TOURS[role].cards, 1):
        link = visitor.get(f"/de/desk/tour/{role}?card={number}").soup.select_one(".tour > p > a")
        assert (link is not None) == bool(card.endpoint), card.title
        if link:
            assert visitor.get(link["href"]).status == 200, card.endpoint


def test_a_tour_is_skipped_in_one_press_and_stays_in_the_help(visit, make):
    person = make.person("mentor")
    visitor = visit(person)
    assert visitor.post(_offer(visitor).form["action"]).status == 303
    assert _offer(visitor) is None
    assert visitor.get("/de/desk/help").soup.select_one("a[href='/de/desk/tour/mentor']")


def test_ending_a_tour_is_on_record_once(visit, make):
    visitor = visit(make.person("mentor"))
    for _twice in range(2):
        visitor.post("/de/desk/tour/mentor/end")
    (entry,) = db.session.query(Entry).filter_by(action="tour.ended")
    assert entry.data == {"tour": "mentor"}


def test_who_has_two_roles_is_offered_one_tour_after_the_other(visit, make):
    visitor = visit(make.person("mentor", "coordinator"))
    first = _offer(visitor).a["href"]
    visitor.post(_offer(visitor).form["action"])
    assert _offer(visitor).a["href"] != first


def test_who_leads_a_project_without_the_role_gets_the_tour_of_leads(visit, make):
    person = make.person()
    assert _offer(visit(person)) is None
    make.project("active", lead=person)
    assert _offer(visit(person)).a["href"] == "/de/desk/tour/lead"


def test_a_card_beyond_the_last_is_the_last(visit, make):
    visitor = visit(make.person("mentor"))
    assert visitor.get("/de/desk/tour/mentor?card=99").soup.h1 == visitor.get("/de/desk/tour/mentor?card=3").soup.h1


def test_the_help_holds_the_guides_of_one_s_parts(visit, make):
    def guides(person):
        return [each["href"] for each in visit(person).get("/de/desk/help").soup.select(".guides__title")]

    assert guides(make.person("mentor")) == ["/de/guides/mentor"]
    assert guides(make.person()) == ["/de/guides/neighbour"]
