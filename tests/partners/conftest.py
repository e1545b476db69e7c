"""A project with a partner."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.operations import deliver
from incubator.letters.models import Letter
from incubator.partners import operations
from incubator.partners.models import PledgeKind


@pytest.fixture
def scene(make):
    """A project with a lead, a partner, and the person who speaks for the partner."""

    class Scene:
        lead = make.person("lead", language="en")
        contact = make.person("partner", language="en")
        project = make.project("mentoring", lead=lead)
        organisation = make.organisation(name="Stiftung", contact=contact)
        partnership = make.partnership(project, organisation)

        def promise(self, **fields):
            facts = {"kind": PledgeKind.MONEY, "description": "Spende", "value_cents": 400_00}
            with transaction():
                return operations.pledge(self.project, self.organisation, self.lead, **(facts | fields))

        def confirmed(self, **fields):
            pledge = self.promise(**fields)
            with transaction():
                operations.confirm(pledge, self.contact)
            return pledge

    return Scene()


@pytest.fixture
def mail_to(app) -> Callable[[str], Any]:
    """Deliver what is due and return the letters to an address, by their template's subject."""

    def find(address):
        deliver()
        return db.session.scalars(sa.select(Letter).where(Letter.address == address).order_by(Letter.id)).all()

    return find


@pytest.fixture
def letters_to(app) -> Callable[[Any], Any]:
    """Deliver what is due and return the letters to a person."""

    def find(person):
        deliver()
        return db.session.scalars(sa.select(Letter).where(Letter.person_id == person.id)).all()

    return find
