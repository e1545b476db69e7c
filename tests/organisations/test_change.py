"""Changing organisations, two people at once too."""

import pytest

from incubator.foundation.errors import Stale
from incubator.foundation.transaction import transaction
from incubator.organisations import operations


def test_the_address_stays_when_the_name_changes(make):
    organisation = make.organisation(name="Alt", slug="alt")
    with transaction():
        operations.change(organisation, make.person("coordinator"), name="Neu")
    assert (organisation.name, organisation.slug) == ("Neu", "alt")


def test_what_is_not_given_stays(make):
    organisation = make.organisation(description="Wir kochen.", will_carry=True)
    with transaction():
        operations.change(organisation, make.person("coordinator"), website="example.org")
    assert (organisation.description, organisation.will_carry) == ("Wir kochen.", True)
    assert organisation.website == "https://example.org"


def test_an_old_version_is_refused(make):
    organisation, by = make.organisation(), make.person("coordinator")
    seen = organisation.version
    with transaction():
        operations.change(organisation, by, version=seen, description="Erste")
    with pytest.raises(Stale) as stale, transaction():
        operations.change(organisation, by, version=seen, description="Zweite")
    assert stale.value.current["description"] == "Erste"


def test_both_versions_are_shown_and_nothing_is_lost(make, visit):
    organisation = make.organisation(description="Vorher")
    path = f"/en/desk/organisations/{organisation.id}/edit"
    seen = organisation.version
    visit(make.person("coordinator")).fill(path, description="Von Petra")
    answer = visit(make.person("administrator")).fill(path, description="Von Karin", version=str(seen))
    assert answer.status == 422
    assert "Von Petra" in answer.text
    assert "Von Karin" in answer.soup.select_one("#description").text
    assert organisation.description == "Von Petra"


def test_keeping_the_own_name_is_no_clash(make, visit):
    organisation = make.organisation(name="Kulturladen")
    answer = visit(make.person("coordinator")).fill(f"/de/desk/organisations/{organisation.id}/edit", description="Neu")
    assert answer.status == 303
