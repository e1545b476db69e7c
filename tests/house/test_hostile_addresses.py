"""Addresses and methods that nobody should send."""

import re

import pytest

from tests.house.siege import allowed, is_by_key, paths_of, places, send, world_in

NUMBERS = ("abc", "-1", "0", "999999999999999999999", "9" * 5000, "٣", "1e9", "2147483648", "9223372036854775807", "")
TEXTS = ("’", "'", "%", "_", "\\", "<script>alert(7)</script>", "{{7*7}}", "a\x00b", "\ufffd", "\u202e", "😀",
         "x" * 9000, "'; DROP TABLE person; --", "a AND b*", '"', "NEAR(", "-", "*", "مرحبا")
RAW = ("q=%ff%fe&after=%00&before=", "q=%00&district[]=x&q[a]=b&after[]=1", "&&&=&=x&%&q", "q=%ED%A0%80",
       "q=a&q=b&after=1&after=x&before=-1&before=2")
EVERYWHERE = ("after=99999999999999999999&before=-1&page=-1&q=%E2%80%99&district=%E2%80%99&round=a%00b&stage=%ff&v=1",
              "q=%3Cscript%3Ealert(7)%3C/script%3E&q[]=x&after=abc&after=1&theme=%00&language=xx&next=//evil.example&")
NO_NUMBER = ("987654", "2147483648", "9223372036854775808", "9" * 5000, "-1", "1.5", "abc", "%00", "1%00", "٣", "0x1")
NO_NAME = ("no-such", "..", "..%2f..%2fetc%2fpasswd", "a%00b", "%ff", "x" * 5000, "'", "{{7*7}}", "😀", "%ED%A0%80",
           "a%0ab", "<script>alert(7)</script>")
NO_LANGUAGE = ("xx", "DE", "d", "de-de", "%00", "deu")
LISTS = ("/de/projects/", "/de/projects/projekt-1", "/de/desk/people", "/de/desk/organisations", "/de/demo/letters")


def _broken(answer, fine):
    """Say what is wrong with an answer, or nothing."""
    if isinstance(answer, str):
        return answer
    if answer.status not in fine:
        return f"answered {answer.status}, {answer.location}"
    return "shown without care" if b"<script>alert(7)" in answer.data else None


def _tried(visitor, method, paths, fine):
    found = ((path, _broken(send(visitor, method, path), fine)) for path in paths)
    return [f"{method} {path[:150]}: {problem}" for path, problem in found if problem]


def _people(world, visit):
    return {name: visit(person) for name, person in {"stranger": None, **world.people}.items()}


def test_no_query_breaks_a_page(app, make, visit):
    app.config["DEMO"] = True
    world, wrong = world_in("active", make), []
    people = _people(world, visit)
    for rule in places(app, "GET"):
        path, visitor = paths_of(rule, world)[0], people[allowed(app, rule.endpoint)[0]]
        wrong += _tried(visitor, "GET", [f"{path}?{query}" for query in EVERYWHERE],
                        {200, 302, 303, 404 if rule.endpoint.startswith(OFTEN_NOTHING) else 410,
                         422 if rule.endpoint.startswith(STRICT) else 410})
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("path", LISTS)
def test_no_search_breaks_a_list(any_database, make, visit, path):
    any_database.config["DEMO"] = True
    visitor, wrong = visit(world_in("active", make).people["administrator"]), []
    for name in ("q", "after", "before", "round", "theme", "district", "stage"):
        for value in (NUMBERS if name in ("after", "before") else TEXTS):
            problem = _broken(send(visitor, "GET", path, query_string={name: value}), {200})
            wrong += [f"{name}={value[:30]!r}: {problem}"] if problem else []
    wrong += _tried(visitor, "GET", [f"{path}?{query}" for query in RAW], {200})
    assert wrong == [], "\n".join(wrong)


STRICT = "api."  # programs are told what does not fit
OFTEN_NOTHING = ("media.", "crawlers.oembed", "city.", "accounts.outside_", "fediverse.")
TAKEN_BACK = ("phones.mark", "phones.unmark", "phones.take_back")  # a card may have gone a moment ago: it is said


def _misled(rule, path, turn):
    """Yield an address with each of its parts made wrong in three ways, other ones at each turn."""
    found = re.fullmatch(re.sub(r"<.*?>", "([^/]+?)", rule.rule), path)
    for number, part in enumerate(re.findall(r"<(?:[^:<>]+:)?([^<>]+)>", rule.rule), 1):
        values = NO_LANGUAGE if part == "language" else NO_NUMBER if part.endswith("_id") else NO_NAME
        for step in range(1 if part == "language" else 4):
            value = values[(turn * 4 + step) % len(values)]
            yield path[:found.start(number)] + value + path[found.end(number):]


def test_a_wrong_address_is_no_page(any_database, make, visit):
    """410 is a letter's link that is over."""
    any_database.config["DEMO"] = True
    world, wrong = world_in("active", make), []
    people = _people(world, visit)
    rules = [rule for rule in any_database.url_map.iter_rules() if rule.endpoint != "static" and rule.arguments
             and not is_by_key(any_database.view_functions[rule.endpoint])]
    for turn, rule in enumerate(rules):
        paths = list(_misled(rule, paths_of(rule, world)[0], turn))
        visitor = people[allowed(any_database, rule.endpoint)[0]]
        for method in rule.methods & {"GET", "POST"}:
            wrong += _tried(visitor, method, paths, {404, 410, 303 if rule.endpoint in TAKEN_BACK else 410})
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("path", [
    "/static/../config.py", "/static/..%2fconfig.py", "/static/%00", "/static/", "/de/../config.py", "//evil.example/",
    "/de//evil.example", "/\\evil.example", "/ar/nowhere", "/de/projects", "/.env", "/%ff", "/de/%0d%0aX: y",
])
def test_nothing_lies_beside_the_pages(app, visit, path):
    answer = visit().get(path)
    assert answer.status in {302, 308, 404}
    assert "evil" not in (answer.location or "")
    assert answer.status == 404 or answer.location.removeprefix("http://localhost").startswith("/de/")


def test_a_method_that_is_not_meant_is_answered_in_the_language_of_the_address(app, make, visit):
    world, wrong = world_in("active", make), []
    people = _people(world, visit)
    titles = {code: visit().get(f"/{code}/sign-out").soup.h1.get_text() for code in ("de", "en", "ar")}
    assert len(set(titles.values())) == 3
    for turn, rule in enumerate(rule for rule in places(app, "OPTIONS") if not rule.endpoint.startswith(STRICT)):
        code, method = (("de", "PUT"), ("en", "DELETE"), ("ar", "PATCH"))[turn % 3]
        if turn % 2:
            method = next(iter({"GET", "POST"} - rule.methods), method)
        answer = people[allowed(app, rule.endpoint)[0]].open(
            paths_of(rule, world)[0].replace("/de/", f"/{code}/", 1), method=method, headers={"Accept-Language": code})
        allow = set(answer.headers.get("Allow", "").split(", "))
        if answer.status != 405 or f">{titles[code]}<" not in answer.text or allow != rule.methods:
            wrong.append(f"{method} {rule.rule} in {code}: {answer.status}, {allow}")
    assert wrong == [], "\n".join(wrong)
