#!/usr/bin/env python3
"""Who may include whom: architecture.md and the DEPS of each folder's CMakeLists.txt.

usage: check_layers.py ROOT
"""

import re
import sys
from pathlib import Path

import lint

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
ANTLR = re.compile(r"antlr4|SodLexer|SodParser")
ANTLR_FOLDER = "compiler/parse/antlr"

# Headers that state what passes between two phases; their folder is not thereby visible.
# Each is checked to include nothing but what its reader may see.
HANDED_OVER = {
    "compiler/load/program.h": {"compiler/sema"},
    "compiler/lower/image.h": {"compiler/emit"},
}
# Never, whatever CMake says.
FORBIDDEN = [
    ("compiler/sema", "compiler/parse"),
    ("compiler/lower", "compiler/ast"),
    ("compiler/emit", "compiler/model"),
]
STANDARD_HEADER = re.compile(r"^[a-z_0-9]+$")
# Standard library of C++ and nothing of the system's: what a name without a dot can be.
RUNTIME_MAY = {
    "runtime/format": ["runtime/format/"],
    "runtime/include": ["sod/"],
    "runtime/core": ["runtime/format/", "runtime/core/", "sod/"],
    "runtime/histories": ["runtime/format/", "runtime/core/", "runtime/histories/", "sod/"],
    "runtime/processes": ["runtime/format/", "runtime/core/", "runtime/processes/", "sod/"],
    "runtime/requirements": ["runtime/format/", "runtime/core/", "runtime/requirements/", "sod/"],
    "runtime/session": ["runtime/format/", "runtime/core/", "runtime/session/", "sod/"],
    "runtime/documents": ["runtime/format/", "runtime/core/", "runtime/documents/", "sod/", "fmt/"],
}


def includes_of(path):
    text = lint.read(path)
    return [(text.count("\n", 0, m.start()) + 1, m.group(1), m.group(2)) for m in INCLUDE.finditer(text)]


def declared_dependencies(root):
    """compiler/<folder> → folders named in DEPS."""
    dependencies = {}
    for cmake in lint.project_files(root, ["CMakeLists.txt"], "compiler"):
        folder = lint.relative(root, cmake.parent)
        call = re.search(r"sodc_library\(([^)]*)\)", lint.read(cmake))
        if not call:
            continue
        words = call.group(1).split()
        own = words[words.index("NAME") + 1]
        deps = []
        if "DEPS" in words:
            for word in words[words.index("DEPS") + 1:]:
                if word.isupper():
                    break
                deps.append(word)
        dependencies[own] = (folder, deps)
    return dependencies


def find_cycle(dependencies):
    """One cycle as a list of names, or nothing."""
    state = {}

    def visit(name, trail):
        if state.get(name) == "done" or name not in dependencies:
            return None
        if name in trail:
            return trail[trail.index(name):] + [name]
        for dep in dependencies[name][1]:
            cycle = visit(dep, trail + [name])
            if cycle:
                return cycle
        state[name] = "done"
        return None

    for name in dependencies:
        cycle = visit(name, [])
        if cycle:
            return cycle
    return None


def folder_of(path):
    """compiler/parse/antlr/x.h → compiler/parse/antlr, compiler/sema/x.h → compiler/sema."""
    return path.rsplit("/", 1)[0]


def check_compiler(root, dependencies, problems):
    allowed = {folder: {dependencies[d][0] for d in deps if d in dependencies} | {folder}
               for folder, deps in dependencies.values()}
    count = 0
    for path in lint.project_files(root, [".h", ".cpp", ".def"], "compiler"):
        name = lint.relative(root, path)
        count += 1
        for line, _, included in includes_of(path):
            where = f"{name}:{line}: includes {included}"
            if ANTLR.search(included) and not name.startswith(ANTLR_FOLDER):
                problems.append(f"{where}; ANTLR is included in {ANTLR_FOLDER} alone")
            check_compiler_include(name, included, where, allowed, problems)
    return count


def check_compiler_include(name, included, where, allowed, problems):
    folder = folder_of(name)
    is_driver = folder == "compiler/driver"
    if included.startswith("compiler/"):
        other = folder_of(included)
        for reader, hidden in FORBIDDEN:
            if folder == reader and other.startswith(hidden):
                problems.append(f"{where}; {reader} never sees {hidden}")
                return
        is_handed = folder in HANDED_OVER.get(included, set())
        if not is_driver and not is_handed and other not in allowed.get(folder, set()):
            problems.append(f"{where}; {other} is not among the DEPS of {folder}")
        return
    # The tests of a policy ask its table, as a command does.
    if included.startswith("sod/") and not is_driver and folder != "compiler/policy_tests":
        problems.append(f"{where}; only commands see the runtime's face")
    if included.startswith("runtime/") and not included.startswith("runtime/format/"):
        problems.append(f"{where}; the compiler meets the runtime at runtime/format")


def check_handed_over(root, dependencies, problems):
    """A header handed over may itself include only what its reader may include."""
    folders = dict(dependencies.values())
    by_folder = {folder: name for name, (folder, _) in dependencies.items()}
    for header, readers in HANDED_OVER.items():
        if not (Path(root) / header).exists():
            continue
        for reader in readers:
            seen = {dependencies[d][0] for d in folders.get(reader, []) if d in dependencies}
            for line, _, included in includes_of(Path(root) / header):
                if included.startswith("compiler/") and folder_of(included) not in seen | {reader}:
                    problems.append(f"{header}:{line}: includes {included}, which {by_folder.get(reader, reader)} may not see")


def check_runtime(root, problems):
    count = 0
    for path in lint.project_files(root, [".h", ".cpp", ".def"], "runtime"):
        name = lint.relative(root, path)
        count += 1
        may = next((m for folder, m in RUNTIME_MAY.items() if name.startswith(folder + "/")), None)
        if may is None:
            problems.append(f"{name}: a folder of the runtime without an include rule")
            continue
        for line, bracket, included in includes_of(path):
            is_standard = bracket == "<" and STANDARD_HEADER.match(included)
            if not is_standard and not included.startswith(tuple(may)):
                problems.append(f"{name}:{line}: includes {included}; it may see the standard library and {', '.join(may)}")
    return count


def check_oracle(root, problems):
    """The judge knows nothing of the product: standard headers and its own folder."""
    folder = Path(root) / "tests/oracle/world"
    count = 0
    for path in lint.project_files(root, [".h", ".cpp"], "tests/oracle/world"):
        count += 1
        for line, bracket, included in includes_of(path):
            is_standard = bracket == "<" and STANDARD_HEADER.match(included)
            if not is_standard and ("/" in included or not (folder / included).exists()):
                problems.append(f"{lint.relative(root, path)}:{line}: includes {included}; the judge sees only its own folder")
    return count


def check(root):
    problems = []
    dependencies = declared_dependencies(root)
    cycle = find_cycle(dependencies)
    if cycle:
        problems.append("the folders depend on each other in a circle: " + " -> ".join(cycle))
    count = check_compiler(root, dependencies, problems)
    check_handed_over(root, dependencies, problems)
    count += check_runtime(root, problems) + check_oracle(root, problems)
    return problems, count


if __name__ == "__main__":
    found, files = check(sys.argv[1])
    lint.finish("layers", found, f"{files} files")
