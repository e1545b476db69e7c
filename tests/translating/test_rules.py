"""Where a passage stands, however its words and its drafts came about."""

from hypothesis import given
from hypothesis import strategies as st

from incubator.translating import rules
from incubator.translating.rules import Standing, Words
from incubator.wording.models import DraftState

marks = st.sampled_from(["old", "new"])
published = st.none() | st.builds(Words, text=st.just("a"), made_from=marks)
drafts = st.none() | st.builds(Words, text=st.just("b"), made_from=marks, state=st.sampled_from(DraftState))


@given(published, drafts)
def test_done_means_that_everybody_reads_words_of_todays_original(words, draft):
    if rules.standing("new", words, draft) is Standing.DONE:
        assert words.made_from == "new"


@given(published, drafts)
def test_what_waits_is_a_draft_of_todays_original(words, draft):
    if rules.standing("new", words, draft) in (Standing.WAITING, Standing.REVIEWED):
        assert draft.made_from == "new" and draft.state is not DraftState.WRITING


@given(drafts)
def test_without_published_words_nothing_is_stale_or_done(draft):
    assert rules.standing("new", None, draft) not in (Standing.STALE, Standing.DONE)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_hundred_percent_means_that_nothing_is_missing(done, missing):
    assert (rules.share(done, done + missing) == 100) is (missing == 0)


@given(st.lists(st.text(max_size=5), max_size=5))
def test_a_version_fits_into_a_form(marks):
    assert 0 <= rules.version_of(marks) < 2**31
