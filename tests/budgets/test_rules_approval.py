"""Who takes no part in approving, and how many must approve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.budgets.rules_approval import Signer, approvals_needed, exclusion, is_deadlocked, with_way_out
from incubator.budgets.rules_figures import RoundSettings

SIGNERS = st.builds(Signer, st.booleans(), st.booleans(), st.booleans(), st.frozensets(st.integers(1, 6)))


def test_somebody_without_any_tie_may_approve():
    assert exclusion(Signer(), {1: "Verein"}) is None


@given(SIGNERS, st.dictionaries(st.integers(1, 6), st.just("Verein")))
def test_any_tie_excludes_and_nothing_else_does(signer, concerned):
    tied = (signer.on_team or signer.has_edited or signer.has_declared_conflict
            or bool(signer.belongs_to & concerned.keys()))
    assert (exclusion(signer, concerned) is not None) == tied


def test_the_sentence_names_the_organisation(app):
    assert "Rad & Mut e.V." in str(exclusion(Signer(belongs_to=frozenset({4})), {4: "Rad & Mut e.V."}))


def test_a_refusal_names_who_can_do_it_or_says_that_nobody_is_free(app):
    assert "Amal Haddad" in str(with_way_out("Nein.", ["Amal Haddad"]))
    assert "Nobody" in str(with_way_out("Nein.", []))


@pytest.mark.parametrize(("grant", "needed"), [(4_999_99, 1), (5_000_00, 1), (5_000_01, 2)])
def test_two_must_approve_above_the_threshold_and_not_at_it(grant, needed):
    assert approvals_needed(grant, RoundSettings()) == needed


@given(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3))
def test_there_is_no_deadlock_while_enough_are_free(needed, given_, free):
    assert is_deadlocked(needed, given_, free) == (given_ + free < needed)
