"""The figures of the house: how large its files and classes are, and how its rooms hang together.

    python -m benchmarks.house            # the table: what it is now, the limit, the goal
    python -m benchmarks.house circles    # what stands behind one figure

tests/test_figures.py holds every figure to a limit and says why.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PACKAGE = "qualcode"

# The floors of docs/architecture.md, the lowest first. Rooms on one floor may not import each other upward.
FLOORS = (
    ("i18n", "errors", "resources"),
    ("text",),
    ("files", "model"),
    ("language",),
    ("store", "sources", "exchange", "agreement", "analysis", "pseudonyms"),
    ("reports",),
    ("tasks",),
    ("cli", "tui"),
)
STEPS = (
    *("project", "transcripts", "coding", "comparing"),
    *("themes", "ranking", "checklist", "searching", "exporting"),
)
MANY = 7  # parameters a reader can still keep apart
# the field, Textual and the database have words of their own for these
FORBIDDEN = frozenset(
    {"act", "acts", "veil", "twins", "frames", "standing", "standings", "seeing", "leaving", "talk"}
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Import:
    """One import: which module takes in which, on which line, and whether inside a function."""

    by: str
    of: str
    line: int
    in_function: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a figure is, and what stands behind it, the worst first."""

    value: float
    where: tuple[str, ...] = ()


@dataclass
class House:
    """Every module of the package as a syntax tree, and the imports between them."""

    modules: Mapping[str, ast.Module]
    lines: Mapping[str, int]
    imports: list[Import] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path = ROOT) -> House:
        """Read the package below `root`."""
        paths = {
            ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
            for path in sorted((root / PACKAGE).rglob("*.py"))
        }
        return cls.of({name: path.read_text(encoding="utf-8") for name, path in paths.items()})

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> House:
        """The house of these modules, by their dotted names."""
        house = cls(
            {name: ast.parse(text) for name, text in texts.items()},
            {name: text.count("\n") for name, text in texts.items()},
        )
        for name, tree in house.modules.items():
            house.imports += house._imports_of(name, tree, in_function=False)
        return house

    def _imports_of(self, name: str, node: ast.AST, *, in_function: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(name, alias.name, child.lineno, in_function)
            elif isinstance(child, ast.ImportFrom):
                base = child.module or ""
                for alias in child.names:
                    inner = f"{base}.{alias.name}"
                    yield Import(name, inner if inner in self.modules else base, child.lineno, in_function)
            else:
                inside = in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                yield from self._imports_of(name, child, in_function=inside)

    @cached_property
    def own(self) -> dict[str, set[str]]:
        """For each module the modules of the package that it imports, wherever in the file."""
        found: dict[str, set[str]] = {name: set() for name in self.modules}
        for one in self.imports:
            if one.of in self.modules and one.of != one.by:
                found[one.by].add(one.of)
        return found

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """For each module the modules of the package that import it."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, others in self.own.items():
            for other in others:
                found[other].add(name)
        return found

    def classes(self) -> Iterator[tuple[str, ast.ClassDef]]:
        """Every class at the top of a module, with the module's name."""
        for name, tree in self.modules.items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    yield name, node

    def functions(self) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        """Every function and method, with the module's name."""
        for name, tree in self.modules.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield name, node


def room_of(module: str, depth: int = 1) -> str:
    """The room a module is in: `tui`, or with `depth` 2 `tui.coding`."""
    return ".".join(module.split(".")[1 : 1 + depth])


def package_lines(house: House) -> Found:
    """Lines of the package."""
    per_room: Counter[str] = Counter()
    for name, n in house.lines.items():
        per_room[room_of(name) or PACKAGE] += n
    return Found(sum(house.lines.values()), tuple(f"{n:6} {room}" for room, n in per_room.most_common()))


def files(house: House) -> Found:
    """Number of files."""
    per_room = Counter(room_of(name) or PACKAGE for name in house.modules)
    return Found(len(house.modules), tuple(f"{n:4} {room}" for room, n in per_room.most_common()))


def median_file(house: House) -> Found:
    """Lines of the file in the middle; `__init__.py` files that only name a room are left out."""
    sizes = {name: n for name, n in house.lines.items() if n > 5}
    small = sorted(sizes, key=lambda name: sizes[name])[:40]
    return Found(median(sizes.values()), tuple(f"{sizes[name]:4} {name}" for name in small))


def methods_of_a_class(house: House) -> Found:
    """Methods of the class that has most, with those of its bases in the package."""
    # a class is known by (module, name), so that two of one name are not mixed up
    known = {(name, node.name): node for name, node in house.classes()}
    bases = {
        (name, node.name): [
            found for base in node.bases if (found := _class_at(house, name, base, known)) is not None
        ]
        for name, node in house.classes()
    }

    def methods(key: tuple[str, str]) -> set[str]:
        own = {
            each.name for each in known[key].body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        }
        return own.union(*map(methods, bases[key]))

    sizes = {key: len(methods(key)) for key in known}
    worst = sorted(sizes, key=lambda key: -sizes[key])[:20]
    return Found(sizes[worst[0]], tuple(f"{sizes[key]:4} {key[0]}.{key[1]}" for key in worst))


def _class_at(
    house: House, module: str, base: ast.expr, known: Mapping[tuple[str, str], ast.ClassDef]
) -> tuple[str, str] | None:
    """The class of the package that a base names, if it is one of ours."""
    while isinstance(base, ast.Subscript):  # Dialog[bool]
        base = base.value
    if not isinstance(base, ast.Name):
        return None
    if (module, base.id) in known:
        return module, base.id
    for node in ast.walk(house.modules[module]):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (alias.asname or alias.name) == base.id and (node.module or "", alias.name) in known:
                    return node.module or "", alias.name
    return None


def many_parameters(house: House) -> Found:
    """Functions with more than seven parameters; verbs are left out: each of theirs is an option of its own."""
    found = []
    for name, node in house.functions():
        arguments = node.args
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        n = len([each for each in names if each not in ("self", "cls")])
        if n > MANY and not (room_of(name) == "cli" and node.decorator_list):
            found.append((n, f"{n:3} {name}.{node.name} (line {node.lineno})"))
    return Found(len(found), tuple(words for _n, words in sorted(found, reverse=True)))


def fan_in_of_a_step(house: House) -> Found:
    """By how many steps of its own floor the room of a step is imported, for the one that is imported most."""
    users: dict[str, set[str]] = defaultdict(set)
    for name, others in house.own.items():
        here = room_of(name, 2)
        for other in others:
            there = room_of(other, 2)
            both = (here.partition("."), there.partition("."))
            if here != there and both[0][0] == both[1][0] and {both[0][2], both[1][2]} <= set(STEPS):
                users[there].add(here)
    worst = sorted(users, key=lambda room: (-len(users[room]), room))
    lines = (f"{len(users[room]):2} {room} ← {', '.join(sorted(users[room]))}" for room in worst)
    return Found(max(map(len, users.values()), default=0), tuple(lines))


def circles(house: House) -> Found:
    """Circles of imports; an import for types alone, or inside a function, counts as any other."""
    found = [sorted(group) for group in _components(house.own) if len(group) > 1]
    found.sort(key=len, reverse=True)
    return Found(len(found), tuple(f"{len(group):3} {' '.join(group)}" for group in found))


def _components(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The strongly connected parts of a graph (Tarjan 1972), without recursion."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: list[list[str]] = []
    for start in graph:
        if start in number:
            continue
        number[start] = low[start] = len(number)
        path.append(start)
        on_path.add(start)
        work = [(start, iter(sorted(graph[start])))]
        while work:
            node, rest = work[-1]
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    part = path[path.index(node) :]
                    del path[len(path) - len(part) :]
                    on_path -= set(part)
                    found.append(part)
            elif following not in number:
                number[following] = low[following] = len(number)
                path.append(following)
                on_path.add(following)
                work.append((following, iter(sorted(graph[following]))))
            elif following in on_path:
                low[node] = min(low[node], number[following])
    return found


def arrows_upward(house: House) -> Found:
    """Imports from a lower floor to a higher one, those for types alone included."""
    floor = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
    found = [
        f"{one.by}:{one.line} → {one.of}"
        for one in house.imports
        if one.of in house.modules and floor.get(room_of(one.by), 99) < floor.get(room_of(one.of), -1)
    ]
    return Found(len(found), tuple(found))


def imports_in_functions(house: House) -> Found:
    """Import statements inside functions, per 1,000 lines."""
    places = {(one.by, one.line) for one in house.imports if one.in_function}
    per_file = Counter(name for name, _line in places)
    lines = tuple(f"{n:3} {name}" for name, n in per_file.most_common(40))
    return Found(round(1000 * len(places) / sum(house.lines.values()), 2), lines)


def used_by_one(house: House) -> Found:
    """Files that only one other file imports."""
    found = [
        f"{house.lines[name]:4} {name} ← {next(iter(users))}"
        for name, users in sorted(house.importers.items())
        if len(users) == 1
    ]
    return Found(len(found), tuple(found))


def doubled_names(house: House) -> Found:
    """Public classes of one name in two places."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, node in house.classes():
        if not node.name.startswith("_"):
            places[node.name].append(name)
    doubled = {name: where for name, where in sorted(places.items()) if len(where) > 1}
    return Found(len(doubled), tuple(f"{name}: {', '.join(where)}" for name, where in doubled.items()))


def forbidden_words(house: House) -> Found:
    """Names given in the package that hold a word we do not use; counted once per file."""
    found = {
        f"{module}: {name}"
        for module, tree in house.modules.items()
        for name in _given_names(module, tree)
        if "Room" in _WORDS.findall(name) or FORBIDDEN & {word.lower() for word in _WORDS.findall(name)}
    }
    return Found(len(found), tuple(sorted(found)))


def _given_names(module: str, tree: ast.Module) -> Iterator[str]:
    """What a module names: itself, its classes, functions, parameters, variables and attributes."""
    yield module.rpartition(".")[2]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


FIGURES: dict[str, Callable[[House], Found]] = {
    "lines": package_lines,
    "files": files,
    "median-file": median_file,
    "methods": methods_of_a_class,
    "parameters": many_parameters,
    "fan-in": fan_in_of_a_step,
    "circles": circles,
    "upward": arrows_upward,
    "imports-in-functions": imports_in_functions,
    "used-by-one": used_by_one,
    "doubled-names": doubled_names,
    "forbidden-words": forbidden_words,
}


def main() -> None:
    """Print the table, or what stands behind the figures that are named."""
    from tests.test_figures import RULES

    house = House.read()
    for name in sys.argv[1:]:
        found = FIGURES[name](house)
        print(f"{name}: {found.value:g}", *found.where, sep="\n  ")
    if not sys.argv[1:]:
        print(f"{'figure':22} {'now':>8} {'limit':>8} {'goal':>8}")
        for rule in RULES:
            value = FIGURES[rule.figure](house).value
            print(f"{rule.figure:22} {value:8g} {rule.limit:8g} {rule.goal:8g}  {rule.verdict(value)}")


if __name__ == "__main__":
    main()
