"""A round goes into the archive only when nobody waits and nothing is left to be done."""

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from incubator.programme.models import RoundState
from incubator.projects.operations_rounds import archive_round


@pytest.fixture
def round_(make):
    return make.round(state="closed")


def archive(round_, make):
    with transaction():
        archive_round(round_, make.person("coordinator"))


def test_a_round_whose_projects_have_ended_goes_into_the_archive(make, round_):
    for status in ("completed", "rejected", "withdrawn", "draft"):
        make.project(status, round=round_)
    make.project("waitlisted", round=make.round())
    archive(round_, make)
    assert round_.state is RoundState.ARCHIVED


@pytest.mark.parametrize(("status", "sentence"), [
    ("waitlisted", "still on the waiting list"), ("budget_approved", "not ended yet"), ("active", "not ended yet"),
    ("recovery", "not ended yet"), ("submitted", "not ended yet"),
])
def test_a_round_in_which_somebody_waits_or_works_stays_closed(make, round_, status, sentence):
    make.project(status, round=round_)
    with pytest.raises(RuleBroken) as refused:
        archive(round_, make)
    assert sentence in str(refused.value.sentence)
    assert round_.state is RoundState.CLOSED


def test_the_page_says_why_it_cannot_be_archived_now(make, visit, round_):
    for _number in range(2):
        make.project("waitlisted", round=round_)
    answer = visit(make.person("coordinator")).fill(f"/en/desk/rounds/{round_.id}/archive")
    assert answer.status == 422
    assert "2 projects are still on the waiting list" in answer.text
