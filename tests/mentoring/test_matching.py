"""Which mentor the coordination is shown first, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.mentoring import operations_profile, queries
from incubator.mentoring.queries_profiles import profile
from incubator.mentoring.rules_matching import Fit, Wanted, fit, rank


def brings(person, themes=(), languages=("de",), words=""):
    with transaction():
        operations_profile.write_profile(person, person, themes=themes, languages=languages, words=words, language="de")
    return person


def test_a_common_language_comes_before_the_theme_and_the_theme_before_free_time(make):
    project = make.project("submitted", lead=make.person("lead", language="ar"))
    none, theme, tongue, both = (make.person("mentor", name=f"{name} M") for name in ("Ada", "Bea", "Cem", "Dana"))
    brings(theme, [project.theme])
    brings(tongue, languages=("de", "ar"))
    brings(both, [project.theme], ("de", "ar"))
    make.project("active", mentor=both, lead=make.person("lead"))
    assert [each.person for each in queries.candidates(project, clock.today())] == [both, tongue, theme, none]


def test_who_writes_to_us_in_a_language_speaks_it_without_a_profile(make):
    project, mentor = make.project("submitted", language="ar"), make.person("mentor", language="ar")
    assert queries.candidates(project, clock.today())[0].fit == Fit(("ar",), False)
    assert profile(mentor.id) is None


ids = st.integers(1, 4)
codes = st.frozensets(st.sampled_from(["de", "de-simple", "en", "ar", "tr", "uk"]))


@given(wanted=codes, spoken=codes, theme=st.one_of(st.none(), ids), known=st.frozensets(ids))
def test_german_is_never_a_reason_and_every_reason_is_common(wanted, spoken, theme, known):
    found = fit(Wanted(theme, wanted), known, spoken)
    assert set(found.speaks) == {code for code in wanted & spoken if not code.startswith("de")}
    assert found.knows_theme == (theme in known)


@given(points=st.booleans(), load=st.integers(0, 9), other=st.integers(0, 9))
def test_who_may_not_come_last_however_well_they_fit(points, load, other):
    hindered = rank(Fit(("ar",), True), load, "A", is_hindered=True)
    assert rank(Fit((), points), other, "Z", is_hindered=False) < hindered


def test_the_page_says_why(make, visit):
    project = make.project("submitted", lead=make.person("lead", language="ar"))
    brings(make.person("mentor", name="Cem Kaya"), [project.theme], ("de", "ar"), words="Ich kenne das Bauamt.")
    tied = make.person("mentor", name="Dana Gebunden")
    make.affiliation(tied, project.carrier)
    text = visit(make.person("coordinator")).get(f"/en/desk/projects/{project.id}/mentoring/propose").text
    assert f"Cem Kaya – speaks Arabic · knows {project.theme.name('en')} · 0 of 3 projects" in text
    assert "Ich kenne das Bauamt." in text
    assert text.index("Cem Kaya") < text.index("Dana Gebunden") < text.index("Is on the board of")


def test_a_mentor_says_what_they_bring_and_changes_it(make, visit):
    theme, mentor = make.theme(), make.person("mentor")
    browser = visit(mentor)
    browser.fill("/de/desk/me/mentoring", theme_ids=[theme.id], languages=["de", "tr"], words="Ich kenne das Bauamt.")
    browser.fill("/de/desk/me/mentoring", words="Ich kenne Vereine.")
    mine = profile(mentor.id)
    assert (mine.themes, mine.languages, mine.words) == ([theme], ["de", "tr"], "Ich kenne Vereine.")


@pytest.mark.parametrize(("role", "is_shown"), [("mentor", True), ("lead", False)])
def test_only_mentors_find_the_page_near_their_account(make, visit, role, is_shown):
    assert ("/desk/me/mentoring" in visit(make.person(role)).get("/de/desk/me").text) == is_shown
