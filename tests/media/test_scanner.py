"""Where a city has a virus scanner, whatever people send is shown to it before anything else opens it."""

import io
import logging
import re
import socket
import tempfile
from pathlib import Path

import pytest

import config
from incubator.foundation.errors import RuleBroken
from incubator.media import images, papers, pdfs, pixels, scanner
from tests.dialogue.test_ideas_from_everybody import NEW, ideas, photo, round
from tests.house.sources import ROOT
from tests.house.test_start import SAFE
from tests.media import samples, sheets
from tests.media.clamd import EICAR, clamd

__all__ = ["round"]
IMPORT = "/en/desk/evidence/import"


@pytest.fixture
def served(app):
    with clamd() as (found, where):
        app.config["CLAMAV"] = where
        yield found


@pytest.fixture
def away(app):
    with socket.socket() as taken:  # a place at which nobody listens
        taken.bind(("127.0.0.1", 0))
        app.config["CLAMAV"] = f"127.0.0.1:{taken.getsockname()[1]}"
        yield


def test_without_one_nothing_is_asked(app, monkeypatch):
    monkeypatch.setattr(scanner, "_asked", None)
    scanner.demand_clean(EICAR)


@pytest.mark.parametrize("size", [1, scanner.PIECE, scanner.PIECE + 1, 3 * scanner.PIECE])
def test_a_clean_file_is_shown_whole_and_passes(served, size):
    data = bytes(number % 251 for number in range(size))
    scanner.demand_clean(data)
    assert served.seen == [data]


def test_it_may_stand_at_a_path(app):
    with tempfile.TemporaryDirectory() as folder, clamd(Path(folder) / "s") as (found, where):
        app.config["CLAMAV"] = where
        scanner.demand_clean(b"a")
        assert found.seen == [b"a"]
    with pytest.raises(RuleBroken, match="little later"):
        scanner.demand_clean(b"a")


def test_what_it_knows_is_refused_without_alarm_and_stands_in_the_log(served, caplog):
    with pytest.raises(RuleBroken) as refusal:
        scanner.demand_clean(b"before " + EICAR)
    said = str(refusal.value.sentence)
    assert "cannot take this file" in said and not re.search("virus|Eicar|danger", said)
    assert "Eicar-Test-Signature FOUND" in caplog.text


def test_while_it_is_away_nothing_comes_in(away, caplog):
    with pytest.raises(RuleBroken, match="try again a little later"):
        scanner.demand_clean(b"a")
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


@pytest.mark.parametrize("said", [
    b"", b"stream: OK FOUND ERROR\0", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK\0stream: x FOUND\0",
])
def test_an_answer_that_is_not_plainly_good_lets_nothing_in(served, said):
    served.says = said
    with pytest.raises(RuleBroken):
        scanner.demand_clean(b"a")


def test_one_that_never_answers_is_not_waited_for(app, monkeypatch):
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app.config["CLAMAV"] = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RuleBroken, match="little later"):
            scanner.demand_clean(b"a")


@pytest.mark.parametrize(("read", "data"), [
    (images.read, samples.jpeg()), (pdfs.clean, sheets.pdf(1)),
    (lambda data: papers.read(data, "x.jpg"), samples.jpeg()), (lambda data: papers.read(data, "x.pdf"), sheets.pdf(1)),
    (lambda data: papers.read(data, "x.exe"), b"MZ no picture and no paper"),
])
def test_pictures_and_papers_are_shown_to_it_before_they_are_opened(served, monkeypatch, read, data):
    served.says = b"stream: Something FOUND\0"
    monkeypatch.setattr(pixels, "_opened", None)
    monkeypatch.setattr(pdfs.subprocess, "run", None)
    with pytest.raises(RuleBroken, match="cannot take this file"):
        read(data)
    assert served.seen == [data]


def test_a_photo_of_somebody_without_an_account_is_refused_and_nothing_typed_is_lost(served, visit, round):
    served.says = b"stream: Something FOUND\0"
    visitor = visit()
    refused = visitor.fill(NEW, title="Mehr Bänke", photo=photo(), alt="Eine Bank")
    assert refused.status == 422 and 'value="Mehr Bänke"' in refused.text
    assert ideas() == [] and len(served.seen) == 1
    served.says = None
    visitor.fill(NEW, title="Mehr Bänke", photo=photo(), alt="Eine Bank")
    assert len(ideas()) == 1


def test_a_list_of_findings_is_shown_to_it(served, make, visit):
    office = visit(make.person("coordinator"))
    answer = office.post(IMPORT, {"file": (io.BytesIO(b"theme;title\n" + EICAR), "l.csv", "text/csv")})
    assert answer.status == 422 and "cannot take this file" in answer.text
    assert len(served.seen) == 1


def test_no_other_place_takes_files(app):
    takes = {str(path.relative_to(ROOT)) for path in (ROOT / "incubator").rglob("*.py")
             if re.search(r"\bFileField\(|PapersField\)|request\.files\b", path.read_text())}
    assert takes == {
        "incubator/milestones/forms.py",      # photos: images.read
        "incubator/dialogue/forms_evidence.py",
        "incubator/interchange/forms.py",     # rounds from elsewhere: round_open.py shows it each file inside
        "incubator/dialogue/forms_idea.py",   # as those of PapersField: media/waiting.py gives them to papers.read
        "incubator/media/waiting.py",
        "incubator/accounts/routes_prove.py",  # looks only whether one was sent
    }


@pytest.mark.parametrize(("where", "starts"), [
    ("", True), ("127.0.0.1:3310", True), ("[::1]:3310", True), ("/run/clamav/clamd.ctl", True),
    ("localhost", False), ("run/clamd.ctl", False), ("localhost:", False)])
def test_an_address_that_means_nothing_starts_nothing(where, starts):
    if starts:
        config.demand_safe(SAFE | {"CLAMAV": where})
    else:
        with pytest.raises(config.Unsafe, match="CLAMAV"):
            config.demand_safe(SAFE | {"CLAMAV": where})


def test_the_setting_is_read(monkeypatch):
    monkeypatch.setenv("CLAMAV", "127.0.0.1:3310")
    assert config.settings()["CLAMAV"] == "127.0.0.1:3310"
    monkeypatch.delenv("CLAMAV")
    assert config.settings()["CLAMAV"] == ""
