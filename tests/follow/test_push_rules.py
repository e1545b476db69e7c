"""Which services we talk to, how much we say, how long we wait."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.follow import operations_push, push_services, rules_push
from incubator.foundation.errors import RuleBroken

HOSTS = ["fcm.googleapis.com", ".push.apple.com"]


@pytest.mark.parametrize("endpoint", [
    "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com@evil.example/x",
    "https://evil.example/fcm.googleapis.com", "https://fcm.googleapis.com.evil.example/", "https://push.apple.com.x/",
    "https://evilpush.apple.com:22/", "https://[::1]/", "https://fcm.googleapis.com\\@evil.example/", "https://:443/",
    "https://fcm.googleapis.com:99999/x", "https://fcm.googleapis.com/ x", "", "x" * 601,
])
def test_only_known_services_are_talked_to(endpoint):
    assert not rules_push.is_service(endpoint, HOSTS)


def test_known_services_are_known_by_name_or_family():
    assert rules_push.is_service("https://fcm.googleapis.com/fcm/send/abc", HOSTS)
    assert rules_push.is_service("https://web.push.apple.com/abc", HOSTS)


@given(st.text(max_size=700))
def test_no_endpoint_breaks_the_check(endpoint):
    assert rules_push.is_service(endpoint, HOSTS) in (True, False)


@given(st.text(max_size=120), st.text(max_size=60))
def test_no_key_breaks_the_check(key, auth):
    with pytest.raises(RuleBroken):
        rules_push.demand_subscription("https://fcm.googleapis.com/x", key, auth, HOSTS)


@given(st.text(min_size=1, max_size=4000), st.text(max_size=4000))
def test_a_message_fits_into_what_services_take(title, text):
    told = rules_push.message(
        rules_push.shortened(title, operations_push.LONGEST_TITLE),
        rules_push.shortened(text, operations_push.LONGEST_TEXT), "https://city.example.org/de/projects/" + "x" * 80,
        tag="update-1", language="de", direction="ltr")
    assert len(told.encode()) < 3_000


@given(st.integers(0, 60), st.text(max_size=12))
def test_waiting_is_never_shorter_than_ours_nor_longer_than_a_day(attempts, asked):
    assert timedelta(seconds=30) <= rules_push.wait(attempts, asked) <= timedelta(days=1)


def test_a_made_key_has_its_public_part():
    assert len(push_services.public_key(push_services.new_key())) == 87


def test_what_is_no_key_is_said_so():
    with pytest.raises(ValueError, match="VAPID_KEY"):
        push_services.public_key("not a key")
