"""What can be said of the files for operators without starting them: they fit together and fit the program."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from incubator import health, web
from incubator.foundation import worker
from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy"
OF_PYTHON = {"PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "FLASK_APP",
             "PIP_NO_CACHE_DIR", "PIP_DISABLE_PIP_VERSION_CHECK"}
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = [unit for unit in UNITS if "valkey" not in unit.name]


def read(name):
    return (DEPLOY / name).read_text()


def settings():
    """Every name that config.py reads, and the names under which a file may hold it."""
    text = (ROOT / "config.py").read_text()
    plain = set(re.findall(r'(?:environ\.get|_one_of)\(\s*"([A-Z_]+)"', text))
    kept = set(re.findall(r'_(?:key|address)\(\s*"([A-Z_]+)"', text))
    return plain | kept | {f"{name}_FILE" for name in kept}


def assigned(text):
    return re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("compose.yaml"))


def seconds(text):
    return int(re.fullmatch(r"(\d+)s?", str(text))[1])


def lines(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.MULTILINE)


def test_every_setting_that_is_named_is_read(compose):
    services = [each for each in compose["services"].values() if each.get("image") == "incubator"]
    named = {name for each in services for name in each["environment"]}
    named |= {part.partition("=")[0] for unit in OURS for line in lines(unit, "Environment") for part in line.split()}
    named |= set(assigned(read("env.example")))
    named |= set(re.findall(r"\b([A-Z_]+)=", " ".join(re.findall(r"^ENV (.*(?:\\\n.*)*)", read("Dockerfile"), re.M))))
    assert len(services) == 3 and named - OF_PYTHON <= settings()


def test_the_example_holds_no_secret():
    for name, value in re.findall(r"^#?([A-Z_]+)=(.*)$", read("env.example"), re.MULTILINE):
        assert not re.search("KEY|SECRET|PASSWORD|TOKEN", name)
        assert "@" not in value.replace("incubator@example.org", "")


def test_compose_is_whole(compose):
    services = compose["services"]
    assert set(services) == {"proxy", "web", "worker", "migrate", "database", "valkey", "storage"}
    for name, each in services.items():
        assert each["image"] == "incubator" or re.search(r":v?\d", each["image"]), f"{name} takes whatever is newest"
        for needed in each.get("depends_on", {}):
            assert needed in services
        for secret in each.get("secrets", ()):
            assert secret in compose["secrets"]
        for volume in each.get("volumes", ()):
            source = volume.partition(":")[0]
            made = source in ("./tls", "./acme")
            assert made or (DEPLOY / source).exists() if source.startswith("./") else source in compose["volumes"]
    for name in ("web", "worker"):
        assert services[name]["deploy"]["replicas"] >= 2
        assert services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"]
    for name in set(services) - {"proxy"}:
        assert "ports" not in services[name], f"{name} can be reached from outside"


def test_the_database_is_brought_up_to_date_once_and_before_anybody_serves(compose):
    services = compose["services"]
    assert services["migrate"]["restart"] == "no" and "--while-others-run" in services["migrate"]["command"]
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_each_has_the_time_it_needs_to_end(compose):
    services = compose["services"]
    drain = float(services["web"]["environment"]["DRAIN_SECONDS"])
    assert seconds(services["web"]["stop_grace_period"]) > drain + web.LONGEST_ANSWER
    assert seconds(services["worker"]["stop_grace_period"]) > worker.LONGEST_END
    for unit in (unit for unit in OURS if "migrate" not in unit.name):
        assert seconds(lines(unit, "TimeoutStopSec")[0]) > max(worker.LONGEST_END, web.LONGEST_ANSWER + drain)


def test_every_command_exists(app, compose):
    told = [each["command"] for each in compose["services"].values() if each.get("image") == "incubator"]
    told += [shlex.split(lines(unit, "ExecStart")[0]) for unit in OURS]
    told.append(yaml.safe_load(re.search(r"^CMD (.*)$", read("Dockerfile"), re.MULTILINE)[1]))
    kinds = set()
    for command in told:
        if "incubator/web.py" in command:
            kinds.add("web")
            web.parse(command[command.index("incubator/web.py") + 1:])
        elif "incubator.prepare" in command:
            kinds.add("prepare")
            assert (ROOT / "incubator" / "prepare.py").is_file()
        else:
            kinds.add("flask")
            assert "flask" in command and command[-1] in app.cli.commands
    assert kinds == {"web", "prepare", "flask"}


def test_the_image_holds_what_is_needed_locked_and_runs_as_nobody():
    text = read("Dockerfile")
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert f"!{source}" in read("Dockerfile.dockerignore").splitlines()
    assert all("--require-hashes" in line for line in re.findall(r".*pip install.*", text))
    assert re.search(r"^USER [1-9]", text, re.MULTILINE) and "/healthz" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_may_do_little(unit):
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
                 "CapabilityBoundingSet=", "RestrictNamespaces=yes", "UMask=0077", "User=incubator"):
        assert line in unit.read_text().splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_the_units():
    files = [*UNITS, DEPLOY / "systemd" / "incubator.target"]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if "is not executable" not in line and "incubator" in line]
    assert said == []


def test_nginx_keeps_what_pages_allow_and_nothing_of_people():
    text = read("nginx.conf")
    for line in ("proxy_cache_lock on;", "proxy_cache_use_stale off;", "server_tokens off;", "gzip off;",
                 "proxy_set_header X-Forwarded-For $remote_addr;", 'proxy_set_header Forwarded "";'):
        assert line in text
    assert "proxy_ignore_headers" not in text and "proxy_cache_valid" not in text, "pages say themselves how long"
    pattern = re.search(r'"~\*(.*)"  1;', text)[1]
    for cookie, is_known in (("session=x", True), ("a=b; __Host-session=x", True), ("a=b; remember_token=x", True),
                             ("mysession=x", False), ("a=session=", False), ("", False)):
        assert bool(re.search(pattern, cookie, re.IGNORECASE)) is is_known
    for closed in ("/metrics", "/readyz"):
        assert re.search(rf"location = {closed} {{\s+return 404;", text)


def test_what_nginx_says_itself_has_our_headers(visit):
    said = visit().get("/healthz").headers
    given = dict(re.findall(r'add_header (\S+) "?(.*?)"? always;', read("nginx.conf")))
    for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
                 "Cross-Origin-Resource-Policy"):
        assert given[name] == said[name]
    assert "default-src 'none'" in given["Content-Security-Policy"] and given["Cache-Control"] == "no-store"


@pytest.mark.skipif(shutil.which("nginx") is None, reason="there is no nginx here")
def test_nginx_understands_its_file(tmp_path):
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                    "-subj", "/CN=incubator.example.org"], check=True, capture_output=True)
    text = read("nginx.conf").replace("/etc/nginx/tls", str(tmp_path)).replace("/tmp/nginx.pid", f"{tmp_path}/pid")
    (tmp_path / "nginx.conf").write_text(text.replace("/var/cache/nginx/incubator", str(tmp_path / "cache")))
    done = subprocess.run(["nginx", "-t", "-p", tmp_path, "-c", tmp_path / "nginx.conf"], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl here")
def test_secrets_are_made_once(tmp_path):
    here = Path(shutil.copytree(DEPLOY, tmp_path / "deploy"))

    def make():
        subprocess.run(["sh", here / "make-secrets.sh", "https://incubator.example.org"], check=True,
                       capture_output=True)
        return {path.name: path.read_text() for path in (here / "secrets").iterdir()}

    first = make()
    assert make() == first and os.stat(here / "secrets").st_mode & 0o077 == 0
    assert set(first) == {*yaml.safe_load(read("compose.yaml"))["secrets"], "storage.env"}
    assert len(first["secret_key"].strip()) == 64 and first["database_password"].strip() in first["database_url"]
    assert "BASE_URL=https://incubator.example.org\n" in (here / "env").read_text()
    assert not [name for name, text in first.items() if text.strip() in (here / "env").read_text()]


def test_a_program_that_is_told_which_steps_there_are_finds_them_in_the_image():
    assert health.STEPS.is_dir() and "COPY migrations migrations" in read("Dockerfile")
