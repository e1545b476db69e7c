"""What lies where in a backup, and where it lies in the house."""

from pathlib import Path

from incubator.foundation import folders

FORMAT = 2
FILES = "media"
STORED = (FILES, "documents")  # in the bucket, where there is one
FOLDERS = (*STORED, "city")
MANIFEST, DATABASE, TABLES = "manifest.json", "database.sqlite", "tables"


def listed(table: str, columns: list[str]) -> str:
    """Name a table with its columns as COPY wants them."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'"{table}" ({quoted})'


def home_of(name: str, instance: Path) -> Path:
    return folders.home(name, instance) if name in STORED else instance / name
