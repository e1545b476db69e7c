"""Whatever is done to a chain, the walk finds something; of one attack it says exactly what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incubator.journal.verifier import START, Line, Walk, content_of, hash_of

COUNT = 12


def _chain(count):
    rows, previous = [], START
    for number in range(1, count + 1):
        content = content_of("salt", [number, f"fact {number}"])
        rows.append((number, f"fact {number}", previous, content, hash_of(previous, number, content)))
        previous = rows[-1][4]
    return rows


def _lines(rows):
    for place, (number, fact, previous, content, own) in enumerate(rows, 1):
        yield Line(place, number, previous, content, own,
                   lambda sealed, fact=fact, content=content: content_of("salt", [sealed, fact]) == content)


def _found(rows, last=COUNT):
    return [(each.kind, each.first, each.last) for each in Walk(last).through(_lines(rows))]


places = st.integers(0, COUNT - 1)


def _changed(rows, place):
    number, _fact, previous, content, own = rows[place]
    rows[place] = (number, "another fact", previous, content, own)


def _written_anew(rows, place):
    number, _fact, previous, _content, _own = rows[place]
    content = content_of("salt", [number, "another fact"])
    rows[place] = (number, "another fact", previous, content, hash_of(previous, number, content))


def _removed(rows, place):
    del rows[place]


def _inserted(rows, place):
    previous = rows[place - 1][4] if place else START
    content = content_of("salt", [place + 1, "put in"])
    rows.insert(place, (place + 1, "put in", previous, content, hash_of(previous, place + 1, content)))


def _doubled(rows, place):
    rows.insert(place // 2, rows[place])


def _swapped(rows, place):
    other = (place * 7 + 3) % len(rows)
    rows[place], rows[other] = rows[other], rows[place]


ATTACKS = (_changed, _written_anew, _removed, _inserted, _doubled, _swapped)


def test_an_untouched_chain_holds():
    assert _found(_chain(COUNT)) == []
    assert _found([]) == []


@given(place=places)
def test_a_changed_entry_is_named(place):
    rows = _chain(COUNT)
    _changed(rows, place)
    assert _found(rows) == [("changed", place + 1, place + 1)]


@given(one=places, two=places)
def test_two_swapped_entries_are_named(one, two):
    rows = _chain(COUNT)
    rows[one], rows[two] = rows[two], rows[one]
    one, two = sorted((one + 1, two + 1))
    assert _found(rows) == ([("swapped", one, two)] if one != two else [])


@given(first=places, many=st.integers(1, COUNT - 1))
def test_removed_entries_are_named_except_at_the_end(first, many):
    rows = _chain(COUNT)
    del rows[first:first + many]
    wanted = [("removed", first + 1, first + many)] if first + many < COUNT else []
    assert _found(rows) == wanted, "only a checkpoint knows about the end"


@given(place=places)
def test_an_inserted_entry_is_named(place):
    rows = _chain(COUNT)
    _inserted(rows, place)
    found = _found(rows)
    if place == COUNT - 1:  # the last two claim to follow the same entry
        assert [kind for kind, _first, _last in found] == ["inserted"]
    else:
        assert found == [("inserted", place + 1, place + 1)]


@settings(max_examples=300)
@given(attacks=st.lists(st.tuples(st.sampled_from(ATTACKS), places), min_size=1, max_size=5), closed_up=st.booleans())
def test_no_mixture_of_attacks_goes_unnoticed(attacks, closed_up):
    """Except where they end in a chain that is whole again, or shorter or longer at its end."""
    rows = _chain(COUNT)
    for attack, place in attacks:
        if len(rows) > 2:
            attack(rows, min(place, len(rows) - 1))
    if closed_up:
        rows = [(number, *row[1:]) for number, row in enumerate(rows, 1)]
    assert _found(rows) or _is_whole(rows)


def _is_whole(rows):
    previous = START
    for number, (claimed, fact, before, content, own) in enumerate(rows, 1):
        if (claimed, before, own) != (number, previous, hash_of(previous, number, content)):
            return False
        if content_of("salt", [number, fact]) != content:
            return False
        previous = own
    return True


@pytest.mark.parametrize("many", [30])
def test_very_many_broken_entries_are_found_without_a_long_search(many):
    rows = [(*row[:4], "0" * 64) for row in _chain(many)]
    assert {kind for kind, _first, _last in _found(rows, many)} <= {"changed", "inserted"}
