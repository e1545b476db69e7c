"""Everybody can take the record home and check it with a program of one file."""

import ast
import json
import random
import subprocess
import sys
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from incubator.foundation import clock
from incubator.foundation.transaction import transaction
from incubator.journal import operations, record, verifier
from tests.house.sources import ROOT

KEY = "11" * 32


@pytest.fixture
def city(app, make):
    """A public and a private project, ten entries, two checkpoints."""
    app.config["RECORD_KEY"] = KEY
    public, private = make.project("active"), make.project("draft")
    lead = public.leads[0]
    for part in range(2):
        for project in (public, private):
            with transaction():
                record("award.recorded", lead, project, amount_cents=5000_00)
                record("project.edited", lead, project)
        with transaction():
            record("award.released", None, public, amount_cents=part)
            operations.make_checkpoint(KEY, "https://city.example")
        clock.set(clock.now() + timedelta(days=1))
    return lead


@pytest.fixture
def home(city, visit, tmp_path):
    for name in ("record.jsonl", "checkpoints.json", "verify.py"):
        answer = visit().get(f"/de/record/{name}")
        assert answer.status == 200 and "Set-Cookie" not in answer.headers
        assert f'filename="{name}"' in answer.headers["Content-Disposition"]
        (tmp_path / name).write_bytes(answer.data)
    return tmp_path


def _check(home, *more):
    command = [sys.executable, "-I", "verify.py", "record.jsonl", "checkpoints.json", *more]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert (done.returncode == 0) == ("The record holds" in done.stdout)
    return done.stdout.splitlines()


def _lines(home):
    return (home / "record.jsonl").read_text().splitlines()


def _write(home, lines):
    (home / "record.jsonl").write_text("".join(f"{line}\n" for line in lines))


def _altered(line, **values):
    return json.dumps(json.loads(line) | values)


def _points(home, change):
    content = json.loads((home / "checkpoints.json").read_text())
    change(content["checkpoints"])
    (home / "checkpoints.json").write_text(json.dumps(content))


def test_what_was_downloaded_holds(home):
    [sentence] = _check(home)
    assert sentence.startswith("The record holds: 10 entries; the newest checkpoint is of 2026-03-02T11:00:00Z")


def test_only_listed_entries_of_public_projects_are_open(home, city):
    opened = {each["number"]: each["open"] for each in map(json.loads, _lines(home)) if "open" in each}
    assert list(opened) == [1, 5, 6, 10]
    assert {each["entry"][2] for each in opened.values()} == {"award.recorded", "award.released"}
    assert city.seal not in (home / "record.jsonl").read_text()


@pytest.mark.parametrize("place", [0, 4, 9])
@pytest.mark.parametrize("values", [{"content": "0" * 64}, {"hash": "0" * 64}, {"previous": "f" * 64}, {"number": 99}],
                         ids=lambda values: next(iter(values)))
def test_a_changed_line_is_named(home, place, values):
    lines = _lines(home)
    lines[place] = _altered(lines[place], **values)
    _write(home, lines)
    assert _check(home)[0] == f"Entry {place + 1} was changed."


def test_an_opened_entry_that_was_altered_is_named(home):
    lines = _lines(home)
    _write(home, [line.replace("500000", "900000") for line in lines])
    assert _check(home)[:2] == ["Entry 1 was changed.", "Entry 6 was changed."]


def test_an_opened_entry_of_another_number_does_not_fit(home):
    lines = _lines(home)
    lines[5] = _altered(lines[5], open=json.loads(lines[0])["open"])
    _write(home, lines)
    assert _check(home)[0] == "Entry 6 was changed."


@pytest.mark.parametrize(("gone", "said"), [
    ({0}, "Entry 1 was removed."), ({4}, "Entry 5 was removed."), ({3, 4, 5}, "Entries 4 to 6 were removed."),
    ({8, 9}, "Entries 9 to 10 were removed."), (set(range(10)), "Entries 1 to 10 were removed."),
])
def test_removed_lines_are_named(home, gone, said):
    _write(home, [line for place, line in enumerate(_lines(home)) if place not in gone])
    assert _check(home)[0] == said


@pytest.mark.parametrize("place", [1, 5, 9])
def test_an_inserted_line_is_named(home, place):
    lines = _lines(home)
    before = json.loads(lines[place - 1])["hash"]
    own = verifier.hash_of(before, place + 1, "a" * 64)
    lines.insert(place, json.dumps({"number": place + 1, "previous": before, "content": "a" * 64, "hash": own}))
    _write(home, lines)
    assert _check(home)[0] == f"The entry in place {place + 1} was inserted later."


def test_a_line_that_is_there_twice_is_named(home):
    lines = _lines(home)
    _write(home, [*lines[:7], lines[3], *lines[7:]])
    assert _check(home)[0] == "The entry in place 8 was inserted later."


@pytest.mark.parametrize(("name", "value"), [
    ("number", float("inf")), ("number", True), ("number", "1"), ("site", 1), ("hash", None), ("made_at", 5),
    ("made_at", "\ud800"), ("made_at", "\x1b[2J\nAll is well"), ("public_key", None),
    ("signature", {"a": 1})])
def test_a_hostile_checkpoint_gets_a_sentence(home, name, value):
    points = json.loads((home / "checkpoints.json").read_text())
    points["checkpoints"][0][name] = value
    (home / "checkpoints.json").write_text(json.dumps(points))
    said = _check(home)
    assert said[-1].startswith("The record does NOT hold") and not any(line.startswith("\x1b") for line in said)


@pytest.mark.parametrize(("one", "two"), [(0, 1), (4, 5), (8, 9), (1, 7), (0, 9)])
@pytest.mark.parametrize("keep_numbers", [False, True])
def test_swapped_lines_are_named(home, one, two, keep_numbers):
    lines = _lines(home)
    lines[one], lines[two] = lines[two], lines[one]
    if keep_numbers:
        lines[one], lines[two] = _altered(lines[one], number=one + 1), _altered(lines[two], number=two + 1)
    _write(home, lines)
    assert _check(home)[0] == f"Entries {one + 1} and {two + 1} were swapped."


@pytest.mark.parametrize("values", [{"signature": "00" * 64}, {"hash": "0" * 64}, {"number": 4}, {"site": "x"},
                                    {"made_at": "2026-03-09T11:00:00Z"}], ids=lambda values: next(iter(values)))
def test_a_forged_checkpoint_is_named(home, values):
    _points(home, lambda points: points[0].update(values))
    assert "is forged: its signature does not fit." in _check(home)[0]


def test_a_record_written_anew_and_signed_by_another_does_not_fit_the_trusted_key(home):
    lines, previous = _lines(home), verifier.START
    key = Ed25519PrivateKey.generate()
    for place in range(10):
        own = verifier.hash_of(previous, place + 1, "b" * 64)
        lines[place] = json.dumps({"number": place + 1, "previous": previous, "content": "b" * 64, "hash": own})
        previous = own
    _write(home, lines)
    old = json.loads((home / "checkpoints.json").read_text())["checkpoints"][0]
    (home / "kept.json").write_bytes((home / "checkpoints.json").read_bytes())
    assert _check(home)[0].startswith("Entries 1 to 5 were written anew")

    point = verifier.Checkpoint(**(old | {"number": 10, "hash": previous})) \
        ._replace(public_key=key.public_key().public_bytes_raw().hex())
    forged = point._replace(signature=key.sign(point.text).hex())._asdict()
    _points(home, lambda points: points.__setitem__(slice(None), [forged]))
    assert _check(home)[0].startswith("The record holds"), "only an older copy or the known key can tell"
    assert _check(home, "--key", old["public_key"])[0].endswith("is forged: its signature does not fit.")
    assert any("written anew" in sentence for sentence in _check(home, "kept.json"))


@pytest.mark.parametrize("nonsense", ["", "{}", "[1]", "null", '{"number": "1"}', "\u0000", '{"number": 1, "hash": 2,'])
def test_a_line_that_is_no_entry_is_named(home, nonsense):
    _write(home, [*_lines(home)[:3], nonsense])
    assert _check(home)[0] == "Line 4 of the record cannot be read; it was damaged or changed."


def test_without_checkpoints_the_answer_says_what_it_cannot_know(home):
    _points(home, lambda points: points.clear())
    assert _check(home)[0].startswith("There is no checkpoint")


def test_the_program_needs_nothing_else_and_only_an_old_python():
    source = (ROOT / "incubator" / "journal" / "verifier.py").read_text()
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_signatures_are_judged_as_another_program_judges_them():
    dice = random.Random(8032)
    for size in range(12):
        key, text = Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)), dice.randbytes(size * 7)
        public, signature = key.public_key().public_bytes_raw(), key.sign(text)
        assert verifier.is_signed(public, text, signature)
        for spoilt in (_spoil(dice, signature), signature[:32] + (verifier.L + 1).to_bytes(32, "little")):
            assert not verifier.is_signed(public, text, spoilt)
        assert not verifier.is_signed(_spoil(dice, public), text, signature)
        assert not verifier.is_signed(public, text + b"!", signature)
    scalar = int.from_bytes(signature[32:], "little") + verifier.L
    assert not verifier.is_signed(public, text, signature[:32] + scalar.to_bytes(32, "little")), "not twice the same"


def _spoil(dice, content):
    place = dice.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << dice.randrange(8))]) + content[place + 1:]


def test_the_example_of_the_standard():
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    assert verifier.is_signed(key, b"\x72", signature)


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_the_page_explains_and_shows_the_newest_checkpoint(city, visit, language):
    answer = visit().get(f"/{language}/record")
    assert answer.status == 200 and "d04ab232742bb4ab" in answer.text
    assert {each["href"].rpartition("/")[2] for each in answer.soup.select("main a[download]")} == {
        "record.jsonl", "checkpoints.json", "verify.py"}


def test_a_page_without_key_says_so(app, visit):
    assert "no key for checkpoints yet" in visit().get("/en/record").text


def test_every_page_leads_to_it(app, visit):
    assert visit().get("/en/").soup.select_one("footer a[href='/en/record']")


def test_a_long_record_is_written_in_parts(city, visit, queries, monkeypatch):
    monkeypatch.setattr("incubator.progress.queries_record.AT_ONCE", 4)
    with queries(at_most=4):
        assert len(visit().get("/en/record/record.jsonl").data.splitlines()) == 10
