"""Three scanners, each in a virtual environment of its own, and what their reports say in our words."""

import contextlib
import csv
import json
import shutil
import subprocess
import venv
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tools.attack_city import HOME

WAPITI, SQLMAP, SCHEMATHESIS = "wapiti3==3.2.3", "sqlmap==1.10.10", "schemathesis==4.32.5"
# none that asks an address outside of this machine to be called back
MODULES = "xss,permanentxss,sql,redirect,exec,file,crlf,csp,cookieflags,http_headers,csrf,htaccess"
HANDS_OFF = ("*/sign-out", "*/sign-in/demo/*")


@dataclass(frozen=True)
class Target:
    """Whom to attack, as whom, and where: an OpenAPI description and the addresses in it."""

    base: str
    role: str
    cookie: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        return "".join(sign if sign.isalnum() else "-" for sign in self.role)

    def pages(self) -> list[str]:
        """Return each page of the description with its values filled in."""
        found = []
        for template, methods in self.described["paths"].items():
            if "get" not in methods:
                continue
            given = methods["get"].get("parameters", [])
            path = template.format(**{each["name"]: each["example"] for each in given if each["in"] == "path"})
            query = urlencode([(each["name"], each["example"]) for each in given if each["in"] == "query"])
            found.append(self.base + path + (f"?{query}" if query else ""))
        return found


@dataclass(frozen=True)
class Finding:
    tool: str
    role: str
    kind: str
    where: str
    what: str


Scan = Callable[[Target, int], list[Finding]]


def program(package: str, name: str) -> str:
    folder = HOME / package.partition("==")[0]
    if not (folder / package).exists():
        venv.create(folder, clear=True, with_pip=True)
        command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", package]
        subprocess.run(command, check=True)
        (folder / package).touch()
    return str(folder / "bin" / name)


def run(command: list[str], log: Path, seconds: int) -> None:
    """Run a scanner; one that does not end in time is ended, and what it wrote so far counts."""
    with log.open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, stdin=subprocess.DEVNULL, process_group=0)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
        finally:
            process.kill()
            process.wait()


def wapiti(target: Target, seconds: int) -> list[Finding]:
    report = HOME / f"wapiti-{target.name}.json"
    report.unlink(missing_ok=True)
    notes = HOME / f"wapiti-session-{target.name}"  # one for each: a scan that was stopped leaves its own locked
    shutil.rmtree(notes, ignore_errors=True)
    pages, each = target.pages(), max(5, seconds // 5)
    starts = [part for page in pages for part in ("--start", page)]
    hands_off = [part for each in HANDS_OFF for part in ("--exclude", target.base + each)]
    command = [
        program(WAPITI, "wapiti"), "--url", f"{target.base}/", *starts, *hands_off, "--scope", "folder", "--depth", "1",
        "--module", MODULES, "--flush-session", "--store-session", str(notes), "--no-bugreport",
        "--max-scan-time", str(seconds), "--max-attack-time", str(each), "--timeout", "15",
        "--max-files-per-dir", "60", "--format", "json", "--output", str(report),
        *(["--cookie-value", target.cookie] if target.cookie else []),  # --drop-set-cookie would drop this one too
    ]
    run(command, HOME / f"wapiti-{target.name}.log", seconds + each * (MODULES.count(",") + 1) + 120)
    if not report.exists():
        return [Finding("wapiti", target.role, "no report", target.base, "the scanner did not finish")]
    told = json.loads(report.read_text())
    kinds = {**told["vulnerabilities"], **told["anomalies"]}
    return [Finding("wapiti", target.role, kind, urlsplit(each.get("path", "")).path, each.get("info", ""))
            for kind, found in kinds.items() for each in found]


def sqlmap(target: Target, seconds: int) -> list[Finding]:
    asked = HOME / f"sqlmap-{target.name}.txt"
    asked.write_text("\n".join(page for page in target.pages() if "?" in page) + "\n")
    results, folder = HOME / f"sqlmap-{target.name}.csv", HOME / "sqlmap-output"
    results.unlink(missing_ok=True)
    command = [
        program(SQLMAP, "sqlmap"), "-m", str(asked), "--batch", "--smart", "--level", "1", "--risk", "1",
        "--technique", "BEU", "--timeout", "15", "--retries", "0", "--flush-session", "--disable-coloring",
        "--output-dir", str(folder), "--results-file", str(results),
        *(["--cookie", target.cookie] if target.cookie else []),
    ]
    run(command, HOME / f"sqlmap-{target.name}.log", seconds)
    if not results.exists():
        return []
    with results.open() as file:
        rows = [row for row in csv.DictReader(file) if (row.get("Technique(s)") or "").strip()]
    return [Finding("sqlmap", target.role, "SQL injection", urlsplit(row["Target URL"]).path,
                    f"{row['Parameter']}: {row['Technique(s)']}") for row in rows]


def schemathesis(target: Target, seconds: int) -> list[Finding]:
    told, report = HOME / f"described-{target.name}.json", HOME / f"schemathesis-{target.name}.ndjson"
    told.write_text(json.dumps(target.described))
    report.unlink(missing_ok=True)
    command = [
        program(SCHEMATHESIS, "schemathesis"), "run", str(told), "--url", target.base, "--checks", "not_a_server_error",
        "--max-time", str(seconds), "--continue-on-failure", "--generation-database", "none", "--warnings", "off",
        "--suppress-health-check", "all", "--report-ndjson-path", str(report), "--request-timeout", "20",
        "--max-redirects", "0",
        *(["--header", f"Cookie:{target.cookie}"] if target.cookie else []),
    ]
    run(command, HOME / f"schemathesis-{target.name}.log", seconds + 60)
    return failures(target, report)


def failures(target: Target, report: Path) -> list[Finding]:
    """Read every check that failed out of the events of a run."""
    if not report.exists():
        return [Finding("schemathesis", target.role, "no report", target.base, "the scanner did not finish")]
    found: set[Finding] = set()
    for line in report.read_text().splitlines():
        for label, failed in _failed(json.loads(line)):
            found.add(Finding("schemathesis", target.role, "server error", label, failed))
    return sorted(found, key=lambda each: each.where)


def _failed(event: Any, label: str = "") -> list[tuple[str, str]]:
    if isinstance(event, list):
        return [pair for each in event for pair in _failed(each, label)]
    if not isinstance(event, dict):
        return []
    label = str(event.get("label", label))
    own = []
    if event.get("status") == "failure" and "name" in event:
        own = [(label, str(event["name"]))]
    return own + [pair for each in event.values() for pair in _failed(each, label)]


def written(findings: list[Finding]) -> list[dict[str, str]]:
    return [asdict(each) for each in findings]
