"""What describes the CSV files to programs: a Frictionless Data Package, and CSV on the Web (W3C)."""

from typing import Any

from incubator.opendata.about import About
from incubator.opendata.fields import Field, Kind, Table
from incubator.opendata.tables import TABLES

FRICTIONLESS: dict[Kind, dict[str, str]] = {
    Kind.TEXT: {"type": "string"}, Kind.CODE: {"type": "string"}, Kind.CODES: {"type": "string"},
    Kind.NUMBER: {"type": "integer"}, Kind.AMOUNT: {"type": "number"}, Kind.DAY: {"type": "date"},
    Kind.MOMENT: {"type": "datetime"}, Kind.YES_NO: {"type": "boolean"},
    Kind.ADDRESS: {"type": "string", "format": "uri"},
}
ON_THE_WEB: dict[Kind, str] = {
    Kind.TEXT: "string", Kind.CODE: "string", Kind.CODES: "string", Kind.NUMBER: "integer", Kind.AMOUNT: "decimal",
    Kind.DAY: "date", Kind.MOMENT: "dateTimeStamp", Kind.YES_NO: "boolean", Kind.ADDRESS: "anyURI",
}


def csv_name(table: Table) -> str:
    return f"{table.name}.csv"


def package(about: About, files: dict[str, tuple[int, str]], number: int) -> dict[str, Any]:
    """Describe the CSV files as a Data Package; `files` are sizes and checksums by name."""
    return {
        "profile": "tabular-data-package",
        "name": about.subject,
        "title": about.title("de"),
        "description": f"{about.description('de')}\n\n{about.description('en')}",
        "homepage": about.page,
        "version": str(number),
        "licenses": [{"name": about.licence.short, "title": about.licence.name, "path": about.licence.url}],
        "contributors": [{"title": about.operator or about.city, "role": "publisher"}],
        "resources": [_resource(table, *files[csv_name(table)]) for table in TABLES],
    }


def _resource(table: Table, size: int, sha256: str) -> dict[str, Any]:
    keys = [
        {"fields": field.name, "reference": {"resource": "" if field.refers == table.name else field.refers,
                                             "fields": "id"}}
        for field in table.fields if field.refers
    ]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": csv_name(table), "title": table.de,
        "description": table.en, "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": size, "hash": f"sha256:{sha256}",
        "schema": {
            "fields": [_field(field, field.name in table.key) for field in table.fields],
            "primaryKey": list(table.key),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(field: Field, is_key: bool) -> dict[str, Any]:
    known: dict[str, Any] = {"name": field.name, "title": field.de, "description": field.en} | FRICTIONLESS[field.kind]
    if field.is_needed or is_key:
        known["constraints"] = {"required": True}
    return known | ({"unit": field.unit} if field.unit else {})


def on_the_web(about: About) -> dict[str, Any]:
    """Describe the same files as CSV on the Web does."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "de"}],
        "dc:title": about.title("de"),
        "dc:description": about.description("de"),
        "dc:license": {"@id": about.licence.url},
        "dc:publisher": about.operator or about.city,
        "tables": [_table(table) for table in TABLES],
    }


def _table(table: Table) -> dict[str, Any]:
    keys = [
        {"columnReference": field.name, "reference": {"resource": f"{field.refers}.csv", "columnReference": "id"}}
        for field in table.fields if field.refers and field.is_needed  # their readers want none that may be empty
    ]
    return {
        "url": csv_name(table),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "dc:title": table.de,
        "tableSchema": {
            "columns": [_column(field, field.name in table.key) for field in table.fields],
            "primaryKey": list(table.key) if len(table.key) > 1 else table.key[0],
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _column(field: Field, is_key: bool) -> dict[str, Any]:
    known: dict[str, Any] = {
        "name": field.name, "titles": field.name, "dc:description": f"{field.de} – {field.en}",
        "datatype": ON_THE_WEB[field.kind],
    }
    if field.kind is Kind.CODES:
        known["separator"] = " "
    if field.is_needed or is_key:
        known["required"] = True
    return known
