"""Fifty thousand projects are written down with the memory that a few hundred need."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.scale import scaled, told

MOST_MB = 20
PROGRAM = """
    import sys, time
    from pathlib import Path
    from incubator import create_app
    from incubator.demo import bulk, crowd
    from incubator.foundation import clock
    from incubator.foundation.database import db
    from incubator.foundation.transaction import transaction
    from incubator.opendata import jobs, queries
    from incubator.programme import operations as programme

    def peak():
        said = Path("/proc/self/status").read_text()  # what getrusage says was handed on by whoever started us
        return int(said.partition("VmHWM:")[2].split()[0]) // 1024

    folder, number, step = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'incubator.db'}", "INSTANCE": folder,
                      "REDIS_URL": "", "FILES_URL": "", "DEMO": True, "TESTING": True, "SECRET_KEY": "x" * 40,
                      "RECORD_KEY": None, "PAGE_CACHE_MB": 0})
    with app.app_context():
        if step == "build":
            db.create_all()
            with transaction():
                programme.set_up()
            for _ in crowd.move_in(number, number * 8):
                pass
            bulk.look()
        else:
            begun = time.monotonic()
            whole = queries.subjects()[0]
            assert jobs.make(whole)
            edition = queries.newest("all")
            print(peak(), int(time.monotonic() - begun), sum(edition.numbers.values()),
                  sum(file.size for file in edition.files) // 1_000_000)
"""


def _run(folder: Path, number: int, step: str) -> list[int]:
    folder.mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(PROGRAM), str(folder), str(number), step], cwd=ROOT,
                          check=True, capture_output=True, text=True)
    return [int(each) for each in done.stdout.split()]


@pytest.mark.endurance
def test_fifty_thousand_projects_need_no_more_memory_than_five_hundred(tmp_path):
    figures = {}
    for number in (500, scaled(50_000)):
        folder = tmp_path / str(number)
        _run(folder, number, "build")
        figures[number] = peak, seconds, rows, megabytes = _run(folder, number, "make")
        told(f"{number} projects: {rows} rows in {seconds} s, at most {peak} MB of memory, {megabytes} MB of files")
    few, many = (each[0] for each in figures.values())
    assert many - few <= MOST_MB
