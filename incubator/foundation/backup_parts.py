"""What lies where in a backup."""

FORMAT = 2
FILES = "media"
FOLDERS = (FILES, "documents", "city")
MANIFEST, DATABASE, TABLES = "manifest.json", "database.sqlite", "tables"


def listed(table: str, columns: list[str]) -> str:
    """Name a table with its columns as COPY wants them."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    return f'"{table}" ({quoted})'
