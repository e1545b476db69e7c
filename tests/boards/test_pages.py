"""The pages of phones and of the moderation, without a script."""

import json
from datetime import timedelta

import pytest

from incubator.accounts.rules import LIMITS, Limit
from incubator.boards import operations_phone as phones
from incubator.boards import operations_table, queries
from incubator.foundation.transaction import transaction
from tests.boards import tables


def test_a_phone_that_only_looks_gets_no_cookie(app, make, visit):
    board = tables.board(make)
    answer = visit().get(f"/ar/b/{board.code.upper()}")
    assert (answer.status, answer.headers.getlist("Set-Cookie")) == (200, [])


def test_a_short_address_leads_to_the_phones_language(app, make, visit):
    board = tables.board(make)
    assert visit().get(f"/b/{board.code}", headers={"Accept-Language": "ar"}).location == f"/ar/b/{board.code}"


def test_an_unknown_code_says_what_to_do(app, visit):
    answer = visit().get("/en/b/nosuch")
    assert answer.status == 404
    assert "scan the code again" in answer.text


def test_a_card_is_handed_in_seen_and_taken_back_without_a_script(app, make, visit):
    board, phone, other = tables.board(make), visit(), visit()
    sent = phone.fill(f"/ar/b/{board.code}", text="مقاعد أكثر")
    cookie = sent.headers["Set-Cookie"]
    assert all(word in cookie for word in ("board_device=", "HttpOnly", "SameSite=Lax"))
    page = phone.follow(sent)
    assert "مقاعد أكثر" in page.text
    assert "مقاعد أكثر" not in other.get(f"/ar/b/{board.code}").text
    card = queries.cards(board.id)[0]
    assert (card.language, card.device in cookie) == ("ar", False)
    phone.post(f"/ar/b/{board.code}/cards/{card.id}/take-back")
    assert queries.cards(board.id) == []


def test_a_phone_that_was_refused_gets_no_name(app, make, visit):
    board = tables.board(make)
    card = tables.write(board)
    for path in ("", f"/cards/{card.id}/mark", f"/cards/{card.id}/take-back"):
        for headers in ({}, {"Accept": "application/json"}):
            answer = visit().post(f"/en/b/{board.code}{path}", {"text": ""}, headers=headers)
            assert "board_device" not in str(answer.headers.getlist("Set-Cookie")), path


def test_whoever_throws_the_name_away_cannot_begin_anew_for_ever(any_database, make, visit, monkeypatch):
    monkeypatch.setitem(LIMITS, "board device from", Limit(2, timedelta(hours=1)))
    board, known = tables.board(make), visit()
    card = tables.write(board)
    known.post(f"/en/b/{board.code}", {"text": "Von hier"})
    visit().post(f"/en/b/{board.code}", {"text": "Und von hier"})
    refused = visit().post(f"/en/b/{board.code}", {"text": "Noch einmal"})
    assert (refused.status, "wait" in refused.text) == (422, True)
    assert known.post(f"/en/b/{board.code}", {"text": "Noch eine"}).status == 303, "who has a name goes on"
    tables.to(board, "marking")
    visit().post(f"/en/b/{board.code}/cards/{card.id}/mark")
    assert queries.dots(board.id) == {}


def test_another_site_sends_nothing_in_a_phones_name(app, make, visit):
    board = tables.board(make)
    answer = visit().post(f"/en/b/{board.code}", {"text": "Werbung"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, answer.headers.getlist("Set-Cookie")) == (400, [])
    assert queries.cards(board.id) == []


def test_what_is_refused_stands_beside_the_field_and_is_not_lost(app, make, visit):
    board = tables.board(make)
    answer = visit().post(f"/en/b/{board.code}", {"text": "x" * 301})
    assert (answer.status, "x" * 301 in answer.text) == (422, True)
    assert visit().post(f"/en/b/{board.code}", {"text": "  "}).problems


def test_a_script_gets_the_sentence(app, make, visit):
    board = tables.to(tables.board(make), "closed")
    answer = visit().post(f"/en/b/{board.code}", {"text": "Zu spät"}, headers={"Accept": "application/json"})
    assert (answer.status, "closed" in json.loads(answer.text)["problem"]) == (422, True)


def test_asking_whether_anything_is_new_is_one_look_into_an_index(app, make, visit, queries):
    board = tables.board(make)
    phone, path = visit(), f"/de/b/{board.code}/state.json?since=1"
    with queries(at_most=1):
        answer = phone.get(path)
    assert (answer.status, answer.data) == (204, b"")


def test_the_state_of_phones_holds_numbers_only(app, make, visit):
    board = tables.board(make)
    hidden = tables.write(board, "Hass")
    tables.write(board, "Bänke")
    tables.table(operations_table.hide, board, hidden)
    told = json.loads(visit().get(f"/de/b/{board.code}/state.json?since=1").text)
    assert told == {"revision": 4, "phase": "collecting", "cards": 1, "shown": "collecting-0-0"}


def test_cards_of_others_do_not_make_a_phone_draw_itself_anew(app, make, visit):
    board, phone = tables.board(make), visit()
    phone.post(f"/de/b/{board.code}", {"text": "Meine"})
    first = json.loads(phone.get(f"/de/b/{board.code}/state.json").text)
    tables.write(board, "Andere", "other")
    second = json.loads(phone.get(f"/de/b/{board.code}/state.json").text)
    assert first["shown"] == second["shown"]
    tables.to(board, "marking")
    assert json.loads(phone.get(f"/de/b/{board.code}/state.json").text)["shown"] != first["shown"]


def test_dots_are_set_and_counted_down_without_a_script(app, make, visit):
    board, phone = tables.board(make, dots_per_device=1), visit()
    card, other = tables.write(board), tables.write(board, "Bäume", "b")
    tables.to(board, "marking")
    page = phone.follow(phone.post(f"/en/b/{board.code}/cards/{card.id}/mark"))
    assert "0 of 1 dots left" in page.text
    refused = phone.follow(phone.post(f"/en/b/{board.code}/cards/{other.id}/mark"))
    assert "All your dots are set" in refused.text
    assert "1 of 1 dots left" in phone.follow(phone.post(f"/en/b/{board.code}/cards/{card.id}/unmark")).text


def test_a_hidden_card_stays_with_the_moderation(app, make, visit):
    board = tables.board(make)
    card, by = tables.write(board, "Hass und Wut"), visit(make.person("moderator"))
    tables.write(board, "Bänke")
    by.post(f"/en/desk/cards/{card.id}/hide")
    tables.to(board, "marking")
    assert "Hass und Wut" in by.get(f"/en/desk/boards/{board.id}").text
    for page in (visit().get(f"/en/b/{board.code}"), by.get(f"/en/desk/boards/{board.id}/screen")):
        assert ("Bänke" in page.text, "Hass" in page.text) == (True, False)


def test_a_board_is_opened_from_its_workshop_and_led_through_by_buttons(app, make, visit):
    workshop, by = make.workshop(), visit(make.person("moderator"))
    opened = by.follow(by.fill(f"/en/desk/workshops/{workshop.id}/boards/add", question="Was fehlt?"))
    board = queries.boards_of(workshop.id)[0]
    assert (opened.soup.h1.get_text(), board.dots_per_device) == ("Was fehlt?", 3)
    by.fill(f"/en/desk/boards/{board.id}", form=".board-add form", text="Von Papier")
    by.fill(f"/en/desk/boards/{board.id}/groups/add", title="Plätze")
    card, group = queries.cards(board.id)[0], queries.groups(board.id)[0]
    by.post(f"/en/desk/cards/{card.id}/move", {"to": str(group.id)})
    by.fill(f"/en/desk/boards/{board.id}/ideas", cards=[str(card.id)])
    closed = by.follow(by.post(f"/en/desk/boards/{board.id}/phase", {"to": "closed"}))
    assert "Everybody can read its minutes" in closed.text
    assert (queries.card(card.id).group_id, queries.card(card.id).idea_id is None) == (group.id, False)


def test_the_beamer_shows_code_and_address(app, make, visit):
    board, by = tables.board(make), visit(make.person("coordinator"))
    page = by.get(f"/de/desk/boards/{board.id}/screen")
    assert f"localhost/b/{board.code}" in page.text
    assert page.soup.select_one("[role=img] svg path")


@pytest.mark.parametrize("state", ["collecting", "marking"])
def test_an_open_board_has_no_minutes(app, make, visit, state):
    board = tables.board(make, make.workshop(), state=state)
    assert visit().get(f"/de/workshops/{board.workshop.slug}/minutes").status == 404


def test_minutes_say_what_lay_there_and_what_became_an_idea(app, make, visit):
    board = tables.board(make, make.workshop())
    card, other, hidden = (tables.write(board, text) for text in ("Bänke", "Sitze", "Hass"))
    tables.table(operations_table.join, board, other, into=card.id)
    tables.table(operations_table.hide, board, hidden)
    with transaction():
        operations_table.make_ideas(board, None, cards=[card.id], is_public=True)
    tables.to(board, "marking")
    tables.act(phones.mark, board, card)
    tables.to(board, "closed")
    page = visit().get(f"/en/workshops/{board.workshop.slug}/minutes")
    assert [word in page.text for word in ("Bänke", "Sitze", "Hass")] == [True, True, False]
    assert "fewer than five" in page.soup.select_one(".slip__foot").get_text()
    assert page.soup.select_one(f"a[href='/en/ideas/{queries.card(card.id).idea_id}']")
    assert f"/en/workshops/{board.workshop.slug}/minutes" in visit().get(f"/en/workshops/{board.workshop.slug}").text
