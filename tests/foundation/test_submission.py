"""A form sent twice acts once."""

from datetime import timedelta

import pytest

from incubator.foundation import clock, submission
from incubator.foundation.database import db
from incubator.foundation.submission import Submission
from incubator.foundation.transaction import transaction


def test_a_key_is_taken_once(any_database):
    with transaction():
        assert submission.claim("a") is None
        submission.remember("a", 7)
    with transaction():
        assert submission.claim("a").outcome_id == 7


def test_a_refused_form_gives_its_key_back(any_database):
    with pytest.raises(ZeroDivisionError), transaction():
        submission.claim("a")
        _ = 1 / 0
    with transaction():
        assert submission.claim("a") is None


def test_old_keys_are_forgotten(any_database):
    with transaction():
        submission.remember("old", None)
    clock.set(clock.now() + timedelta(days=31))
    with transaction():
        submission.remember("new", None)
        assert submission.forget_old() == 1
    assert [each.key for each in db.session.query(Submission)] == ["new"]
