"""Let scanners attack a throw-away demo city on this machine, as a stranger and as each of its people.

    python -m tools.attack                     everything, about an hour
    python -m tools.attack --seconds 20        so many seconds for each scanner and role
    python -m tools.attack --role lead         only these

First every scanner must find faults that were planted in a small site: one that is blind proves nothing. Reports lie
in build/attack; findings.json holds them all. Ends with 1 when something was found that nobody has looked at: then
mend it, or write down in TRIAGED why it is none.
"""

import argparse
import json
import re
import signal
import sys
from collections.abc import Sequence

from incubator import create_app
from tests.supply import faulty
from tools import attack_city as city
from tools.attack_probe import probe
from tools.attack_scan import Finding, Scan, Target, schemathesis, sqlmap, wapiti, written

SCANS: dict[str, Scan] = {"probe": probe, "wapiti": wapiti, "sqlmap": sqlmap, "schemathesis": schemathesis}
PLANTED = {  # what each scanner must find in the small site
    "probe": {"TRACE is answered"},
    "wapiti": {"Reflected Cross Site Scripting", "SQL Injection", "Open Redirect",
               "Content Security Policy Configuration"},
    "sqlmap": {"SQL injection"},
    "schemathesis": {"server error"},
}
TRIAGED = {  # scanner, kind, pattern of the address: why it is no fault
    ("wapiti", "Secure Flag cookie", "/"): "the throw-away city answers over http; else tests/house/test_start.py",
}


def is_triaged(finding: Finding) -> bool:
    return any((finding.tool, finding.kind) == (tool, kind) and re.fullmatch(where, finding.where)
               for tool, kind, where in TRIAGED)


def blind(seconds: int) -> list[str]:
    """Return which scanner did not see which planted fault."""
    port, missed = city.free_port(), []
    command = [sys.executable, "-m", "tests.supply.faulty", str(port)]
    with city.running(command, port, city.HOME / "faulty.log") as base:
        for name, scan in SCANS.items():
            found = {each.kind for each in scan(Target(base, "planted", faulty.COOKIE, faulty.DESCRIBED), seconds)}
            missed += [f"{name} did not see: {kind}" for kind in sorted(PLANTED[name] - found)]
    return missed


def attack(base: str, roles: Sequence[str], seconds: int, pages: int) -> list[Finding]:
    app = create_app({"SECRET_KEY": "x" * 40, "DEMO": True, "INSTANCE": city.HOME / "reader"})
    found: list[Finding] = []
    for role, action in [("stranger", ""), *city.people(base)]:
        if roles and role not in roles:
            continue
        walker = city.Walker(base, role)
        if action and not walker.step_into(action):
            found.append(Finding("walk", role, "no sign-in", action, "this person could not sign in"))
            continue
        seen = walker.walk(app.url_map, pages)
        sys.stdout.write(f"{role}: {len(seen)} addresses and forms\n")
        target = Target(base, role, walker.cookie, city.described(seen))
        for name, scan in SCANS.items():
            own = scan(target, seconds)
            sys.stdout.write(f"  {name}: {len(own)}\n")
            sys.stdout.flush()
            found += own
    return found


def parse(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Attack a throw-away demo city on this machine.")
    parser.add_argument("--seconds", type=int, default=120, help="for each scanner and role")
    parser.add_argument("--planted-seconds", type=int, default=60, help="for each scanner and the planted faults")
    parser.add_argument("--pages", type=int, default=120, help="how many pages each role opens before")
    parser.add_argument("--role", action="append", default=[], help="only these; the names of /en/sign-in")
    return parser.parse_args(words)


def main() -> int:
    given = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing is left running
    city.HOME.mkdir(parents=True, exist_ok=True)
    if missed := blind(given.planted_seconds):
        sys.stderr.write("\n".join(missed) + "\n")
        return 1
    with city.city() as base:
        found = attack(base, given.role, given.seconds, given.pages)
    (city.HOME / "findings.json").write_text(json.dumps(written(found), indent=1))
    new = [each for each in found if not is_triaged(each)]
    for each in sorted({(each.tool, each.kind, each.where, each.what[:150]) for each in new}):
        sys.stderr.write(" · ".join(each) + "\n")
    sys.stdout.write(f"{len(found)} findings, {len(new)} of them not looked at yet.\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
