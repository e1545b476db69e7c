"""A clock that is set back opens nothing that was shut."""

from datetime import timedelta

import pytest

from incubator.accounts import operations, queries
from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.test_links import _ask, _use
from tests.visitors import sign_in_token

BACK = [-25, -1, 0, 1, 25]


@pytest.mark.parametrize("hours", BACK)
def test_a_link_that_was_used_stays_used_whatever_the_clock_says(app, make, token, hours):
    person = make.person()
    _ask(person.mail)
    link = token(person.mail)
    assert _use(link)
    clock.set(clock.now() + timedelta(hours=hours))
    with pytest.raises(RuleBroken):
        _use(link)


def test_a_link_that_ran_out_and_was_tidied_away_stays_shut(app, make, token):
    person, now = make.person(), clock.now()
    _ask(person.mail)
    link = token(person.mail)
    clock.set(now + timedelta(hours=2))
    app.test_cli_runner().invoke(args=["tick"])
    clock.set(now)
    with pytest.raises(RuleBroken):
        _use(link)


@pytest.mark.parametrize("hours", BACK)
def test_who_signed_out_stays_out_whatever_the_clock_says(app, make, hours):
    token = sign_in_token(make.person())
    assert queries.person_of_token(token) is not None
    with transaction():
        operations.sign_out(token)
    clock.set(clock.now() + timedelta(hours=hours))
    assert queries.person_of_token(token) is None


def test_a_sign_in_made_while_the_clock_was_ahead_is_none_that_lasts_for_ever(app, make):
    now = clock.now()
    clock.set(now + timedelta(days=1))
    token = sign_in_token(make.person())
    clock.set(now)
    assert queries.person_of_token(token) is not None
    clock.set(now + timedelta(days=31, minutes=1))
    assert queries.person_of_token(token) is None
