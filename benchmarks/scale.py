"""Public pages and desks in cities of four sizes, as multiples of the same page in a smaller city, in one run.

    python benchmarks/scale.py [MANY]        5,000 projects where nothing is said; the bar is set at 50,000

Pages are drawn from nothing each time; sums are kept until a row changes, as wherever the program runs. A page that
shows one project is held against the city of 5, a list against that of 500, in which it fills its page. What counts
is the time of this process, so that others on the machine do not.
"""

import logging
import sys
import tempfile
import time
from pathlib import Path

import flask
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from incubator import create_app
from incubator.accounts.models import Person, RoleGrant
from incubator.demo import bulk, crowd
from incubator.foundation.database import db
from incubator.foundation.transaction import transaction
from incubator.programme import operations as programme
from incubator.progress import jobs as search
from tests.visitors import sign_in_token

TIMES, FEW, SOME, ENTRIES = 9, 5, 500, 20
LIST, ONE = "/de/projects/", "/de/projects/{slug}"
LISTS = {
    "start page": "/de/", "list": LIST, "list, deep": LIST + "?after={middle}", "list, stage": LIST + "?stage=closing",
    "list, theme": LIST + "?theme={theme}", "list, district": LIST + "?district={district}",
    "list, round": LIST + "?round=crowd-2010", "list, words": LIST + "?q=chor", "search": "/de/search?q=chor",
    "districts": "/de/districts/", "themes": "/de/themes/", "theme": "/de/themes/{theme}",
    "news feed": LIST + "feed.atom", "workshops": "/de/workshops/", "ideas": "/de/ideas/", "record": "/de/record",
}
DETAILS = {"project": ONE, "money": ONE + "/money", "history": ONE + "/history", "project feed": ONE + "/feed.atom"}
DESKS = {"desk, coordinator": "coordinator", "desk, mentor": "mentor"}
NAMES = sa.text(
    "SELECT p.slug, p.id / 2 AS middle, t.slug AS theme, d.slug AS district FROM project p "
    "JOIN theme t ON t.id = p.theme_id JOIN district d ON d.id = p.district_id "
    "WHERE p.status IN ('completed', 'active') ORDER BY p.id DESC LIMIT 1")


class Town:
    """A city of a size, and who looks at it."""

    def __init__(self, folder: Path, number: int) -> None:
        self.app = create_app({
            "SECRET_KEY": "benchmark" * 4, "DEMO": False, "REDIS_URL": "", "SMTP_URL": "", "INSTANCE": folder,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/incubator.db", "TRUSTED_HOSTS": None, "PAGE_CACHE_MB": 1,
            "SECOND_FACTOR": "off",
        })
        start = time.perf_counter()
        with self.app.app_context():
            db.create_all()
            with transaction():
                programme.set_up()
            search.rebuild()
            for _moved_in in crowd.move_in(number, number * ENTRIES):
                pass
            bulk.look()
            self.names = dict(db.session.execute(NAMES).one()._mapping)
            db.session.rollback()
            self.visitors = {role: self._signed_in(role) for role in DESKS.values()}
        self.visitors[""] = self.app.test_client()
        self.visitors[""].set_cookie("session", "somebody")  # whom the page cache leaves alone
        print(f"{number:,} projects moved in within {time.perf_counter() - start:.0f} s")

    def _signed_in(self, role: str) -> flask.testing.FlaskClient:
        client = self.app.test_client()
        person = db.session.scalars(sa.select(Person).join(RoleGrant, RoleGrant.person_id == Person.id).where(
            RoleGrant.role == role).order_by(Person.id).limit(1)).one()
        token = sign_in_token(person)
        with client.session_transaction() as session:
            session.update({"_user_id": token, "_fresh": True})
        return client

    def seconds(self, path: str, role: str) -> float:
        path, start = path.format(**self.names), time.process_time()
        if (status := self.visitors[role].get(path).status_code) != 200:
            raise SystemExit(f"{path} answers {status}")
        return time.process_time() - start


def compare(towns: list[Town], path: str, role: str = "") -> list[float]:
    """Return the median of each town, taken in turn."""
    taken: list[list[float]] = [[] for _town in towns]
    for _ in range(TIMES):
        for place, town in enumerate(towns):
            taken[place].append(town.seconds(path, role))
    return [sorted(each)[TIMES // 2] for each in taken]


def main() -> None:
    logging.disable(logging.WARNING)
    sizes = (FEW, SOME, int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 5000)
    with tempfile.TemporaryDirectory() as scratch:
        towns = []
        for size in sizes:
            folder = Path(scratch) / str(size)
            folder.mkdir()
            towns.append(Town(folder, size))
        asked = [(name, path, "", 1) for name, path in LISTS.items()]
        asked += [(name, path, "", 0) for name, path in DETAILS.items()]
        asked += [(name, "/de/desk/", role, 1) for name, role in DESKS.items()]
        for name, path, role, base in asked:
            found = compare(towns, path, role)
            print(f"{name:18} {found[-1] / found[base]:.2f} × the time at {sizes[base]:,}"
                  f"   ({' · '.join(f'{1000 * each:.1f}' for each in found)} ms)")


if __name__ == "__main__":
    main()
