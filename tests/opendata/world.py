"""A small city with something in every table, and its editions."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from incubator.foundation.transaction import transaction
from incubator.opendata import jobs, queries, store
from tests.builders import Builders
from tests.progress.purse import Purse


def build(make: Builders) -> SimpleNamespace:
    """Everything occurs once or twice, with words that tempt a spreadsheet and a parser."""
    kitchen = make.project(status="active", title='=Küche; "für alle"\nmit Garten', summary="@alle: kommt!\tWirklich.")
    purse = Purse(make, kitchen, 5_000_00)
    purse.pay(2_500_00)
    purse.receipt(300_00)
    other = make.project(status="completed", title="مطبخ الحي", language="ar")
    make.award(other, grant=1_234_56)
    first = make.milestone(kitchen, status="accepted", title="-Eröffnung")
    make.milestone(kitchen, needs_id=first.id)
    make.update(kitchen, milestone=first, text="Viele kamen. </script><b>")
    partner = make.organisation(name="+Saal & Söhne e.V.", will_carry=False)
    make.partnership(kitchen, partner)
    make.pledge(kitchen, partner, state="confirmed", value_cents=12_34)
    need = make.evidence(theme_id=kitchen.theme_id)
    workshop = make.workshop(round=kitchen.round, state="held", participants=12)
    idea = make.idea(is_public=True, may_be_public=True, workshop_id=workshop.id, evidence=[need],
                     theme_id=kitchen.theme_id)
    with transaction():
        kitchen.idea, kitchen.evidence = idea, [need]
    return SimpleNamespace(
        project=kitchen, other=other, round=kitchen.round, idea=idea, workshop=workshop, need=need, partner=partner,
        purse=purse)


def make_all() -> int:
    """Make editions of every subject, and return how many had anything new."""
    return sum(jobs.make(each) for each in queries.subjects())


def unpack(folder: Path, subject: str = "all", number: int | None = None) -> Path:
    """Lay the files of an edition into a folder, under their own names."""
    edition: Any = queries.newest(subject)
    for file in edition.files:
        if number is None or edition.number == number:
            (folder / file.name).write_bytes(store.place(file.place).read_bytes())
    return folder
