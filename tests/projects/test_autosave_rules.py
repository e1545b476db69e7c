"""Two people write on one proposal: whatever they do in whatever order, nothing that was typed is lost."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.projects import rules_autosave
from incubator.projects.rules_autosave import mark, marks_of, merge

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("need", "audience", "activities")
EMPTY = dict.fromkeys(NAMES, "")


class Writer:
    """One person's page: what stands in its fields, what it knows to be stored, and the marks of that."""

    def __init__(self, stored):
        self.typed, self.known, self.seen = dict(stored), dict(stored), {(name, stored[name]) for name in NAMES}

    @property
    def drawn(self):
        return marks_of(self.known, NAMES)

    @property
    def changed(self):
        return {name: text for name, text in self.typed.items() if text != self.known[name]}

    def read(self, name, text):
        self.known[name] = text
        self.seen.add((name, text))


def send(writer, stored):
    """Send what is changed, as the page does; answer what was saved, and what stands at both people's names now."""
    mine = writer.changed
    merged = merge(mine, writer.drawn, stored)
    for name, text in merged.save.items():
        assert (name, stored[name]) in writer.seen, "a text was overwritten that its overwriter never saw"
        stored[name] = text
        writer.read(name, text)
    for name in merged.fresh:
        assert writer.typed[name] == writer.known[name], "a text was replaced in the hands of who types it"
        writer.read(name, stored[name])
        writer.typed[name] = stored[name]
    return mine, merged


moves = st.lists(st.tuples(
    st.integers(0, 1), st.one_of(
        st.tuples(st.sampled_from(NAMES), st.text("abc", min_size=1, max_size=3)),
        st.sampled_from(["send", "keep", "take", "join"]),
    )), max_size=20)


@patient
@given(moves)
def test_every_text_is_stored_or_returned_to_its_writer(steps):
    stored, ever = dict(EMPTY), set()
    writers = Writer(stored), Writer(stored)
    for who, step in steps:
        writer = writers[who]
        if isinstance(step, tuple):
            writer.typed[step[0]] = step[1]
            continue
        mine, merged = send(writer, stored)
        ever |= set(merged.save.items())
        for name, text in mine.items():
            kept = (name, text) in ever or stored[name] == text
            assert kept or (name in merged.asked and writer.typed[name] == text)
        for name in merged.asked:
            answer_question(writer, name, stored[name], step)


def answer_question(writer, name, theirs, choice):
    mine = writer.typed[name]
    writer.read(name, theirs)
    writer.typed[name] = {"take": theirs, "join": f"{mine}\n\n{theirs}"}.get(choice, mine)


@patient
@given(moves)
def test_when_all_is_sent_and_decided_everybody_reads_the_same(steps):
    stored = dict(EMPTY)
    writers = Writer(stored), Writer(stored)
    for who, step in steps:
        if isinstance(step, tuple):
            writers[who].typed[step[0]] = step[1]
    for writer in (*writers, *writers, *writers):
        _mine, merged = send(writer, stored)
        for name in merged.asked:
            answer_question(writer, name, stored[name], "join")
    for writer in writers:
        send(writer, stored)
    assert [writer.typed for writer in writers] == [stored, stored]


def test_different_answers_are_merged_without_a_word():
    drawn = marks_of(EMPTY, NAMES)
    merged = merge({"need": "Meins"}, drawn, EMPTY | {"audience": "Deins"})
    assert (merged.save, merged.fresh, merged.asked) == ({"need": "Meins"}, {"audience"}, frozenset())


def test_the_same_answer_twice_is_nobodys_question():
    merged = merge({"need": "Beide"}, marks_of(EMPTY, NAMES), EMPTY | {"need": "Beide"})
    assert (merged.save, merged.fresh, merged.asked) == ({}, frozenset(), frozenset())


def test_a_page_without_marks_overwrites_nothing():
    assert merge({"need": "Meins"}, {}, EMPTY | {"need": "Deins"}).asked == {"need"}


@pytest.mark.parametrize(("one", "other"), [
    (None, ""), (" Text ", "Text"), ([3, 1], [1, 3]), (date(2026, 6, 1), "2026-06-01"), (150_00, "15000"),
])
def test_equal_answers_have_equal_marks(one, other):
    assert mark(one) == mark(other)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=20)))
def test_marks_survive_the_page(answers):
    marks = marks_of(answers, NAMES)
    assert rules_autosave.read(rules_autosave.written(marks)) == marks


@given(st.text())
def test_what_is_no_mark_is_read_as_none(text):
    assert all(len(value) == 16 for value in rules_autosave.read(text).values())
