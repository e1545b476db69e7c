"""With settings that would put people in danger the program does not start, and says why in one sentence."""

import pytest

import config
from incubator import create_app

SAFE = {"SECRET_KEY": "x" * 32, "BASE_URL": "https://incubator.example.org", "DEMO": False,
        "SQLALCHEMY_DATABASE_URI": "sqlite://", "OIDC_ISSUER": "", "OIDC_CLIENT": "", "OIDC_SECRET": "",
        "FILES_URL": ""}
DIRECTORY = {"OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT": "incubator", "OIDC_SECRET": "s"}


def _start(tmp_path, **settings):
    return create_app(SAFE | {"INSTANCE": tmp_path} | settings)


@pytest.mark.parametrize(("settings", "said"), [
    ({"SECRET_KEY": None}, "Set SECRET_KEY"),
    ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
    ({"SECRET_KEY": "x" * 31}, "too short"),
    ({"METRICS_TOKEN": "x" * 31}, "METRICS_TOKEN is too short"),
    ({"BASE_URL": "http://incubator.example.org"}, "in the clear"),
    ({"BASE_URL": "http://8.8.8.8:8000"}, "in the clear"),
    ({"BASE_URL": "incubator.example.org"}, "BASE_URL must be"),
    ({"BASE_URL": "ftp://incubator.example.org"}, "BASE_URL must be"),
    ({"BASE_URL": "https://"}, "BASE_URL must be"),
    (DIRECTORY | {"OIDC_SECRET": ""}, "together"),
    (DIRECTORY | {"OIDC_ISSUER": ""}, "together"),
    (DIRECTORY | {"OIDC_ISSUER": "http://login.example.org"}, "OIDC_ISSUER must begin"),
    ({"FILES_URL": "https://storage.example.org/bucket"}, "FILES_URL must be"),
    ({"FILES_URL": "s3://bucket?endpoint=http://storage.example.org"}, "endpoint in FILES_URL must begin"),
])
def test_dangerous_settings_keep_the_program_from_starting(tmp_path, settings, said):
    with pytest.raises(config.Unsafe, match=said) as refusal:
        _start(tmp_path, **settings)
    assert "x" * 31 not in str(refusal.value)


@pytest.mark.parametrize("base", [
    "https://incubator.example.org", "http://127.0.0.1:8000", "http://localhost", "http://192.168.1.7:8000",
    "http://[::1]:8000", "http://incubator", "http://incubator.internal", "http://stadt.local:8000",
])
def test_a_house_of_its_own_may_be_reached_without_https(base):
    config.demand_safe(SAFE | {"BASE_URL": base})


def test_the_demo_city_starts_with_nothing_set(tmp_path):
    assert _start(tmp_path, DEMO=True, SECRET_KEY=None, BASE_URL="http://demo.example.org").config["SECRET_KEY"]


@pytest.mark.parametrize(("base", "given", "demo", "hosts"), [
    ("https://incubator.example.org", "", "", ["incubator.example.org", "127.0.0.1", "localhost"]),
    ("https://incubator.example.org:8443", "", "", ["incubator.example.org", "127.0.0.1", "localhost"]),
    ("http://127.0.0.1:8000", "", "", ["127.0.0.1", "localhost"]),
    ("https://incubator.example.org", "a.example, b.example", "", ["a.example", "b.example"]),
    ("http://127.0.0.1:8000", "", "1", None),
    ("http://127.0.0.1:8000", "a.example", "1", ["a.example"]),
])
def test_we_answer_to_the_name_people_reach_us_by(monkeypatch, base, given, demo, hosts):
    for name, value in {"BASE_URL": base, "TRUSTED_HOSTS": given, "DEMO": demo}.items():
        monkeypatch.setenv(name, value)
    assert config.settings()["TRUSTED_HOSTS"] == hosts


@pytest.mark.parametrize(("base", "name", "secure"), [
    ("https://incubator.example.org", "__Host-session", True), ("http://127.0.0.1:8000", "session", False),
])
def test_over_https_the_cookie_of_the_session_is_bound_to_the_host(monkeypatch, base, name, secure):
    monkeypatch.setenv("BASE_URL", base)
    known = config.settings()
    assert (known["SESSION_COOKIE_NAME"], known["SESSION_COOKIE_SECURE"]) == (name, secure)
    assert (known["SESSION_COOKIE_HTTPONLY"], known["SESSION_COOKIE_SAMESITE"]) == (True, "Lax")


@pytest.mark.parametrize("name", ["SECRET_KEY", "BANK_KEY", "RECORD_KEY", "VAPID_KEY", "MT_KEY", "OIDC_SECRET",
                                  "AWS_SECRET_ACCESS_KEY", "REDIS_URL", "SMTP_URL", "READ_DATABASE_URL"])
def test_a_secret_is_read_from_the_file_that_is_named(monkeypatch, tmp_path, name):
    (tmp_path / "kept").write_text("a secret in a file\n")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "kept"))
    monkeypatch.setenv(name, "a secret that every program can read")
    assert config.settings()[name] == "a secret in a file"
