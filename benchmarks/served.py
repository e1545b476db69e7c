"""Public pages as they are served, against nginx with a file of the same bytes and headers, and Flask's hello world.

Every server has one processor, whoever asks has the other; what counts is answers for each second of processor time.
Without nginx the rows about it are left out; without `wrk` threads of ours ask.
"""

import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._figures import say
from benchmarks._served import HOLD_ON, Server, city, hello, nginx, rate, rates
from tests import servers

SECONDS, ROUNDS = 3, 5
PAGE = "/de/projects/garten-der-sprachen"
PEERS = 0.0075 / 2.15  # of hello world: the fastest of three comparable systems; their server's hello took 2.15 × ours


def fetched(address: str) -> tuple[bytes, dict[str, str]]:
    asked = urllib.request.Request(address, headers=HOLD_ON)
    with urllib.request.urlopen(asked) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def kept(house: Server, plain: Server) -> None:
    """The page from memory, by the program alone and behind nginx."""
    body, headers = fetched(house.base + PAGE)
    cookies = int("set-cookie" in headers)
    say("cookies set for anonymous readers", str(cookies), "0", cookies == 0)
    with ExitStack() as stack:
        targets = {"page": (house, PAGE), "hello": (plain, "/")}
        if shutil.which("nginx"):
            front = stack.enter_context(nginx(house.base, body, headers))
            targets |= {"file": (front, "/file"), "behind": (front, PAGE)}
        found = rates(targets, SECONDS, ROUNDS)
    show(found)
    to_hello = found["page"] / found["hello"]
    say("progress page, cached, against hello world", f"{to_hello:.1f} ×", "≥ 4 ×", to_hello >= 4)
    if "file" in found:
        alone, behind = found["page"] / found["file"], found["behind"] / found["file"]
        say("progress page, cached, against nginx with a file", f"{alone:.2f} ×", "≥ 0.5 ×", alone >= 0.5)
        say("the same behind nginx with its cache", f"{behind:.2f} ×", "≥ 0.9 ×", behind >= 0.9)


def show(found: Mapping[str, float]) -> None:
    print("  for each second of a processor: " + ", ".join(f"{name} {each:,.0f}" for name, each in found.items()))


def from_nothing(plain: Server) -> None:
    with servers.postgresql() as address, ExitStack() as stack:
        place = servers.create_database(address, "city")
        house = stack.enter_context(city(place, PAGE_CACHE_MB="0"))
        found = rates(
            {"page": (house, PAGE), "list": (house, "/de/projects/"), "hello": (plain, "/")}, SECONDS, ROUNDS)
    ratio = found["page"] / found["hello"]
    show(found)
    say("progress page from nothing (PostgreSQL), against the peers' detail page",
        f"{ratio / PEERS:.1f} × ({ratio:.4f} of hello world)", "≥ 10 ×", ratio >= 10 * PEERS)


def change_to_visible(house: Server, database: str) -> None:
    """Change a title in the database past the program, while many read; how long until a reader sees it."""
    engine, worst, over, address = sa.create_engine(database), 0.0, threading.Event(), house.base + PAGE
    noise = threading.Thread(target=lambda: [rate(house, PAGE, 1) for _ in iter(over.is_set, True)])
    noise.start()
    for number in range(8):
        title = f"Garten {number}"
        with engine.begin() as line:
            line.execute(sa.text("UPDATE project SET title = :title WHERE slug = 'garten-der-sprachen'"),
                         {"title": title})
        begun = time.monotonic()
        while title not in _plain(address):
            time.sleep(0.005)
        worst = max(worst, time.monotonic() - begun)
        time.sleep(0.3)
    over.set()
    noise.join()
    say("change to visible, while others read", f"{worst:.2f} s at worst", "≤ 1 s", worst <= 1)


def _plain(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        found: str = re.sub(r"\s+", " ", answer.read().decode())
    return found


def main() -> None:
    with hello() as plain:
        with city() as house:
            kept(house, plain)
        with servers.postgresql() as address:
            place = servers.create_database(address, "city")
            with city(place) as house:
                change_to_visible(house, place.replace("postgresql://", "postgresql+psycopg://", 1))
        from_nothing(plain)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed.cmd}: {failed.stderr}")
