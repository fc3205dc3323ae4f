"""Who may import whom in symproof, read off the source with ``ast``.

Between the parts imports go one way, the kernel is pure and the re-checker stands alone: here imports inside functions
and under TYPE_CHECKING count like any other. Inside a part no module may need itself to load: here they do not count,
since two types may mention each other.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx
import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "symproof"

# Each part may import itself, the parts before it and the common ones. A new part takes its place here.
ORDER = [
    "logic",
    "proof",
    "kernel",
    "tactics",
    "instances",
    "library",
    "graph",
    "engine",
    "report",
    "interactive",
    "export",
    "reference",
    "cli",
]
PLACES = {
    **dict.fromkeys(("graph_analysis", "graph_drawing", "graph_graphml", "library_check"), "graph"),
    "result_filter": "engine",
    **dict.fromkeys(("diagnostic_text", "theorem_text", "vacuity_text", "judged_result", "result_plan"), "graph"),
    **dict.fromkeys(("theorem_packages", "module_error", "same_statement"), "library"),
    **dict.fromkeys(("new_theorem", "affected_results", "axiom_ledger"), "graph"),
    **dict.fromkeys(("__main__", "notebook"), "cli"),
}
COMMON = {"known_ids", "", "errors", "resources", "did_you_mean", "plain_prose", "source_place"}
COMMON_FOR_THE_KERNEL = {"errors"}
KERNEL_LIBRARIES = {"flint"}
ORACLES = {"symproof.kernel.rules.smt": {"z3"}}
"""What one module of the kernel may import and no other one: an oracle, whose word lowers the trust of a step."""
ALONE = "recheck"

KERNEL_BANS = {
    *("simplify", "solve", "equals", "ask", "refine", "nsimplify", "satisfiable"),
    *("sympify", "parse_expr", "eval", "exec", "pickle"),
    "__import__",
}


@dataclass(frozen=True)
class Module:
    name: str
    tree: ast.Module
    is_package: bool

    @property
    def part(self) -> str:
        """The first name under symproof; empty for symproof itself."""
        return part_of(self.name)


@dataclass(frozen=True)
class Import:
    target: str
    line: int
    at_load: bool


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def read_modules(package: Path) -> dict[str, Module]:
    modules = {}
    for path in sorted(package.rglob("*.py")):
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        modules[name] = Module(name, ast.parse(path.read_text(), str(path)), is_package)
    return modules


def imports_of(module: Module, modules: dict[str, Module]) -> Iterator[Import]:
    for node, at_load in walk(module.tree, at_load=True):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_load) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_base(node, module)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield Import(inner if inner in modules else base, node.lineno, at_load)


def walk(node: ast.AST, *, at_load: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every node below, and whether it is executed when the module is loaded."""
    yield node, at_load
    later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or is_for_types(node)
    for child in ast.iter_child_nodes(node):
        yield from walk(child, at_load=at_load and not later)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def absolute_base(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def is_ours(target: str) -> bool:
    return target.split(".")[0] == "symproof"


def allowed_parts(part: str) -> set[str]:
    """The parts of symproof that a part may import."""
    if part == ALONE:
        return {ALONE}
    if part in COMMON:
        return COMMON
    place = ORDER.index(PLACES.get(part, part))
    before = {each for each in {*ORDER, *PLACES} if ORDER.index(PLACES.get(each, each)) <= place}
    return before | (COMMON_FOR_THE_KERNEL if part == "kernel" else COMMON)


def direction_faults(modules: dict[str, Module]) -> list[str]:
    faults = []
    known = {*ORDER, *PLACES, *COMMON, ALONE}
    for module in modules.values():
        if module.part not in known:
            faults.append(f"{module.name}: no place in ORDER of {Path(__file__).name}")
            continue
        allowed = allowed_parts(module.part)
        for each in imports_of(module, modules):
            if is_ours(each.target) and part_of(each.target) not in allowed:
                faults.append(f"{module.name}:{each.line} imports {each.target}")
    return faults


def cycles(modules: dict[str, Module]) -> list[str]:
    graph: networkx.DiGraph = networkx.DiGraph()
    for module in modules.values():
        graph.add_edges_from(
            (module.name, each.target)
            for each in imports_of(module, modules)
            if each.at_load and each.target in modules
        )
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    knots = [sorted(knot) for knot in networkx.strongly_connected_components(graph) if len(knot) > 1]
    return [" <-> ".join(knot) for knot in sorted(knots)]


def kernel_faults(modules: dict[str, Module]) -> list[str]:
    faults = []
    for module in modules.values():
        if module.part != "kernel":
            continue
        libraries = {*sys.stdlib_module_names, *KERNEL_LIBRARIES, *ORACLES.get(module.name, ())}
        for each in imports_of(module, modules):
            if not is_ours(each.target) and each.target.split(".")[0] not in libraries:
                faults.append(f"{module.name}:{each.line} imports {each.target}")
        faults += [f"{module.name}:{line} {what}" for line, what in bans(module.tree)]
    return faults


def bans(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What must not stand in a checker: assert (gone under python -O), search, evaluation of text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield node.lineno, "has an assert"
        for name in names_in(node):
            if name in KERNEL_BANS:
                yield getattr(node, "lineno", 0), f"uses the name {name}"


def names_in(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=asname):
            return [*name.split("."), *([asname] if asname else [])]
        case ast.ImportFrom(module=str(name)):
            return name.split(".")
    return []


def optimized_away(modules: dict[str, Module]) -> list[str]:
    """What does not run, or says something else, under ``python -O``: assert statements and ``__debug__``."""
    return [
        f"{module.name}:{node.lineno} depends on -O"
        for module in modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Name) and node.id == "__debug__")
    ]


def test_imports_go_one_way() -> None:
    assert direction_faults(read_modules(PACKAGE)) == []


def test_there_are_no_import_cycles() -> None:
    assert cycles(read_modules(PACKAGE)) == []


def test_the_kernel_is_pure() -> None:
    assert kernel_faults(read_modules(PACKAGE)) == []


def test_nothing_depends_on_the_option_that_drops_asserts() -> None:
    """So the whole suite need not run again under ``python -O``: the attacks on the kernel are enough."""
    assert optimized_away(read_modules(PACKAGE)) == []


def package_of(folder: Path, files: dict[str, str]) -> dict[str, Module]:
    for name, source in files.items():
        path = folder / "symproof" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return read_modules(folder / "symproof")


BACKWARDS = {
    "absolute": ("logic/a.py", "import symproof.kernel"),
    "from": ("kernel/a.py", "from symproof.tactics.search import find"),
    "from the package": ("logic/a.py", "from symproof import library"),
    "relative": ("proof/a.py", "from ..kernel import check"),
    "relative to a package": ("proof/__init__.py", "from ..report import document"),
    "in a function": ("instances/a.py", "def f():\n    import symproof.library"),
    "for types only": ("report/a.py", "if TYPE_CHECKING:\n    from symproof.cli.main import main"),
    "re-checker": ("recheck/a.py", "from symproof.errors import InputError"),
    "of the re-checker": ("export/a.py", "from symproof.recheck import verify"),
    "kernel and resources": ("kernel/a.py", "from symproof.resources import theorems_dir"),
    "common": ("errors.py", "from symproof.logic import term"),
    "graph": ("graph.py", "from symproof.engine import pool"),
    "a part without a place": ("helpers/a.py", ""),
}


@pytest.mark.parametrize(("path", "source"), BACKWARDS.values(), ids=BACKWARDS.keys())
def test_an_import_the_wrong_way_is_found(tmp_path: Path, path: str, source: str) -> None:
    modules = package_of(tmp_path, {"library.py": "", path: source})
    assert len(direction_faults(modules)) == 1


def test_an_import_the_right_way_is_no_fault(tmp_path: Path) -> None:
    files = {
        "cli/a.py": "from symproof.logic import term\nfrom symproof import __version__\nfrom . import b",
        "kernel/rules/a.py": "from ...proof import step\nfrom symproof.errors import InputError\nimport flint, re",
        "graph_drawing.py": "from symproof.graph import read\nfrom symproof.errors import InputError",
        "recheck/a.py": "import json\nfrom symproof.recheck import b",
    }
    modules = package_of(tmp_path, files)
    assert direction_faults(modules) == kernel_faults(modules) == cycles(modules) == []


def test_a_cycle_is_found(tmp_path: Path) -> None:
    loop = {"logic/a.py": "from symproof.logic import b", "logic/b.py": "class C:\n    from .a import g"}
    assert cycles(package_of(tmp_path, loop)) == ["symproof.logic.a <-> symproof.logic.b"]
    through_package = {"logic/__init__.py": "from .c import f", "logic/c.py": "from symproof.logic import a"}
    through_package |= {"logic/a.py": "from symproof.logic import f", "logic/b.py": ""}
    found = cycles(package_of(tmp_path, through_package))
    assert found == ["symproof.logic <-> symproof.logic.a <-> symproof.logic.c"]


def test_two_types_may_mention_each_other(tmp_path: Path) -> None:
    types = {
        "logic/a.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from symproof.logic.b import B",
        "logic/b.py": "from symproof.logic.a import A",
    }
    assert cycles(package_of(tmp_path, types)) == []


IMPURE = {
    "assert": "def check(x):\n    assert x",
    "sympy": "import sympy",
    "simplify": "def check(x):\n    return x.simplify()",
    "import as": "from flint import fmpq as solve",
    "eval": "eval('1')",
    "pickle": "import pickle",
    "networkx in a function": "def f():\n    import networkx",
    "the oracle of another module": "def f():\n    import z3",
    "definition": "def equals(a, b): ...",
}


@pytest.mark.parametrize("source", IMPURE.values(), ids=IMPURE.keys())
def test_an_impure_kernel_is_found(tmp_path: Path, source: str) -> None:
    assert len(kernel_faults(package_of(tmp_path, {"kernel/a.py": source}))) == 1
    assert kernel_faults(package_of(tmp_path / "other", {"tactics/a.py": source})) == []


@pytest.mark.parametrize("source", ["def f(x):\n    assert x", "if __debug__:\n    x = 1"])
def test_what_depends_on_the_option_is_found(tmp_path: Path, source: str) -> None:
    assert len(optimized_away(package_of(tmp_path, {"report/a.py": source}))) == 1
