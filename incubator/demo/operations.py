"""Let the demo city live from its first round to its today, or remove everything in it."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.budgets import operations as budgets
from incubator.demo import archive
from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.demo.story import Life
from incubator.demo.story_money import Money
from incubator.demo.story_people import neighbours
from incubator.demo.talk import Talk
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.programme import operations as programme
from incubator.programme.models import Round
from incubator.progress import jobs as search
from incubator.projects import operations as projects

TODAY = date(2026, 9, 15)
DATA = Path(__file__).parent / "data"
RULES = "Förderrichtlinie (Demo): fiktiv, nach den Voreinstellungen des Programms"


def is_empty() -> bool:
    return db.session.scalar(sa.select(sa.func.count(Person.id))) == 0


def load() -> None:
    """Fill an empty database with the demo city; refused with `RuleBroken` where people live already.

    Each day is lived in order with the clock on it; every step goes through the operation that a person would use.
    """
    if not is_empty():
        raise RuleBroken("The database is not empty; the demo city only moves into an empty one.")
    calendar, city = Calendar(), City()
    rounds: dict[int, Round] = {}
    _open(calendar, city, rounds, 2025)
    _open(calendar, city, rounds, 2026)
    calendar.live()  # people and rounds must be there before the lives that refer to them are written
    calendar = Calendar()
    _last_year(calendar, city, lambda: rounds[2025])
    talk = Talk(city, lambda: rounds[2026], calendar)
    talk.happen()
    for number in range(1, 6):
        _awarded(Life(_read(f"p{number}.json"), city, lambda: rounds[2026], calendar, talk.ideas), number)
    for data in _read("others.json"):
        _not_awarded(Life(data, city, lambda: rounds[2026], calendar, talk.ideas), data)
    calendar.live()
    search.rebuild()


def wind_clock(instance: Path, real_today: date) -> None:
    """Write down that the demo city's today is now; every process reads it when it starts."""
    (instance / "demo-clock").write_text(f"{TODAY.isoformat()} {real_today.isoformat()}\n")
    clock.shift(TODAY - real_today)


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text())


def _open(calendar: Calendar, city: City, rounds: dict[int, Round], year: int) -> None:
    if year == 2025:
        calendar.on("2025-01-02", programme.set_up)
        calendar.on("2025-01-02", city.settle)
        calendar.on("2025-01-03", lambda: archive.tell(city.people["petra"]))

    def begin() -> None:
        rounds[year] = programme.add_round(city.people["petra"], **_round(year))
        programme.open_round(rounds[year], city.people["petra"])

    calendar.on(date(year, 1, 8), begin)


def _round(year: int) -> dict[str, Any]:
    dates = {
        "ideas_from": (1, 12), "ideas_until": (2, 28), "proposals_until": (3, 20), "check_until": (3, 27),
        "budgets_until": (4, 10), "panel_on": (4, 15), "committee_on": (4, 21), "council_on": (4, 28),
        "notices_on": (5, 4), "period_from": (5, 4), "period_until": (10, 31),
    }
    return {
        "name": f"Förderrunde {year} (Demo)", "is_fictional": True, "fund_cents": 40_000_00,
        "reserve_cents": 1_800_00, "rule_source": RULES, "reports_due_on": date(year + 1, 4, 30),
        "summary": "Fünf Projekte, ein Topf, sechs Themen: Menschen mit Ideen, die Stadt mit Geld und Rat. "
                   "Alles in dieser Runde ist erfunden.",
        "instalments_pct": [100] if year == 2025 else [50, 40, 10],
        **{name: date(year, *day) for name, day in dates.items()},
    }


def _through_budget(life: Life, year: int) -> None:
    petra = life.city.people["petra"]
    life.propose()
    life.find_mentor(petra, date(year, 3, 23), date(year, 3, 27))
    life.find_partners(date(year, 3, 29))
    life.talk()
    life.plan_money(date(year, 4, 4), date(year, 4, 10), date(year, 4, 13))


def _awarded(life: Life, number: int) -> None:
    petra = life.city.people["petra"]
    _through_budget(life, 2026)
    life.plan_milestones(date(2026, 4, 9))
    life.award(petra, date(2026, 4, 28), f"2026-{number:03}", date(2026, 5, 4))
    life.work()
    Money(life, _read("money.json")[f"P{number}"], petra, life.city.people["bernd"]).flow()
    neighbours(life, petra, number)
    life.pause(petra)


def _not_awarded(life: Life, data: dict[str, Any]) -> None:
    petra, council = life.city.people["petra"], date(2026, 4, 28)
    resolution: dict[str, Any] = {"body": "Rat der Stadt (Demo)", "on": council, "reference": "VO/2026/DEMO"}
    if data["end"] == "withdraw":
        life.propose()
        life.find_mentor(petra, date(2026, 3, 23), date(2026, 3, 27))
        life.calendar.on("2026-04-02", lambda: projects.withdraw(life.here, life.who("lead")))
        return
    _through_budget(life, 2026)
    after = council + timedelta(days=1)
    if data["end"] == "waitlist":
        life.calendar.on(after, lambda: budgets.waitlist(life.here, petra, **resolution))
    else:
        life.calendar.on(after, lambda: budgets.reject(life.here, petra, reason=data["reason"], **resolution))


def _last_year(calendar: Calendar, city: City, round_: Any) -> None:
    petra, bernd = city.people["petra"], city.people["bernd"]
    life = Life(_read("before.json"), city, round_, calendar)
    _through_budget(life, 2025)
    life.plan_milestones(date(2025, 4, 9))
    life.award(petra, date(2025, 4, 28), "2025-001", date(2025, 5, 4))
    life.work()
    money = Money(life, _read("money.json")["P0"], petra, bernd)
    money.flow()
    money.close()
    calendar.on("2026-01-07", lambda: programme.close_round(round_(), petra))
