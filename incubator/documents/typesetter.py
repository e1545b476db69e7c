"""Run alone, as a program that holds nothing: content comes in as JSON, the document's pages or its one file go out.

Typesetting takes a lot of memory, and keeps it for as long as the process lives. So it is done beside the house. The
first line of the answer says how long each part is; what cannot be set is said on the line for errors.
"""

import json
import sys
from typing import Any

import typst

CANNOT = 3


def pressed(template: str, root: str, fonts: str, content: str, options: dict[str, Any]) -> list[bytes]:
    """Set a document with our own fonts only: it must not look different on another machine."""
    ours = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    made = typst.compile(
        template, root=root, font_paths=ours, ignore_system_fonts=True, sys_inputs={"content": content}, **options)
    return made if isinstance(made, list) else [made]


def main() -> None:
    try:
        parts = pressed(**json.load(sys.stdin))
    except typst.TypstError as fault:
        sys.stderr.write(fault.message)
        sys.exit(CANNOT)
    sys.stdout.buffer.write(json.dumps([len(part) for part in parts]).encode() + b"\n" + b"".join(parts))


if __name__ == "__main__":
    main()
