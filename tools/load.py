"""Let people read and write in a throw-away demo city for a while: how quick, how many faults, how much memory.

    python -m tools.load --minutes 30 --people 50

Three of five are strangers who read and search, the others are signed in, look at their desk and save their preferences
now and then. Everybody rests as people do, one to five seconds. Ends with 1 for any 5xx, for more than 300 ms (95 of
100), or when the programs grew by more than a tenth after the first tenth of the time.
"""

import argparse
import contextlib
import http.client
import random
import statistics
import sys
import threading
import time
from collections import Counter
from urllib.parse import urlencode

import psutil
from bs4 import BeautifulSoup

from tools import attack_city as city

REST, QUICK, GROWTH, WRITES = (1.0, 5.0), 0.3, 1.1, 0.1
PUBLIC = ("/de/", "/en/", "/ar/", "/de/projects/", "/de/search?q=garten", "/de/districts/", "/de/workshops/",
          "/de/ideas/", "/de/themes/", "/de/record", "/de/sign-in")


class Crowd:
    """Everybody, and what they met."""

    def __init__(self, base: str, seconds: float) -> None:
        self.base, self.ends = base, time.monotonic() + seconds
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.bad: Counter[str] = Counter()
        self.lock = threading.Lock()

    def ask(self, who: city.Walker, method: str, path: str, body: str = "") -> str:
        begun, status, text = time.monotonic(), 0, ""
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, _headers, text = who.ask(method, path, body)
        with self.lock:
            self.took.append(time.monotonic() - begun)
            self.statuses[status] += 1
            if not status or status >= 500:
                self.bad[f"{status} {method} {path}"] += 1
        return text

    def read(self, who: city.Walker, start: tuple[str, ...], chance: random.Random) -> None:
        """Go from page to page by the links that stand there, and begin anew where there are none."""
        path = chance.choice(start)
        time.sleep(chance.uniform(0, REST[1]))
        while time.monotonic() < self.ends:
            page = BeautifulSoup(self.ask(who, "GET", path), "html.parser")
            links = [str(each["href"]) for each in page.select("main a[href^='/']")
                     if not city.LEAVE_ALONE.search(str(each["href"]))]
            path = chance.choice(links) if links and chance.random() < 0.7 else chance.choice(start)
            if who.role != "stranger" and chance.random() < WRITES:
                self.save_preferences(who)
            time.sleep(chance.uniform(*REST))

    def save_preferences(self, who: city.Walker) -> None:
        path = "/de/desk/me/letters"
        form = BeautifulSoup(self.ask(who, "GET", path), "html.parser").select_one(f"form[action='{path}'], main form")
        if form is None:
            return
        sent = [(str(each["name"]), str(each.get("value", ""))) for each in form.select("input[name]")
                if each.get("type") not in ("radio", "checkbox") or each.has_attr("checked")]
        sent += [(str(each["name"]), str((each.select_one("[selected]") or each.select_one("option"))["value"]))
                 for each in form.select("select[name]")]
        self.ask(who, "POST", str(form.get("action") or path), urlencode(sent))


def memory(instance: str) -> int:
    """Return what the programs of this city hold, in bytes: those that were given its folder, and their children."""
    held = 0
    for each in psutil.process_iter(["cmdline"]):
        try:
            if instance in " ".join(each.info["cmdline"] or []) or each.environ().get("INCUBATOR_INSTANCE") == instance:
                held += each.memory_info().rss
        except psutil.Error:
            continue
    return held


def crowd(base: str, people: int, seconds: float) -> tuple[Crowd, int, int]:
    roles = [action for _role, action in city.people(base)]
    all_, threads = Crowd(base, seconds), []
    for number in range(people):
        chance = random.Random(number)  # noqa: S311 - who goes where, the same each time
        signed_in = number % 5 > 2 and bool(roles)
        who = city.Walker(base, "signed in" if signed_in else "stranger")
        if signed_in and not who.step_into(roles[number % len(roles)]):
            all_.bad[f"nobody could sign in at {roles[number % len(roles)]}"] += 1
        start = ("/de/desk/", "/de/desk/me") if signed_in else PUBLIC
        threads.append(threading.Thread(target=all_.read, args=(who, start, chance), daemon=True))
    all_.ends = time.monotonic() + seconds
    for each in threads:
        each.start()
    time.sleep(seconds / 10)
    instance = str(city.HOME / "instance")
    before = memory(instance)
    while time.monotonic() < all_.ends:
        time.sleep(1)
    after = memory(instance)
    for each in threads:
        each.join(60)
    return all_, before, after


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--people", type=int, default=50)
    given = parser.parse_args()
    city.HOME.mkdir(parents=True, exist_ok=True)
    with city.city() as base:
        all_, before, after = crowd(base, given.people, given.minutes * 60)
    took = sorted(all_.took)
    p95 = took[int(len(took) * 0.95)] if took else 0.0
    statuses = ", ".join(f"{status or 'no answer'}: {times}" for status, times in sorted(all_.statuses.items()))
    sys.stdout.write(f"{given.people} people for {given.minutes:g} minutes: {len(took)} answers ({statuses})\n")
    sys.stdout.write(f"p50 {statistics.median(took or [0]) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, "
                     f"longest {max(took or [0]):.1f} s\n")
    sys.stdout.write(f"memory {before / 2**20:.0f} MB after a tenth of the time, {after / 2**20:.0f} MB at the end\n")
    for name, times in all_.bad.most_common(20):
        sys.stdout.write(f"5xx or none: {times} × {name}\n")
    return 1 if all_.bad or p95 > QUICK or after > before * GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
