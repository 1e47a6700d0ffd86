"""The structure of the program: who may import whom, how big things may grow, registries without gaps."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from db.schema.tables import journalled
from imc_desktop.cli.main import COMMANDS
from imc_desktop.documents.registry import KINDS as PAPERS
from imc_desktop.usecases.printing.registry import KINDS as PRINTED
from ui.registry import PAGES, resolve

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("imc_desktop", "ui", "db")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAZY = frozenset(SETTINGS["tool"]["imc"]["lazy_imports"])

MAX_FILE, MAX_FUNCTION, MAX_CLASS, MAX_METHODS, MAX_ARGUMENTS = 500, 60, 300, 20, 8

# import-linter cannot forbid a part of an outside package.
FORBIDDEN_MODULES = re.compile(
    r"PySide6\.Qt(WebEngine|Charts|Quick|Qml|Sql|OpenGL|Test|3D|Multimedia)|numpy|pandas|requests|urllib\.request"
)
# Written in parts, so that this file does not find itself.
FOREIGN_PLACES = re.compile(
    "|".join(
        [
            r"/wo" + r"rk/(main|shared)",
            "/t" + "mp/(team|h_)",
            r"/ro" + r"ot/",
            r"/ho" + r"me/\w",
            r"\.\./sha" + r"red",
            "pypi" + r"\.org",
            "python" + "hosted",
            "index" + "-url",
            r"/opt/py" + "pi",
        ]
    )
)
TARGET = re.compile(r"(?:imc_desktop|ui|db)(?:\.\w+)+:\w+")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@lru_cache(maxsize=1)
def _sources() -> dict[str, ast.Module]:
    """Module name → its tree, for the three packages."""
    trees = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            trees[".".join(parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return trees


def _repository_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]
    else:  # an unpacked archive
        folders = [ROOT / name for name in (*PACKAGES, "tests", "resources", ".ci")]
        paths = [path for folder in folders for path in folder.rglob("*")] + list(ROOT.glob("*.*"))
    return [path for path in paths if path.is_file() and "__pycache__" not in path.parts]


def _classes_and_functions() -> Iterator[tuple[str, ast.ClassDef | Function]]:
    for module, tree in _sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | Function):
                yield f"{module}.{node.name}", node


def _length(node: ast.ClassDef | Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _lazy_imports(tree: ast.Module) -> list[str]:
    """What a module imports inside functions, by statement or by import_module."""
    found = []
    for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                found += [name.name for name in node.names]
            elif isinstance(node, ast.ImportFrom):
                found.append(node.module or ".")
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
                found.append(ast.unparse(node))
    return found


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def targets() -> dict[str, str]:
    """Every "module:name" written in the program → the module that writes it."""
    return {
        node.value: module
        for module, tree in _sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TARGET.fullmatch(node.value)
    }


def _names_of(module: str) -> set[str]:
    names = set()
    for node in _sources()[module].body:
        if isinstance(node, ast.ClassDef | Function):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            places = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {place.id for place in places if isinstance(place, ast.Name)}
    return names


def test_imports_go_downwards_only(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    status = lint_imports(cache_dir=None, no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_heavy_or_reaching_out_modules() -> None:
    found = {
        f"{module} imports {name}"
        for module, tree in _sources().items()
        for name in _imported(tree)
        if FORBIDDEN_MODULES.match(name)
    }
    assert not found


def test_files_stay_readable() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {count} lines"
        for path in _repository_files()
        if path.suffix in {".py", ".sh", ".spec"} and (count := path.read_text(encoding="utf-8").count("\n")) > MAX_FILE
    ]
    assert not long


def test_classes_and_functions_stay_small() -> None:
    found = []
    for name, node in _classes_and_functions():
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(child, Function) for child in node.body)
            if _length(node) > MAX_CLASS or methods > MAX_METHODS:
                found.append(f"{name}: {_length(node)} lines, {methods} methods")
            continue
        every = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
        arguments = len([one for one in every if one.arg not in {"self", "cls"}])
        if _length(node) > MAX_FUNCTION or arguments > MAX_ARGUMENTS:
            found.append(f"{name}: {_length(node)} lines, {arguments} arguments")
    assert not found


def test_imports_inside_functions_only_where_listed() -> None:
    lazy = {module: found for module, tree in _sources().items() if (found := _lazy_imports(tree))}
    assert not {module: found for module, found in lazy.items() if module not in LAZY}
    assert not LAZY - set(lazy), "listed in [tool.imc] lazy_imports, but no longer true"


def test_packages_are_empty_at_their_top() -> None:
    """imc_desktop says its version; everything else in an __init__ would be imported by everyone."""
    for module, tree in _sources().items():
        if module.endswith(".__init__"):
            names = _names_of(module)
            assert names <= ({"__version__"} if module == "imc_desktop.__init__" else set()), module
            assert not list(_imported(tree)), module


def test_no_module_is_called_like_one_of_the_standard_library() -> None:
    assert not [module for module in _sources() if module.rpartition(".")[2] in sys.stdlib_module_names - {"__main__"}]


@pytest.mark.parametrize("target", sorted(targets()))
def test_names_written_as_text_resolve(target: str) -> None:
    module, _, name = target.partition(":")
    assert module in _sources(), f"{targets()[target]} names a module that does not exist"
    assert name in _names_of(module), f"{targets()[target]} names something that {module} does not have"


def test_every_tab_has_its_module_icon_and_tables() -> None:
    tables = {cls.__tablename__ for cls in journalled()}
    assert len({spec.key for spec in PAGES}) == len(PAGES)
    for spec in PAGES:
        assert spec.target in targets()
        assert (ROOT / "resources" / "icons" / "outline" / f"{spec.icon}.svg").is_file(), spec.icon
        assert resolve(spec.target).watches <= tables, spec.key


def test_every_command_has_its_function() -> None:
    assert set(COMMANDS.values()) <= set(targets())


def test_every_paper_has_golden_and_sample_and_can_be_printed() -> None:
    golden = {path.stem for path in (ROOT / "tests" / "golden").glob("*.txt")}
    papers = {kind.name for kind in PAPERS}
    assert golden == papers
    assert {kind.name for kind in PRINTED} == papers
    assert all(isinstance(kind.sample(), kind.content) for kind in PAPERS)


def test_the_repository_stands_alone() -> None:
    """No path of the machine it was made on, no address of a package index."""
    found = []
    for path in _repository_files():
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        text = data.decode("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in FOREIGN_PLACES.finditer(text)]
    assert not found


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME"]) + r")\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _repository_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not found
