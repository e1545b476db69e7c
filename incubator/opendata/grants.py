"""Grants as 360Giving has them: of organisations only, never of individuals; read off what was written for all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from incubator.opendata.about import About
from incubator.opendata.fields import Field, Kind, Values
from incubator.opendata.values import dumped, lines

Grant = dict[str, Any]
# title of the column in their spreadsheet, where the value stands in the grant, what it is
COLUMNS: tuple[tuple[str, tuple[str | int, ...], Kind], ...] = (
    ("Identifier", ("id",), Kind.CODE),
    ("Title", ("title",), Kind.TEXT),
    ("Description", ("description",), Kind.TEXT),
    ("Currency", ("currency",), Kind.CODE),
    ("Amount Awarded", ("amountAwarded",), Kind.AMOUNT),
    ("Amount Disbursed", ("amountDisbursed",), Kind.AMOUNT),
    ("Award Date", ("awardDate",), Kind.DAY),
    ("URL", ("dataSource",), Kind.ADDRESS),
    ("Planned Dates:Start Date", ("plannedDates", 0, "startDate"), Kind.DAY),
    ("Planned Dates:End Date", ("plannedDates", 0, "endDate"), Kind.DAY),
    ("Recipient Org:Identifier", ("recipientOrganization", 0, "id"), Kind.CODE),
    ("Recipient Org:Name", ("recipientOrganization", 0, "name"), Kind.TEXT),
    ("Funding Org:Identifier", ("fundingOrganization", 0, "id"), Kind.CODE),
    ("Funding Org:Name", ("fundingOrganization", 0, "name"), Kind.TEXT),
    ("Grant Programme:Code", ("grantProgramme", 0, "code"), Kind.CODE),
    ("Grant Programme:Title", ("grantProgramme", 0, "title"), Kind.TEXT),
    ("Beneficiary Location:0:Name", ("beneficiaryLocation", 0, "name"), Kind.TEXT),
)
FIELDS = tuple(Field("/".join(map(str, path)), kind, title, title) for title, path, kind in COLUMNS)
TITLES = tuple(title for title, _path, _kind in COLUMNS)


def grants(spool: Path, about: About) -> Iterator[Grant]:
    """Give a grant for each awarded project with a carrier; projects and their money lie in the same order."""
    names = {each: {row["id"]: row["name"] for row in lines(spool / f"{each}.jsonl")}
             for each in ("organisations", "rounds", "districts")}
    sums = lines(spool / "money.jsonl")
    money = next(sums, None)
    for project in lines(spool / "projects.jsonl"):
        if money is None or money["project"] != project["id"]:
            continue
        if project["carrier"]:
            yield _grant(project, money, names, about)
        money = next(sums, None)


def _grant(project: Values, money: Values, names: dict[str, dict[str, str]], about: About) -> Grant:
    prefix = about.giving_prefix
    where = names["districts"].get(project["district"] or "", about.city)
    days = {name: project[day] for name, day in (("startDate", "starts_on"), ("endDate", "ends_on")) if project[day]}
    known: Grant = {
        "id": f"{prefix}-{project['id']}",
        "title": project["title"],
        "description": project["summary"] or project["title"],
        "currency": "EUR",
        "amountAwarded": money["awarded"],
        "amountDisbursed": money["paid"],
        "awardDate": project["resolution_on"],
        "dataSource": project["uri"],
        "plannedDates": [days] if days else None,
        "recipientOrganization": [{
            "id": f"{prefix}-org-{project['carrier']}", "name": names["organisations"][project["carrier"]]}],
        "fundingOrganization": [{"id": f"{prefix}-funder", "name": about.operator or about.city}],
        "grantProgramme": [{"code": project["round"], "title": names["rounds"][project["round"]]}],
        "beneficiaryLocation": [{"name": where}],
    }
    return {name: value for name, value in known.items() if value is not None}


def write(path: Path, spool: Path, about: About) -> None:
    """Write the package grant by grant."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"grants":[')
        for number, grant in enumerate(grants(spool, about)):
            file.write((",\n" if number else "\n") + dumped(grant))
        file.write("\n]}\n")


def rows(spool: Path, about: About) -> Iterator[Values]:
    """Give the same as rows for the spreadsheet."""
    for grant in grants(spool, about):
        yield {field.name: _at(grant, path) for field, (_title, path, _kind) in zip(FIELDS, COLUMNS, strict=True)}


def _at(grant: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if isinstance(step, str):
            grant = grant.get(step) if grant else None
        else:
            grant = grant[step] if grant else None
    return grant
