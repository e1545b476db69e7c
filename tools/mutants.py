"""Small faults to plant in a program: each changes one place of one file, so that some test must fail.

Tables at module level are changed too: there our policy stands, and tools that change only what functions say pass it
over. Sentences for people are left alone.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.And: (ast.Or,), ast.Or: (ast.And,), ast.Add: (ast.Sub,), ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,), ast.FloorDiv: (ast.Mult,), ast.Div: (ast.Mult,), ast.Mod: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,), ast.BitOr: (ast.BitAnd,),
}
SPOKEN = {"_", "_l", "ngettext", "lazy_gettext", "lazy_ngettext", "N_"}
LISTED = {"any_of", "both", "holding", "frozenset", "min", "max"}
NAMES = {"__name__", "__all__"}


@dataclass(frozen=True)
class Mutant:
    """A file with one fault, and where it is."""

    line: int
    what: str
    tree: ast.Module


def of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a file."""
    tree = ast.parse(source)
    for place, node in enumerate(ast.walk(tree)):
        node.place = place  # type: ignore[attr-defined]
    for node in list(_meant(tree)):
        for what, changed in _changes(node):
            mutant = copy.deepcopy(tree)
            yield Mutant(getattr(changed, "lineno", getattr(node, "lineno", 0)), what, ast.fix_missing_locations(
                _Put(node.place, changed).visit(mutant)))  # type: ignore[attr-defined]


class _Put(ast.NodeTransformer):
    def __init__(self, place: int, changed: ast.AST) -> None:
        self.place, self.changed = place, changed

    def visit(self, node: ast.AST) -> ast.AST:
        return self.changed if getattr(node, "place", None) == self.place else self.generic_visit(node)


def _meant(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what can be changed: no sentence for people, no docstring, no type, no name for a log."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and getattr(child.func, "id", "") in SPOKEN:
            continue
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Assign) and any(_name(each) in NAMES for each in child.targets):
            continue
        if isinstance(node, ast.arg) or (isinstance(node, ast.FunctionDef | ast.AnnAssign)
                                         and child in (getattr(node, "returns", 0), getattr(node, "annotation", 0))):
            continue
        yield child
        yield from _meant(child)


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for kind in (_operators, _values, _branches, _lists, _table):
        yield from kind(node)


def _copy(node: ast.AST, **changed: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in changed.items():
        setattr(new, name, value)
    return new


def _operators(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Compare):
        for number, old in enumerate(node.ops):
            for new in SWAPS.get(type(old), ()):
                ops = [*node.ops[:number], new(), *node.ops[number + 1:]]
                yield f"{type(old).__name__} becomes {new.__name__}", _copy(node, ops=ops)
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign):
        for new in SWAPS.get(type(node.op), ()):
            yield f"{type(node.op).__name__} becomes {new.__name__}", _copy(node, op=new())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield f"{type(node.op).__name__} is gone", node.operand


def _values(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield f"{node.value} becomes {not node.value}", _copy(node, value=not node.value)
    elif isinstance(node.value, int):
        yield f"{node.value} becomes {node.value + 1}", _copy(node, value=node.value + 1)
    elif isinstance(node.value, str) and node.value:
        yield f"{node.value[:20]!r} becomes another text", _copy(node, value=f"{node.value}x")


def _branches(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        turned = ast.UnaryOp(op=ast.Not(), operand=node.test)
        yield "the condition is turned", _copy(node, test=turned)
    elif isinstance(node, ast.comprehension):
        for number, test in enumerate(node.ifs):
            yield f"the condition {ast.unparse(test)[:40]} is gone", _copy(
                node, ifs=[*node.ifs[:number], *node.ifs[number + 1:]])
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "nothing is returned", _copy(node, value=ast.Constant(value=None))
    elif isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield f"left out: {ast.unparse(node)[:50]}", ast.Pass()


def _lists(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Leave out one of several."""
    if isinstance(node, ast.Set | ast.List | ast.Tuple) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        name, parts = "elts", list(node.elts)
    elif isinstance(node, ast.Call) and _name(node.func) in LISTED:
        name, parts = "args", list(node.args)
    else:
        return
    for number, part in enumerate(parts if len(parts) > 1 else ()):
        yield f"without {ast.unparse(part)[:40]}", _copy(node, **{name: [*parts[:number], *parts[number + 1:]]})


def _table(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A table's answers: open what is closed, and close what is open."""
    if not isinstance(node, ast.Dict) or not all(isinstance(each, ast.Attribute) for each in node.keys):
        return
    for number, key in enumerate(node.keys):
        if key is None or ast.unparse(key).partition(".")[0] != "Act":
            continue
        for word, answer in (("everybody", "lambda actor, subject: True"), ("nobody", "lambda actor, subject: False")):
            values = [*node.values[:number], ast.parse(answer, mode="eval").body, *node.values[number + 1:]]
            yield f"{ast.unparse(key)} is for {word}", _copy(node, values=values, lineno=key.lineno)
