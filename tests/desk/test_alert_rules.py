"""What wakes operators exists, and for each alert there is a page that says what to do."""

import re

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from incubator.foundation import queue, sightings
from tests.house.sources import ROOT

RULES = [rule for group in yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text())["groups"]
         for rule in group["rules"]]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
OURS = re.compile(r"\bincubator_[a-z_]+")
LABEL = re.compile(r"(incubator_[a-z_]+)\{(\w+)[!=~]+\"([^\"]+)\"")
WANTED = {"PagesBreak", "PagesAreSlow", "WorkerSilent", "WorkWaits", "LettersWait", "LettersGivenUp", "LittleRoom",
          "BackupOld", "JournalDoesNotFit", "CertificateEnds"}


def _anchors():
    return {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-"): text
            for title, text in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", RUNBOOK, re.MULTILINE | re.DOTALL)}


@pytest.fixture
def told(app, valkey, visit):
    """Every sample there can be: each thing was seen once, a wake-up waits, pages were asked for and broke."""
    for kind, facts in (("worker", {}), ("backup", {}), ("journal", {"wrong": 0}), ("certificate", {"until": None})):
        sightings.note(kind, **facts)
    queue.wake("incubator.letters.jobs.post", 1)
    figures = app.extensions["measures"].figures
    for route, kind in (("progress.home", "2"), ("progress.home", "5")):
        figures.begin()
        figures.end(route, kind, 0, 0.001)
    text = visit().get("/metrics").text
    return [sample for family in text_string_to_metric_families(text) for sample in family.samples]


def test_each_metric_an_alert_asks_for_is_told(told):
    names = {sample.name for sample in told}
    asked = {name for rule in RULES for name in OURS.findall(rule["expr"])}
    assert asked - names == set()


def test_each_value_of_a_label_occurs(told):
    values = {(sample.name, label, value) for sample in told for label, value in sample.labels.items()}
    asked = {found for rule in RULES for found in LABEL.findall(rule["expr"])}
    assert asked and asked - values == set()


def test_everything_that_hurts_people_wakes_somebody():
    assert {rule["alert"] for rule in RULES} >= WANTED
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_leads_to_what_it_means_and_how_to_mend_it(rule):
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"].endswith(".")
    page, _, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert page == "docs/runbook.md"
    section = _anchors()[anchor]
    for part in ("**For people**", "**Look**", "**Mend**"):
        assert part in section


def test_no_section_waits_for_an_alert_that_is_gone():
    known = {rule["annotations"]["runbook_url"].partition("#")[2] for rule in RULES}
    assert set(_anchors()) - known == {"where-to-look"}


def test_expressions_are_well_formed():
    """Not all of PromQL: brackets close, quotes end, and something is compared."""
    for rule in RULES:
        words = re.sub(r'"[^"]*"', "", rule["expr"])
        assert '"' not in words, rule["alert"]
        for opened, closed in ("()", "{}", "[]"):
            assert words.count(opened) == words.count(closed), rule["alert"]
        assert re.search(r"[<>]|==", words), rule["alert"]
