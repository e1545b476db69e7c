"""Write down which columns the models of this release use: steps of the next one may take none of them away.

    python tools/note_release.py        when a release is made; writes migrations/released.json
"""

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    from incubator import health
    from incubator.foundation.database import db
    from wsgi import app

    with app.app_context():
        tables = {table.name: [column.name for column in table.columns] for table in db.metadata.sorted_tables}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (ROOT / "migrations" / "released.json").write_text(written(project["version"], health.head(), tables))


def written(release: str, step: str, tables: dict[str, list[str]]) -> str:
    """Return JSON with a line for each table, so that changes can be read."""
    each = ",\n".join(f"  {json.dumps(name)}: {json.dumps(columns)}" for name, columns in sorted(tables.items()))
    return f'{{\n "release": "{release}",\n "step": "{step}",\n "tables": {{\n{each}\n }}\n}}\n'


if __name__ == "__main__":
    main()
