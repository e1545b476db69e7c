"""The lifecycle as a picture and a table in Markdown, drawn from the one table of steps."""

from incubator.projects.lifecycle import STAGE_OF, STEPS, Stage, Status, Step

HEAD = """# The path of a project

This page is drawn from the table in `incubator/projects/lifecycle.py`; `python tools/draw_lifecycle.py` draws it anew.
"""


def as_markdown() -> str:
    """Return the whole page; labels are left in the program's words so that code and picture read alike."""
    return "\n".join([HEAD, "```mermaid", *_picture(), "```", "", *_table(), "", *_stages()]) + "\n"


def _picture() -> list[str]:
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for step in STEPS:
        lines += [f"    {source} --> {step.target}: {step.action}" for source in step.sources]
    ends = [status for status in Status if not any(status in step.sources for step in STEPS)]
    return lines + [f"    {status} --> [*]" for status in ends]


def _table() -> list[str]:
    rows = ["## Steps", "", "| action | from | to | who | what must hold |", "|---|---|---|---|---|"]
    return rows + [_row(step) for step in STEPS]


def _row(step: Step) -> str:
    who = " or ".join(step.who) + (f", and {step.also} agrees" if step.also else "")
    return f"| {step.action} | {', '.join(step.sources)} | {step.target} | {who} | {step.guard or '–'} |"


def _stages() -> list[str]:
    rows = ["## Stages", "", "| stage | statuses |", "|---|---|"]
    for stage in Stage:
        statuses = [status.value for status in Status if STAGE_OF[status] is stage]
        rows.append(f"| {stage} | {', '.join(statuses)} |")
    return rows
