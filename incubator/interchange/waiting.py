"""Archives that wait for a yes, and what is kept of those that were taken in: the journal they came with, no rows."""

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from incubator.interchange import round_plan as plan
from incubator.interchange.models import Arrival
from incubator.interchange.round_open import journal_faults
from incubator.interchange.site_seal import is_signed, sum_of

A_DAY = 24 * 3600
JOURNAL = ("record.jsonl", "checkpoints.json", "verify.py")


def _folder(instance: Path) -> Path:
    folder = Path(instance) / "arrivals"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def place(instance: Path, hash_: str) -> Path:
    return _folder(instance) / f"{hash_}.zip"


def keep(instance: Path, stream: Any) -> Path:
    """Put what was sent aside; it has its own hash as its name."""
    with tempfile.NamedTemporaryFile(dir=_folder(instance), suffix=".part", delete=False) as part:
        shutil.copyfileobj(stream, part)
    fresh = Path(part.name)
    target = place(instance, sum_of(fresh))
    fresh.replace(target)
    return target


def keep_journal(instance: Path, file: Path) -> None:
    """Keep the journal of an archive that was taken in, which names nobody; whoever is forgotten here stays so."""
    target = _folder(instance) / sum_of(file)
    target.mkdir(mode=0o700, exist_ok=True)
    with zipfile.ZipFile(file) as archive:
        (target / plan.MANIFEST).write_bytes(archive.read(plan.MANIFEST))
        for name in JOURNAL:
            with archive.open(f"journal/{name}") as member, (target / name).open("wb") as kept:
                shutil.copyfileobj(member, kept)


def journal_of(instance: Path, arrival: Arrival) -> Path | None:
    """Return the folder of the journal that a round came with; None where it is not kept here."""
    folder = _folder(instance) / arrival.archive_hash
    return folder if folder.is_dir() else None


def bundle(folder: Path, target: Path) -> None:
    """Put that journal into one file, with what was signed and the program that checks it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (plan.MANIFEST, *JOURNAL):
            archive.write(folder / name, name)


def forget_old(instance: Path) -> None:
    """Delete archives that waited for more than a day; ages are measured against a file of now."""
    folder = _folder(instance)
    with tempfile.NamedTemporaryFile(dir=folder) as mark:
        now = Path(mark.name).stat().st_mtime
    for file in folder.iterdir():
        if file.is_file() and now - file.stat().st_mtime > A_DAY:
            file.unlink(missing_ok=True)


def faults(instance: Path, arrivals: Iterable[Arrival]) -> Iterator[str]:
    """Check the journals that came along, as everybody can, and that they are the ones that were signed."""
    for arrival in arrivals:
        folder = _folder(instance) / arrival.archive_hash
        if not folder.is_dir():
            yield f"The journal of the round from {arrival.site} is not here: check the archive itself."
            continue
        manifest = json.loads((folder / plan.MANIFEST).read_text("utf-8"))
        if not is_signed(manifest) or manifest["public_key"] != arrival.public_key:
            yield f"The manifest of the round from {arrival.site} was changed."
        for name in JOURNAL:
            said = manifest["members"].get(f"journal/{name}", {})
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != said.get("sha256"):
                yield f"{name} of the round from {arrival.site} was changed."
        yield from journal_faults(folder / JOURNAL[0], folder / JOURNAL[1], manifest.get("journal"))
