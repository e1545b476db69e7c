"""A crowd beside the demo city's story: as many fictional projects as somebody asks for, from rounds long ago.

The same number and seed give the same crowd. It is written past the operations, which would take days: rows by the
thousand, each batch in one transaction. Nothing of it is told to anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import sqlalchemy as sa

from incubator.accounts.models import Person, PublicName, Role, RoleGrant
from incubator.demo import bulk, crowd_words
from incubator.demo.crowd_journal import Chain
from incubator.demo.crowd_rows import TABLES as OWN
from incubator.demo.crowd_rows import Around, Made, Rows, at
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.journal.models import Entry
from incubator.journal.rules import seal
from incubator.organisations.models import LegalForm, Organisation
from incubator.programme.models import District, Round, RoundState, Theme
from incubator.progress import operations_search
from incubator.projects.lifecycle import Status

AT_ONCE = 500
ENTRIES_EACH = 100
SEED = 1
FIRST_YEAR, ROUNDS, LARGEST_ROUND = 2005, 20, 2_500
OF_A_MENTOR, OF_A_CARRIER, OF_A_LEAD = 5, 10, 2
TABLES = (Entry, Round, *OWN)
ROLES = {"lead": Role.LEAD, "mentor": Role.MENTOR, "office": Role.COORDINATOR}
S = Status
ARCHIVED = ((S.COMPLETED, 94), (S.REJECTED, 4), (S.REVOKED, 2))
CLOSED = ((S.COMPLETED, 82), (S.ACTIVE, 10), (S.SUSPENDED, 3), (S.REJECTED, 5))
LATEST = ((S.ACTIVE, 60), (S.AWARDED, 15), (S.SUSPENDED, 5), (S.SUBMITTED, 10), (S.MENTORING, 10))


@dataclass(frozen=True)
class Years:
    """The crowd's rounds, oldest first, and what their projects refer to."""

    rounds: tuple[tuple[int, date, RoundState], ...]
    themes: tuple[int, ...]
    districts: tuple[int, ...]


def move_in(projects: int, entries: int | None = None, seed: int = SEED) -> Iterator[int]:
    """Let so many projects move in; give, after each batch, how many there are by now. Themes and districts are there.

    `entries` are those of the journal, spread evenly; a few things always happen to a project first.
    """
    dice = Random(seed)  # noqa: S311 - nobody must be kept from guessing what is made up
    each = ENTRIES_EACH if entries is None else max(1, entries // max(1, projects))
    with transaction():
        years = _years(projects, dice)
    for start in range(0, projects, AT_ONCE):
        with transaction():
            numbers = range(start, min(start + AT_ONCE, projects))
            rows, chain = Rows(dice), Chain(dice)
            made = list(_batch(rows, years, numbers, projects))
            rows.write()
            for one in made:
                chain.tell(one, each)
            chain.write()
            bulk.settle(model.__table__ for model in TABLES)
            if operations_search.is_begun():
                operations_search.index_projects([one.project_id for one in made])
            db.session.expunge_all()
        yield numbers[-1] + 1


def _years(projects: int, dice: Random) -> Years:
    number = max(ROUNDS, -(-projects // LARGEST_ROUND))
    sheet, rounds = bulk.Sheet(Round), []
    for place in range(number):
        year = FIRST_YEAR + place
        begun = date(year, 5, 4)
        state = RoundState.ARCHIVED if place < number // 2 else RoundState.CLOSED
        fund = 5_000_00 * -(-projects // number)
        rounds.append((sheet.new(
            name=f"Förderrunde {year} (Demo, erfunden)", slug=f"crowd-{year}", state=state, is_fictional=True,
            fund_cents=fund, awarded_cents=0, ideas_from=date(year, 1, 12), ideas_until=date(year, 2, 28),
            proposals_until=date(year, 3, 20), council_on=date(year, 4, 28), period_from=begun,
            period_until=begun + timedelta(300), reports_due_on=date(year + 1, 4, 30),
            summary=f"Viele Projekte auf einmal. {crowd_words.FICTIONAL}",
        ), begun, state))
    sheet.write()
    return Years(tuple(rounds), *(tuple(db.session.scalars(sa.select(kind.id))) for kind in (Theme, District)))


def _batch(rows: Rows, years: Years, numbers: range, projects: int) -> Iterator[Made]:
    """Make projects, and with the first of each few their lead, mentor and carrier."""
    today, dice = clock.today(), rows.dice
    people: dict[str, int] = {}
    for number in numbers:
        for kind, every in (("lead", OF_A_LEAD), ("mentor", OF_A_MENTOR), ("office", AT_ONCE)):
            if kind not in people or number % every == 0:
                people[kind] = _person(rows, kind, number)
        if "carrier" not in people or number % OF_A_CARRIER == 0:
            people["carrier"] = rows.new(
                Organisation, slug=f"crowd-{number}", name=f"Verein {number} e.V. (fiktiv)", is_fictional=True,
                legal_form=LegalForm.ASSOCIATION, will_carry=True)
        place = number * len(years.rounds) // projects
        round_id, begun, state = years.rounds[place]
        yield rows.project(number, _status(dice, state, place >= len(years.rounds) - 2), Around(
            round_id, begun, years.themes, years.districts, **people), today)


def _status(dice: Random, state: RoundState, is_latest: bool) -> Status:
    found = LATEST if is_latest else ARCHIVED if state is RoundState.ARCHIVED else CLOSED
    return dice.choices([status for status, _weight in found], [weight for _status, weight in found])[0]


def _person(rows: Rows, kind: str, number: int) -> int:
    given, family = crowd_words.person(rows.dice)
    public_id, salt = f"crowd-{kind}-{number}", rows.dice.randbytes(16).hex()
    person = rows.new(
        Person, public_id=public_id, seal_salt=salt, seal=seal(salt, public_id), given_name=given, family_name=family,
        mail=f"{kind}{number}@crowd.example.org", public_name_choice=PublicName.FULL, joined_at=at(date(2005, 1, 1)),
    )
    rows.new(RoleGrant, person_id=person, role=ROLES[kind], granted_at=at(date(2005, 1, 1)))
    return person
