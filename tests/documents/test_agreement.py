"""A signed agreement on paper: the words both sides wrote, who signed them, and their mark."""

import pytest
import sqlalchemy as sa

from incubator.documents.models import Document
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal import operations as journal
from incubator.mentoring import operations_agreement
from tests.documents.reading import Structure, text_of
from tests.mentoring import rows


def sign(agreement, *people):
    for person in people:
        with transaction():
            operations_agreement.sign(agreement, person)


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_paper_carries_the_signed_words_and_their_mark(awarded, office, language):
    agreement = rows.agreement(awarded, aim="Wir lernen #rechnen und *planen*.")
    sign(agreement, awarded.leads[0], awarded.mentors[0])
    data = office.made(awarded, "mentoring_agreement", language)
    text = text_of(data)
    assert "Wir lernen #rechnen und *planen*." in text
    assert agreement.content_hash in text.replace(" ", "")
    assert awarded.mentors[0].family_name in text
    assert Structure(data).ua_part == "1"


def test_without_words_of_their_own_the_usual_ones_are_printed(awarded, office):
    assert "keine Rechts- oder Steuerberatung" in text_of(office.made(awarded, "mentoring_agreement"))


def test_it_is_printed_once_both_have_signed(awarded):
    agreement = rows.agreement(awarded)
    sign(agreement, awarded.leads[0])
    journal.deliver()
    assert db.session.scalars(sa.select(Document)).all() == []
    sign(agreement, awarded.mentors[0])
    journal.deliver()
    assert [each.about_id for each in db.session.scalars(sa.select(Document))] == [agreement.assignment_id]
