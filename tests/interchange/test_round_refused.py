"""Whatever does not fit in an archive is refused with a sentence, and nothing of it stays."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from incubator.foundation.errors import RuleBroken
from incubator.interchange import round_open
from incubator.interchange.site_seal import signed
from tests.interchange.moving import everything, take
from tests.media.clamd import clamd


def changed(file: Path, change: Callable[[dict[str, bytes]], None], *, sign: bool = True) -> Path:
    """Write an archive anew with something else in it; `sign` by whoever did it, with sums that fit."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    change(members)
    if sign:
        _sign(members)
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def _sign(members: dict[str, bytes]) -> None:
    import hashlib

    manifest = json.loads(members["manifest.json"])
    del manifest["signature"], manifest["public_key"]
    manifest["members"] = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                           for name, data in members.items() if name != "manifest.json"}
    members["manifest.json"] = json.dumps(signed(manifest, "6" * 64)).encode()


def row(table: str, **values):
    """Change the last row of a table."""
    def change(members):
        lines = members[f"rows/{table}.jsonl"].splitlines()
        members[f"rows/{table}.jsonl"] = b"\n".join(
            [*lines[:-1], json.dumps(json.loads(lines[-1]) | values).encode()]) + b"\n"
    return change


def manifest(**values):
    def change(members):
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()
    return change


def member(name: str, data: bytes):
    return lambda members: members.update({name: data})


def _cut_journal(members):
    members["journal/record.jsonl"] = b"".join(members["journal/record.jsonl"].splitlines(keepends=True)[:-1])


def _no_picture(members):
    name = next(each for each in members if each.startswith("files/photo-"))
    members[name] = b"<svg onload='alert(1)'/>"


NOT_SIGNED = [row("project", title="Anders"), manifest(name="Anders"), member("rows/theme.jsonl", b""),
              member("rows/more.jsonl", b""), lambda members: members.pop("rows/pledge.jsonl"),
              manifest(public_key="0" * 64), manifest(signature="")]
SIGNED = [
    member("files/../../../evil.jpg", b"x"), member("/etc/passwd", b"x"), member("rows/sign_in.jsonl", b"{}\n"),
    member("rows/theme.jsonl", b"[1]\n"), member("rows/theme.jsonl", b"[" * 5000), manifest(format=2),
    manifest(kind="cake"), manifest(format="1"), manifest(journal=None), _cut_journal, _no_picture,
    member("files/photo-" + "0" * 32 + ".jpg", b"\xff\xd8\xff"), row("project", status="marvellous"),
    row("project", title=7), row("project", id="1"), row("project", more=1), row("project", slug="../x"),
    row("project", resolution_url="javascript:alert(1)"), row("project", title="a\x00b"),
    row("project", carrier_id=4711, round_id=4711), row("project", asked_cents=2**40),
    row("project", created_at="2026-01-01T00:00:00"), row("ledger_entry", amount_cents=1), row("account", paid_cents=1),
    row("round", awarded_cents=2**30), row("photo", key="../../../../etc/passwd"), row("person", public_id=None),
    row("account", committed_cents=-1),
]


def test_whatever_is_wrong_is_refused_and_nothing_stays(app, archive, tmp_path):
    before, files = everything(), sorted(tmp_path.rglob("*.jpg"))
    wrong = [(each, False) for each in NOT_SIGNED] + [(each, True) for each in SIGNED]
    let_in = []
    for number, (change, is_signed) in enumerate(wrong):
        try:
            take(changed(archive, change, sign=is_signed))
            let_in.append(number)
        except RuleBroken as broken:
            assert str(broken.sentence).strip()
        assert everything() == before, number
    assert let_in == []
    assert sorted(tmp_path.rglob("*.jpg")) == files


def test_what_unpacks_to_more_than_it_says_is_refused(archive, monkeypatch):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("rows/theme.jsonl", b"\x00" * 50_000_000)
    archive.write_bytes(bomb.getvalue())
    with pytest.raises(RuleBroken):
        take(archive)
    monkeypatch.setattr(round_open, "MOST_BYTES", 40_000_000)
    with pytest.raises(RuleBroken, match="larger"):
        take(archive)


def test_no_archive_at_all_is_refused(tmp_path, app):
    for data in (b"", b"PK", b"x" * 1000):
        (tmp_path / "file").write_bytes(data)
        with pytest.raises(RuleBroken):
            take(tmp_path / "file")


def test_each_file_inside_is_shown_to_the_virus_scanner(app, archive):
    before = everything()
    with clamd() as (scanner, where):
        app.config["CLAMAV"], scanner.says = where, b"stream: Something FOUND\0"
        with pytest.raises(RuleBroken, match="cannot take this file"):
            take(archive)
        assert len(scanner.seen) == 1
    assert everything() == before
