"""Rules for names, passwords, waiting, networks and ways on."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.accounts import rules
from incubator.foundation.errors import RuleBroken

START = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = ("Nguyễn Thị Ánh", "علي‌رضا", "محمد", "Søren", "Žofia", "Олександр", "李小龍", "ክብሮም", "கவிதா", "O’Neill",
         "Jean-Luc", "ﻋﻠﻲ", "🌻 Sonne", "X Æ A-12", "D'Arcy", "สมชาย", "ქეთევან")


@pytest.mark.parametrize("name", NAMES)
def test_real_names_pass_unchanged(name):
    assert rules.clean_name(name, "given_name") == name
    rules.demand_given_name(name)


@given(st.text(max_size=80))
def test_a_name_is_kept_as_it_is_or_refused(name):
    try:
        kept = rules.clean_name(name, "given_name")
    except RuleBroken as broken:
        assert broken.field == "given_name"
    else:
        assert kept == name.strip()
        assert not any(unicodedata.category(sign) == "Cc" for sign in kept)
        assert not any(0x202A <= ord(sign) <= 0x202E or 0x2066 <= ord(sign) <= 0x2069 for sign in kept)


@pytest.mark.parametrize("name", ["An\0na", "Anna\u202ekcab", "\u2066Anna", "An\x1bna", "a" + "\u0301" * 20, "A\nB"])
def test_signs_that_disturb_are_refused(name):
    with pytest.raises(RuleBroken):
        rules.clean_name(name, "given_name")


@pytest.mark.parametrize("name", ["", " ", "\u200b\u200d", "...", "\u0301"])
def test_a_name_must_be_seen(name):
    with pytest.raises(RuleBroken):
        rules.demand_given_name(rules.clean_name(name, "given_name"))


@pytest.mark.parametrize("password", ["kurz", "aaaaaaaaaaaa", "Password123!", "1234567890", "anna-anna-2026"])
def test_passwords_that_are_guessed_first_are_refused(password):
    with pytest.raises(RuleBroken):
        rules.demand_password(password, "anna@example.org")


@pytest.mark.parametrize("password", ["vier kleine Worte hier", "كلمة سر طويلة جدا", "correct horse battery staple"])
def test_sentences_are_good_passwords(password):
    rules.demand_password(password, "anna@example.org")


@given(st.lists(st.integers(0, 86_400), max_size=60))
def test_waiting_begins_after_the_free_tries_and_never_exceeds_an_hour(seconds):
    tries = [START + timedelta(seconds=each) for each in sorted(seconds)]
    until = rules.free_again(tries, 5)
    if len(tries) < 5:
        assert until is None
    else:
        assert timedelta(minutes=1) <= until - tries[-1] <= timedelta(hours=1)


@given(st.integers(5, 40))
def test_one_more_try_never_shortens_the_wait(number):
    few, more = ([START] * each for each in (number, number + 1))
    assert rules.free_again(few, 5) <= rules.free_again(more, 5)


@given(st.ip_addresses() | st.text(max_size=40))
def test_every_address_has_a_network(address):
    assert rules.network_of(str(address))


def test_neighbours_in_one_ipv6_network_count_together():
    assert rules.network_of("2001:db8:1:2::1") == rules.network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert rules.network_of("2001:db8:1:3::1") != rules.network_of("2001:db8:1:2::1")


@pytest.mark.parametrize("path", ["/de/desk/", "/ar/desk/projects/7", "/de-simple/desk/people?q=a&before=3"])
def test_ways_on_within_the_house_are_kept(path):
    assert rules.own_path(path, "/home") == path


@pytest.mark.parametrize("path", [
    None, "", "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "/\t/evil.example",
    "/de/desk//evil.example", "/de/desk/\r\nX: y", "/de/desk/\n", "javascript:alert(1)", "/de/desk/" + "a" * 600,
    "\\\\evil.example", "/de/desk@evil.example", "/de/deskevil",
])
def test_ways_out_of_the_house_are_not_taken(path):
    assert rules.own_path(path, "/home") == "/home"


@given(st.text(max_size=300))
def test_any_browser_gets_some_name(agent):
    assert isinstance(rules.device_of(agent), str)


@pytest.mark.parametrize(("agent", "name"), [
    ("Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0", "Firefox, Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari, iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge, Windows"),
    ("curl/8.0", ""), (None, ""),
])
def test_browsers_are_called_by_their_names(agent, name):
    assert rules.device_of(agent) == name
