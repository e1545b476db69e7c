"""Draw docs/lifecycle.md anew from the table of steps."""

from pathlib import Path

from incubator.projects.diagram import as_markdown

PAGE = Path(__file__).parent.parent / "docs" / "lifecycle.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(as_markdown())
