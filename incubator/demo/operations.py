"""Let the demo city live from its first round to its today, or remove everything in it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from incubator.accounts.models import Person
from incubator.demo import archive
from incubator.demo.calendar import Calendar
from incubator.demo.city import City
from incubator.demo.company import accompany, introduce
from incubator.demo.panel import Panel
from incubator.demo.story import Life
from incubator.demo.story_money import Money
from incubator.demo.story_people import neighbours
from incubator.demo.talk import Talk
from incubator.demo.town import Neighbourhood
from incubator.demo.words import Translator
from incubator.foundation import clock
from incubator.foundation.database import db
from incubator.foundation.errors import RuleBroken
from incubator.programme import operations as programme
from incubator.programme.models import Round
from incubator.progress import jobs as search
from incubator.projects import operations as projects

TODAY = date(2026, 9, 15)
DATA = Path(__file__).parent / "data"
NOTICE = date(2026, 5, 4)
CHECKED = [
    "Ihre Idee: passt zu einem Themenfeld",
    "Bedarf und Menschen: gesagt ist, wer mitmacht und wer etwas davon hat",
    "Was und wann: der Zeitplan ist vollständig",
    "Träger und Team: ein Verein oder eine Gemeinde ist genannt",
]
RULES = "Förderrichtlinie (Demo): fiktiv, nach den Voreinstellungen des Programms"


def is_empty() -> bool:
    return db.session.scalar(sa.select(sa.func.count(Person.id))) == 0


def demand_empty() -> None:
    if not is_empty():
        raise RuleBroken("The database is not empty; the demo city only moves into an empty one.")


def load() -> None:
    """Fill an empty database with the demo city.

    Each day is lived in order with the clock on it; every step goes through the operation that a person would use.
    """
    demand_empty()
    calendar, city = Calendar(), City()
    rounds: dict[int, Round] = {}
    _open(calendar, city, rounds, 2025)
    _open(calendar, city, rounds, 2026)
    calendar.live()  # people and rounds must be there before the lives that refer to them are written
    calendar = Calendar()
    _last_year(calendar, city, lambda: rounds[2025])
    talk = Talk(city, lambda: rounds[2026], calendar)
    talk.happen()
    Neighbourhood(talk).live()
    introduce(city, calendar, "2026-01-12")
    _this_year(talk)
    Translator(talk).live()
    _next_year(calendar, city, lambda: rounds[2026])
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
        "check_points": [] if year == 2025 else CHECKED, "has_panel": year != 2025, "publishes_together": year != 2025,
        **{name: date(year, *day) for name, day in dates.items()},
    }


def _through_budget(life: Life, year: int) -> None:
    petra = life.city.people["petra"]
    life.propose()
    life.find_mentor(petra, date(year, 3, 23), date(year, 3, 27))
    life.find_partners(date(year, 3, 29))
    life.talk()
    life.plan_money(date(year, 4, 4), date(year, 4, 10), date(year, 4, 13))


def _this_year(talk: Talk) -> None:
    """Eight groups propose, seven get through their budgets, the panel scores them, and five get money."""
    lives: dict[str, Life] = {}
    for data in [*(_read(f"p{number}.json") for number in range(1, 6)), *_read("others.json")]:
        life = Life(data, talk.city, talk.round, talk.calendar, talk.ideas)
        if data.get("end") == "withdraw":
            _withdrawn(life)
        else:
            _through_budget(life, 2026)
            lives[data["key"]] = life
    Panel(talk.city, talk.round, talk.calendar, lives, NOTICE).decide()
    for number in range(1, 6):
        _awarded(lives[f"P{number}"], number)


def _awarded(life: Life, number: int) -> None:
    petra = life.city.people["petra"]
    life.plan_milestones(date(2026, 4, 9))
    life.begin(petra, NOTICE)
    life.work()
    Money(life, _read("money.json")[f"P{number}"], petra, life.city.people["bernd"]).flow()
    neighbours(life, petra, number)
    accompany(life, number)
    life.pause(petra)


def _next_year(calendar: Calendar, city: City, last: Any) -> None:
    """The next round already takes ideas and proposals while this one's projects are at work."""
    petra = city.people["petra"]
    collecting = {"ideas_from": date(2026, 9, 7), "ideas_until": date(2026, 12, 11)}

    def begin() -> None:
        following = programme.add_round(petra, copy_of=last(), **_round(2027) | collecting)
        programme.open_round(following, petra)

    calendar.on("2026-09-07", begin)


def _withdrawn(life: Life) -> None:
    life.propose()
    life.find_mentor(life.city.people["petra"], date(2026, 3, 23), date(2026, 3, 27))
    life.calendar.on("2026-04-02", lambda: projects.withdraw(life.here, life.who("lead")))


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
