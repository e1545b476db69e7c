"""Beginning a proposal and writing on it."""

from datetime import date

import pytest

from incubator.foundation import clock
from incubator.foundation.errors import RuleBroken, Stale
from incubator.foundation.transaction import transaction
from incubator.programme.models import RoundState
from incubator.projects import operations
from incubator.projects.lifecycle import Status


def draft(round_, by, **fields):
    with transaction():
        return operations.draft(round_, by, **({"title": "Küche für alle", "language": "de"} | fields))


def edit(project, by, **fields):
    with transaction():
        return operations.edit(project, by, **fields)


def test_whoever_begins_a_proposal_leads_it(make):
    person = make.person()
    project = draft(make.round(), person)
    assert project.leads == [person]
    assert project.status is Status.DRAFT
    assert project.slug == "kueche-fuer-alle"


def test_two_projects_with_one_title_have_two_addresses(make):
    round_, person = make.round(), make.person()
    assert draft(round_, person).slug != draft(round_, person).slug


def test_a_draft_needs_nothing_but_a_title(make):
    with pytest.raises(RuleBroken, match="title"):
        draft(make.round(), make.person(), title="  ")


@pytest.mark.parametrize("state", [RoundState.DRAFT, RoundState.CLOSED, RoundState.ARCHIVED])
def test_only_an_open_round_takes_proposals(make, state):
    with pytest.raises(RuleBroken):
        draft(make.round(state=state), make.person())


def test_no_proposal_begins_after_the_last_day(make):
    round_ = make.round(proposals_until=date(2026, 2, 28))
    with pytest.raises(RuleBroken):
        draft(round_, make.person())


def test_editing_keeps_what_was_not_sent(make):
    project = make.project()
    edit(project, project.leads[0], need="Weil es fehlt.", carrier_id=None)
    assert project.need == "Weil es fehlt."
    assert project.summary
    assert project.carrier_id is None


def test_an_empty_answer_is_kept_as_empty(make):
    project = make.project()
    edit(project, project.leads[0], need=None, starts_on=None)
    assert project.need == ""
    assert project.starts_on is None


def test_the_address_follows_the_title_until_it_was_handed_in(make):
    project = make.project()
    edit(project, project.leads[0], title="Neuer Name")
    assert project.slug == "neuer-name"
    returned = make.project("returned", slug="bleibt")
    edit(returned, returned.leads[0], title="Noch ein Name")
    assert returned.slug == "bleibt"


def test_the_whole_city_has_no_district(make):
    project = make.project()
    edit(project, project.leads[0], is_citywide=True)
    assert project.district_id is None


def test_the_end_is_not_before_the_beginning(make):
    project = make.project()
    with pytest.raises(RuleBroken) as broken:
        edit(project, project.leads[0], starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1))
    assert broken.value.field == "ends_on"


def test_two_people_writing_at_once_see_both_versions(make):
    project = make.project()
    before = project.version
    edit(project, project.leads[0], need="Meins")
    with pytest.raises(Stale) as stale:
        edit(project, project.leads[0], version=before, need="Deins")
    assert stale.value.current["need"] == "Meins"


@pytest.mark.parametrize("status", [each for each in Status if each not in (Status.DRAFT, Status.RETURNED)])
def test_what_was_handed_in_does_not_change(make, status):
    project = make.project(status.value)
    with pytest.raises(RuleBroken, match="can no longer be changed"):
        edit(project, project.leads[0], need="Anders")


def test_the_clock_is_the_citys(make):
    assert draft(make.round(), make.person()).created_at == clock.now()
