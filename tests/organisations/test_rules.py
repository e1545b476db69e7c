"""What holds about organisations and who belongs to them."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation.errors import RuleBroken
from incubator.organisations import rules
from incubator.organisations.models import EXCLUDING, Affiliation, AffiliationRole, LegalForm, Organisation

DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.sampled_from(LegalForm), st.booleans(), st.lists(st.sampled_from([form.value for form in LegalForm])))
def test_only_willing_organisations_of_a_listed_legal_form_may_carry(form, willing, listed):
    organisation = Organisation(legal_form=form, will_carry=willing)
    eligible = rules.is_eligible(organisation, SimpleNamespace(eligible_forms=listed))
    assert eligible == (willing and form.value in listed)


@given(st.sampled_from(AffiliationRole), DAYS, DAYS, st.dates(date(2019, 1, 1), date(2031, 12, 31)))
def test_members_and_contacts_are_never_excluded(role, since, until, today):
    affiliation = Affiliation(role=role, since=since, until=until)
    excluded = rules.excludes(affiliation, today)
    assert not excluded or role in EXCLUDING
    assert not excluded or rules.is_current(affiliation, today)


def test_somebody_is_still_excluded_on_their_last_day():
    last = date(2026, 3, 1)
    affiliation = Affiliation(role=AffiliationRole.BOARD, since=date(2020, 1, 1), until=last)
    assert rules.excludes(affiliation, last)
    assert not rules.excludes(affiliation, last + timedelta(days=1))


@given(st.text(max_size=300))
def test_a_web_address_is_http_or_refused(text):
    try:
        address = rules.web_address(text)
    except RuleBroken as broken:
        assert broken.field == "website"
    else:
        assert address == "" or address.startswith(("http://", "https://")) or "://" in address.lower()


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "nowhere", "http://", "a b.org"]
)
def test_links_of_other_kinds_are_refused(text):
    with pytest.raises(RuleBroken):
        rules.web_address(text)


def test_the_scheme_may_be_left_out():
    assert rules.web_address(" www.example.org/über-uns ") == "https://www.example.org/über-uns"
