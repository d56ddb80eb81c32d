#!/usr/bin/env python3
"""Rules of docs/style.md that a machine can see in C++ files.

Guards named after the path, a comment at the head of each file (or of the header of its name; a unit test is named after its subject), no exceptions outside
compiler/parse/antlr, no exit outside main, no tabs, no white space at line ends.

usage: check_style.py ROOT
"""

import re
import sys
from pathlib import Path

import lint

FOLDERS = ["compiler", "runtime", "tests", "examples"]
EXCEPTIONS_ALLOWED = "compiler/parse/antlr/"
THROWS = re.compile(r"\b(throw|try|catch)\b")
EXITS = re.compile(r"(?<![\w:.>])(?:std::)?_?(?:exit|abort|quick_exit)\s*\(")


def guard_of(name):
    """compiler/sema/check.h → SODC_SEMA_CHECK_H_; the runtime's are SOD_…"""
    if name.startswith("runtime/include/sod/"):
        path = "SOD/" + name.removeprefix("runtime/include/sod/")
    elif name.startswith("runtime/"):
        path = "SOD/" + name.removeprefix("runtime/")
    else:
        path = "SODC/" + name.removeprefix("compiler/")
    return re.sub(r"[^A-Z0-9]", "_", path.upper()) + "_"


def check_guard(name, text, problems):
    guard = guard_of(name)
    # Tests of the runtime alone may say so.
    accepted = [guard, guard.replace("SODC_", "SOD_", 1)] if name.startswith("tests/") else [guard]
    if not any(f"#ifndef {g}\n#define {g}\n" in text for g in accepted):
        problems.append(f"{name}: the guard is not {guard}")


def check_file(path, name, text, problems):
    # A file of definitions may leave its comment to the header of the same name.
    speaks_elsewhere = path.suffix == ".cpp" and path.with_suffix(".h").exists()
    has_head = text.startswith(("//", "/*")) or speaks_elsewhere or name.endswith("_test.cpp")
    if not has_head:
        problems.append(f"{name}:1: a file starts with a comment that says what it is for")
    code = lint.blank_out(text)
    for number, line in enumerate(code.splitlines(), 1):
        if THROWS.search(line) and not name.startswith(EXCEPTIONS_ALLOWED):
            problems.append(f"{name}:{number}: exceptions stay inside {EXCEPTIONS_ALLOWED}")
        if EXITS.search(line):
            problems.append(f"{name}:{number}: ends the process; only main returns")
    for number, line in enumerate(text.splitlines(), 1):
        if line != line.rstrip() or "\t" in line:
            problems.append(f"{name}:{number}: a tab, or white space at the end of the line")


def check(root):
    problems = []
    count = 0
    for folder in FOLDERS:
        if not (Path(root) / folder).exists():
            continue
        for path in lint.project_files(root, [".h", ".cpp"], folder):
            name = lint.relative(root, path)
            text = lint.read(path)
            count += 1
            check_file(path, name, text, problems)
            if path.suffix == ".h":
                check_guard(name, text, problems)
    return problems, count


if __name__ == "__main__":
    found, files = check(sys.argv[1])
    lint.finish("style", found, f"{files} files")
