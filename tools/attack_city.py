"""The throw-away city that scanners attack: started for them, walked through as each of its people, written down."""

import contextlib
import html
import http.client
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "attack"
LEAVE_ALONE = re.compile(r"/sign-out|/sign-in/demo/|\.(png|pdf|css|js|woff2|svg|jpg)$")


class NotUp(RuntimeError):
    """A program ended, or said nothing for too long."""


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path, patience: float = 120) -> Iterator[str]:
    """Run a program until its address answers, and end it afterwards."""
    with log.open("w") as told:
        program = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told, process_group=0)
        try:
            until = time.monotonic() + patience
            while not _answers(port):
                if program.poll() is not None or time.monotonic() > until:
                    raise NotUp(log)
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            program.send_signal(signal.SIGTERM)  # the signal of Ctrl-C is not heard in the background
            try:
                program.wait(90)
            except subprocess.TimeoutExpired:
                program.kill()


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/")
        return line.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


@contextlib.contextmanager
def city() -> Iterator[str]:
    """Run the demo city in a folder that is thrown away before and after.

    On a busy machine its pages may come too late the first time; the second start finds the city built.
    """
    folder = HOME / "instance"
    shutil.rmtree(folder, ignore_errors=True)
    with contextlib.ExitStack() as stack:
        for last in (False, False, True):
            port = free_port()
            command = [sys.executable, "-P", "incubator/serve.py", "--port", str(port), "--instance", str(folder)]
            try:
                base = stack.enter_context(running(command, port, HOME / "city.log", patience=900))
                break
            except NotUp as fault:
                if last:
                    raise SystemExit(f"The city did not start; see {HOME / 'city.log'}.") from fault
        yield base
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Seen:
    """One address with what can be sent to it: names and values as they were drawn."""

    method: str
    rule: str
    path: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Walker:
    """Somebody who opens page after page, signed in or not."""

    base: str
    role: str = "stranger"
    cookie: str = ""

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=30)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, body.encode() or None, headers)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            text = answer.read().decode("utf-8", "replace")
        finally:
            line.close()
        if given := told.get("set-cookie", "").partition(";")[0]:
            self.cookie = given
        return answer.status, told, text

    def step_into(self, action: str) -> bool:
        """Sign in as one of the people the demo city offers."""
        page = BeautifulSoup(self.ask("GET", "/de/sign-in")[2], "html.parser")
        token = page.select_one("input[name=csrf_token]")
        if token is None:
            return False
        return self.ask("POST", action, urlencode({"csrf_token": str(token["value"])}))[0] == 303

    def walk(self, rules: Map, most: int) -> list[Seen]:
        """Open at most so many pages, each kind of address a few times, and note every address and form met."""
        waiting, opened, kinds = ["/de/", "/de/desk/", "/de/desk/me"], set(), {}
        seen: dict[tuple[str, str], Seen] = {}
        while waiting and len(opened) < most:
            path = waiting.pop(0)
            rule = rule_of(rules, path)
            if path in opened or rule is None or kinds.get(rule, 0) >= 2 or LEAVE_ALONE.search(urlsplit(path).path):
                continue
            opened.add(path)
            kinds[rule] = kinds.get(rule, 0) + 1
            status, told, text = self.ask("GET", path)
            if status != 200 or "text/html" not in told.get("content-type", ""):
                continue
            note(seen, Seen("GET", rule, urlsplit(path).path, dict(parse_qsl(urlsplit(path).query))))
            page = BeautifulSoup(text, "html.parser")
            waiting += [way for way in links(page, path) if way not in opened]
            for form in page.select("form"):
                drawn = form_of(form, path, rules)
                if drawn is not None:
                    note(seen, drawn)
        return list(seen.values())


def note(seen: dict[tuple[str, str], Seen], one: Seen) -> None:
    known = seen.setdefault((one.method, one.rule), one)
    known.fields = {**one.fields, **known.fields}


def rule_of(rules: Map, path: str, method: str = "GET") -> str | None:
    try:
        found, _ = rules.bind("127.0.0.1").match(urlsplit(path).path, method=method, return_rule=True)
    except HTTPException:
        return None
    return str(found.rule)


def links(page: BeautifulSoup, path: str) -> list[str]:
    """Return the ways on within the house, in one language."""
    ways = [urljoin(path, html.unescape(str(each["href"]))).partition("#")[0] for each in page.select("a[href]")]
    return [way for way in ways if way.startswith("/de/")]


def form_of(form: Any, path: str, rules: Map) -> Seen | None:
    method = str(form.get("method", "get")).upper()
    action = urljoin(path, str(form.get("action") or path))
    rule = rule_of(rules, action, method)
    if rule is None or LEAVE_ALONE.search(action):
        return None
    fields = {str(each["name"]): str(each.get("value", "")) for each in form.select("input, textarea, select")
              if each.get("name") and each.get("type") != "file"}
    if "form_key" in fields:
        fields["form_key"] = secrets.token_hex(16)
    return Seen(method, rule, urlsplit(action).path, fields)


def people(base: str) -> list[tuple[str, str]]:
    """Return each role the demo city offers with the address that signs somebody of it in."""
    page = BeautifulSoup(Walker(base).ask("GET", "/en/sign-in")[2], "html.parser")
    found: dict[str, str] = {}
    for form in page.select("form[action*='/sign-in/demo/']"):
        role = form.select_one("strong").get_text().rpartition("·")[2].strip().lower()
        found.setdefault(role, str(form["action"]))
    return list(found.items())


def described(seen: list[Seen]) -> dict[str, Any]:
    """Write addresses and forms down as OpenAPI, which every scanner reads, with values as they were drawn."""
    paths: dict[str, Any] = {}
    for each in seen:
        template = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", each.rule)
        parts = re.fullmatch(re.sub(r"<.*?>", "([^/]+?)", each.rule), each.path)
        names = re.findall(r"{(\w+)}", template)
        values = parts.groups() if parts else ()
        given = [parameter(name, "path", value) for name, value in zip(names, values, strict=False)]
        told: dict[str, Any] = {"responses": {"200": {"description": "a page"}}}
        if each.method == "GET":
            given += [parameter(name, "query", value) for name, value in each.fields.items()]
        elif each.fields:
            told["requestBody"] = {"content": {"application/x-www-form-urlencoded": {
                "schema": shape(each.fields), "example": each.fields}}}
        paths.setdefault(template, {})[each.method.lower()] = {**told, "parameters": given}
    return {"openapi": "3.0.3", "info": {"title": "Incubator", "version": "0"}, "paths": paths}


def shape(fields: dict[str, str]) -> dict[str, Any]:
    """Describe a form; its token stays as it was drawn, else every trial would end at the door."""
    each = {name: {"type": "string", "example": value} for name, value in fields.items()}
    if "csrf_token" in fields:
        each["csrf_token"] |= {"enum": [fields["csrf_token"]]}
    return {"type": "object", "required": sorted({"csrf_token", "form_key"} & set(fields)), "properties": each}


def parameter(name: str, place: str, value: str) -> dict[str, Any]:
    kind = {"type": "integer"} if value.isdecimal() and place == "path" else {"type": "string"}
    if name == "language":
        kind = {"type": "string", "enum": ["de"]}
    example: Any = int(value) if kind["type"] == "integer" else value
    return {"name": name, "in": place, "required": place == "path", "schema": kind, "example": example}
