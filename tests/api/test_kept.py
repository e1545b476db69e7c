"""Reads that name their language are kept like pages: answered from memory, and new the moment something changes."""

import pytest

import config
from incubator.foundation import pagecache_setup
from incubator.foundation.transaction import transaction


@pytest.fixture
def kept(any_database):
    """Put the cache in front of the house, which other tests do without."""
    inner, before = any_database.wsgi_app, dict(any_database.config)
    any_database.config |= {"PAGE_CACHE_MB": 8.0, "PAGE_CACHE_SECONDS": 0.0, "API_READS_PER_MINUTE": 300}
    pagecache_setup.set_up(any_database, config.ROOT)
    yield any_database.extensions["page_cache"]
    any_database.wsgi_app = inner
    any_database.extensions.pop("page_cache")
    any_database.config.clear()
    any_database.config.update(before)


def test_the_second_reader_is_answered_from_memory_until_something_changes(kept, make, program, queries):
    project = make.project("active")
    path = f"/projects/{project.slug}?lang=de&fields=title"
    first = program().get(path)
    with queries() as asked:
        again = program().get(path)
    assert [each for each in asked if "FROM project" in each] == [] and again.data == first.data
    assert again.headers["Access-Control-Allow-Origin"] == "*" and again.headers["Content-Language"] == "de"
    assert first.headers["RateLimit"] and "RateLimit" not in again.headers  # only the first was counted
    assert first.headers["RateLimit-Policy"] == again.headers["RateLimit-Policy"]
    for way in ("identity", "br", "gzip"):
        mark = program().get(path, Accept_Encoding=way).headers["ETag"]
        assert mark.startswith('"')
        assert program().get(path, Accept_Encoding=way, If_None_Match=mark).status_code == 304
    with transaction():
        project.title = "Neu"
    assert program().get(path).json["title"]["text"] == "Neu"


def test_without_a_language_and_with_a_key_nothing_is_kept(kept, make, program, key_for):
    lead = make.person("lead")
    project = make.project("active", lead=lead)
    for path, token in ((f"/projects/{project.slug}", None), ("/my/projects?lang=de", key_for(lead))):
        before = len(kept.pages)
        assert program(token).get(path).status_code == 200
        assert len(kept.pages) == before


def test_a_parameter_that_does_not_exist_fills_no_memory(kept, program):
    for number in range(5):
        assert program().get(f"/rounds?lang=de&x{number}=1").status_code == 422
    assert len(kept.pages) == 0
