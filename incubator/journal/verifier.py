"""Check the record of an incubator without trusting the incubator: python verify.py record.jsonl checkpoints.json

Needs Python 3.9 or newer and nothing else. Every line of record.jsonl is one entry: what it says is sealed in its
`content`, and its `hash` is made of the hash before it, its number and that content. So whoever changes one entry
changes all hashes after it. A checkpoint is a hash signed on a certain day: keep a copy, and check it again later.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

START = "0" * 64
SEARCHES = 20  # how often a misplaced entry's own number is looked for among all numbers
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # RFC 8032, 5.1: the field and the order of B
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_of(salt: str, facts: list[Any]) -> str:
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha(f"{salt}\n{canonical}")


def hash_of(previous: str, number: int, content: str) -> str:
    return sha(f"{previous}\n{number}\n{content}")


class Line(NamedTuple):
    """An entry; `claimed` is the number it bears, `fits` says whether its facts are those of an entry so numbered."""

    place: int
    claimed: int
    previous: str
    content: str
    hash: str
    fits: Callable[[int], bool]

    def bears(self, number: int) -> bool:
        return hash_of(self.previous, number, self.content) == self.hash


class Checkpoint(NamedTuple):
    site: str
    number: int
    hash: str
    made_at: str
    public_key: str
    signature: str

    @property
    def text(self) -> bytes:
        words = ("incubator-checkpoint/1", self.site, str(self.number), self.hash, self.made_at)
        return "\n".join(words).encode("utf-8", "surrogatepass")


class Finding(NamedTuple):
    """Something that does not fit: changed, removed, inserted, swapped, rewritten, forged."""

    kind: str
    first: int
    last: int
    moment: str = ""

    def sentence(self) -> str:
        one = self.first == self.last
        many = f"Entry {self.first} was" if one else f"Entries {self.first} to {self.last} were"
        return {
            "changed": f"{many} changed.",
            "removed": f"{many} removed.",
            "inserted": f"The entry in place {self.first} was inserted later.",
            "swapped": f"Entries {self.first} and {self.last} were swapped.",
            "rewritten": f"{many} written anew, in whole or in part: the checkpoint of {self.moment} does not fit.",
            "forged": f"The checkpoint of {self.moment} at entry {self.first} is forged: its signature does not fit.",
        }[self.kind]


class Walk:
    """One walk through the entries; it keeps only what does not fit and the hashes that checkpoints ask for."""

    def __init__(self, last: int, wanted: Iterable[int] = ()) -> None:
        self.last, self.wanted, self.searches = last, set(wanted), SEARCHES
        self.count, self.expected = 0, 1
        self.before: str | None = START  # the hash before; None where it is not known
        self.accepted: tuple[int, str | None] = (0, None)  # the place of the last one that fitted, the hash before it
        self.hashes: dict[int, str] = {}
        self.changed: set[int] = set()
        self.removed: list[tuple[int, int]] = []
        self.inserted: list[tuple[int, int, int]] = []  # place, own number or 0, the number that was expected
        self.displaced: dict[int, tuple[int, int]] = {}  # the number expected: the number found, its place
        self.misnumbered: list[int] = []

    def through(self, lines: Iterable[Line]) -> list[Finding]:
        """Look at each entry together with the next one, which bears witness for it or against it."""
        waiting = None
        for line in lines:
            if waiting is not None:
                self._take(waiting, line)
            waiting = line
        if waiting is not None:
            self._take(waiting, None)
        return self._findings()

    @property
    def end(self) -> int:
        return self.expected - 1

    def _number_of(self, line: Line) -> int | None:
        for number in (self.expected, line.claimed):
            if line.bears(number):
                return number
        if self.searches:
            self.searches -= 1
            return next((number for number in range(1, 2 * self.last + 1000) if line.bears(number)), None)
        return None

    def _take(self, line: Line, ahead: Line | None) -> None:
        self.count += 1
        number = self._number_of(line)
        vouched = ahead is not None and ahead.previous == line.hash
        if number == self.expected and self.before in (line.previous, None):
            self._accept(line, number)
        elif number == self.expected - 1 and line.previous == self.accepted[1] and (vouched or ahead is None):
            self.inserted.append((self.accepted[0], 0, number))  # this one is the true one, the one before was put in
            self.expected = number
            self._accept(line, number)
        elif ahead is not None and self.before is not None and ahead.previous == self.before:
            self.inserted.append((line.place, number or 0, self.expected))
        elif number is None:
            self._accept_broken(line, ahead, vouched)
        elif number == self.expected:  # whole in itself, but it does not follow what stands before it
            self.changed.add(max(number - 1, 1) if vouched or ahead is None else number)
            self._accept(line, number, known=vouched)
        else:
            self._misplaced(line, number, ahead, vouched)

    def _accept(self, line: Line, number: int, known: bool = True) -> None:
        if not line.fits(number):
            self.changed.add(number)
        if line.claimed != number:
            self.misnumbered.append(number)
        if number in self.wanted:
            self.hashes[number] = line.hash
        self.accepted = (line.place, self.before)
        self.before, self.expected = (line.hash if known else None), number + 1

    def _accept_broken(self, line: Line, ahead: Line | None, vouched: bool) -> None:
        """Take an entry whose hash fits no number; it counts as what it says it is if the next one agrees."""
        number = self.expected
        if self.expected < line.claimed <= self.last and (ahead is None or ahead.bears(line.claimed + 1)):
            number = line.claimed
            self.removed.append((self.expected, number - 1))
        self.changed.add(number)
        self._accept(line, number, known=vouched)

    def _misplaced(self, line: Line, number: int, ahead: Line | None, vouched: bool) -> None:
        if ahead is not None:
            stands_for_another = not (vouched and number > self.expected) and ahead.bears(self.expected + 1)
        else:
            exchanged = {found for found, _place in self.displaced.values()}
            stands_for_another = number < self.expected or self.expected in exchanged
        if stands_for_another:
            self.displaced[self.expected] = (number, line.place)
            self.expected, self.before = self.expected + 1, None
        elif number > self.expected:
            self.removed.append((self.expected, number - 1))
            self._accept(line, number)
        else:
            self.inserted.append((line.place, number, self.expected))

    def _findings(self) -> list[Finding]:
        swapped, inserted = set(), []
        for place, own, expected in self.inserted:
            if own == expected + 1 and ((own, own) in self.removed or own == self.expected):
                swapped.add((expected, own))  # neighbours: one was met too early, then missed in its place
                if own == self.expected:
                    self.expected += 1
                else:
                    self.removed.remove((own, own))
            else:
                inserted.append(place)
        for expected, (number, place) in self.displaced.items():
            if self.displaced.get(number, (0, 0))[0] == expected:
                swapped.add((min(expected, number), max(expected, number)))
            elif expected == self.end:
                inserted.append(place)
            else:
                self.changed.add(expected)
        if not (swapped or inserted or self.removed):
            self.changed.update(self.misnumbered[:1])
        found = [Finding("changed", number, number) for number in self.changed]
        found += [Finding("removed", *each) for each in self.removed]
        found += [Finding("inserted", place, place) for place in inserted]
        return sorted(found + [Finding("swapped", *each) for each in swapped], key=lambda each: each[1:])


def against(checkpoints: Iterable[Checkpoint], walk: Walk, found: list[Finding],
            signed: Callable[[Checkpoint], bool]) -> list[Finding]:
    """Hold the walk against the checkpoints: each must be signed, and say what the entries say."""
    more: list[Finding] = []
    known = {number for each in found for number in (each.first, each.last)}
    good, is_rewritten = 0, False
    for point in sorted(checkpoints, key=lambda each: each.number):
        if not signed(point):
            more.append(Finding("forged", point.number, point.number, point.made_at))
        elif point.number > walk.end:
            more = [each for each in more if each.kind != "removed"]
            more.append(Finding("removed", walk.end + 1, point.number))
        elif walk.hashes.get(point.number) == point.hash:
            good = point.number
        elif not is_rewritten and point.number in walk.hashes and point.number not in known:
            is_rewritten = True
            more.append(Finding("rewritten", good + 1, point.number, point.made_at))
    return more


def _add(one: tuple[int, ...], two: tuple[int, ...]) -> tuple[int, ...]:
    """Add two points in extended coordinates (RFC 8032, 5.1.4)."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: tuple[int, ...]) -> tuple[int, ...]:
    result: tuple[int, ...] = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _add(result, point)
        point, factor = _add(point, point), factor >> 1
    return result


def _point(code: bytes) -> tuple[int, ...]:
    """Decode a point (5.1.3): y in 255 bits, the lowest bit of x in the last; ValueError where there is none."""
    y, sign = int.from_bytes(code, "little") & (2**255 - 1), code[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature is one of this text by this key (RFC 8032, 5.1.7): S·B = R + k·A."""
    if len(key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    try:
        owner, nonce = _point(key), _point(signature[:32])
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    left, right = _times(scalar, BASE), _add(nonce, _times(k, owner))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    return scalar < L and same


class Unreadable(Exception):
    """A sentence that says which file or line is not what it should be."""


def read_line(place: int, text: str) -> Line:
    try:
        given = json.loads(text)
        number, previous, content, own = (given[name] for name in ("number", "previous", "content", "hash"))
        opened = given.get("open")
        salt, facts = (opened["salt"], list(opened["entry"])) if opened else ("", [])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Unreadable(f"Line {place} of the record cannot be read; it was damaged or changed.") from fault
    if type(number) is not int or not all(isinstance(each, str) for each in (previous, content, own, salt)):
        raise Unreadable(f"Line {place} of the record cannot be read; it was damaged or changed.")

    def fits(sealed: int) -> bool:
        return not opened or (facts[:1] == [sealed] and content_of(salt, facts) == content)

    return Line(place, number, previous, content, own, fits)


def read_lines(path: str) -> Iterator[Line]:
    with open(path, encoding="utf-8", errors="replace") as file:
        for place, text in enumerate(file, 1):
            yield read_line(place, text)


def read_checkpoints(paths: Iterable[str]) -> list[Checkpoint]:
    found = set()
    for path in paths:
        try:
            with open(path, encoding="utf-8") as file:
                for each in json.load(file)["checkpoints"]:
                    for name in Checkpoint._fields:
                        if type(each[name]) is not (int if name == "number" else str):
                            raise TypeError(name)
                    found.add(Checkpoint(*(each[name] for name in Checkpoint._fields)))
        except (ValueError, TypeError, KeyError, RecursionError) as fault:
            raise Unreadable(f"{path} is not a list of checkpoints, or it was damaged.") from fault
    return sorted(found, key=lambda each: (each.number, each.made_at))


def is_genuine(point: Checkpoint, key: str = "") -> bool:
    try:
        public, signature = bytes.fromhex(point.public_key), bytes.fromhex(point.signature)
    except (ValueError, TypeError):
        return False
    return key.lower() in ("", point.public_key.lower()) and is_signed(public, point.text, signature)


def check(record: str, checkpoints: Iterable[str], key: str = "") -> tuple[list[str], bool]:
    """Return what is to be said, and whether everything holds."""
    points = read_checkpoints(checkpoints)
    last = sum(1 for _ in read_lines(record))
    walk = Walk(last, (point.number for point in points))
    found = walk.through(read_lines(record))
    found += against(points, walk, found, lambda point: is_genuine(point, key))
    said = [each.sentence() for each in found]
    keys = sorted({point.public_key for point in points})
    if not points:
        said.append("There is no checkpoint: an end cut off, or a record written wholly anew, would not be noticed.")
    if len(keys) > 1:
        said.append(f"Note: the checkpoints are signed with {len(keys)} keys. Ask the city whether it changed its key.")
    if any(each.kind == "removed" and each.last > walk.end for each in found):
        said.append("Note: entries are missing at the end. Was the record downloaded before the checkpoints?")
    if found:
        said.append(f"The record does NOT hold: {walk.count} entries looked at, {len(found)} things do not fit.")
        return said, False
    newest = f"; the newest checkpoint is of {points[-1].made_at} at entry {points[-1].number}" if points else ""
    keyed = f", signed with the key {keys[-1]}" if len(keys) == 1 else ""
    return [*said, f"The record holds: {walk.count} entries{newest}{keyed}."], True


def shown(sentence: str) -> str:
    """Leave out what a file could put into a sentence to deceive a terminal, or to break it."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in sentence)
    return plain.encode(sys.stdout.encoding or "ascii", "replace").decode(sys.stdout.encoding or "ascii")


def main(words: list[str] | None = None) -> int:
    """Say what was found; 0 when the record holds, 1 when not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description="Check a record and its checkpoints.")
    parser.add_argument("record", help="record.jsonl, as downloaded")
    parser.add_argument("checkpoints", nargs="*", help="checkpoints.json; give older copies too, if you kept any")
    parser.add_argument("--key", default="", help="the public key that you trust; other signatures count as forged")
    given = parser.parse_args(words)
    try:
        said, holds = check(given.record, given.checkpoints, given.key)
    except Unreadable as fault:
        said, holds = [str(fault), "The record does NOT hold."], False
    except OSError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write("".join(f"{shown(each)}\n" for each in said))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
