#!/usr/bin/env python3
"""Budgets of files and functions: 500 lines a file, 60 lines a function.

A function that is one flat switch may be longer. Exemptions stand in sizes.exempt, one a
line with its reason, and may only become fewer.

usage: check_sizes.py ROOT
"""

import re
import sys
from pathlib import Path

import lint

FILE_WALL = 500
FUNCTION_WALL = 60
FOLDERS = ["compiler", "runtime", "tests", "examples", "scripts", "cmake", "grammar"]
SOURCES = (".h", ".cpp", ".def", ".py", ".g4", ".cmake", ".sh", "CMakeLists.txt")
# A list of rows is read by its rows.
LISTS = (".def",)

TYPE_HEAD = re.compile(r"\b(namespace|class|struct|enum|union|concept)\b(?![^(]*\))|\bextern\s*$")
FUNCTION_HEAD = re.compile(r"\)\s*(const|noexcept|override|final|mutable|&&?|->[^{;]*|:[^:].*|\s)*$", re.DOTALL)


class Function:
    def __init__(self, name, first, last, body):
        self.name, self.first, self.last, self.body = name, first, last, body

    @property
    def lines(self):
        return self.last - self.first + 1

    def is_flat_switch(self):
        """Dispatch and nothing else: a case at least every fourth line."""
        cases = len(re.findall(r"\b(case|default)\b[^;{]*:", self.body))
        return "switch" in self.body and cases * 4 >= self.lines


def functions_of(text):
    """The functions with a body at namespace or class level, lambdas counted to their function."""
    code = lint.blank_out(text)
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()), code, flags=re.MULTILINE)
    functions = []
    stack = []
    head_start = 0
    parentheses = 0
    for i, c in enumerate(code):
        if c == "(":
            parentheses += 1
        elif c == ")":
            parentheses -= 1
        elif c == "{":
            stack.append(open_scope(code, head_start, i, stack, parentheses))
            head_start = i + 1
        elif c == "}" and stack:
            kind, name, start, depth = stack.pop()
            parentheses = depth
            if kind == "function":
                functions.append(make_function(code, name, start, i))
            head_start = i + 1
        elif c == ";" and parentheses == 0:
            head_start = i + 1
    return functions


def open_scope(code, head_start, brace, stack, parentheses):
    head = code[head_start:brace]
    start = head_start + len(head) - len(head.lstrip())
    in_function = any(scope[0] != "type" for scope in stack)
    if in_function:
        return ("block", "", start, parentheses)
    if parentheses == 0 and FUNCTION_HEAD.search(head) and "(" in head:
        name = re.search(r"([\w:~]+|operator\S+)\s*\(", head)
        return ("function", name.group(1) if name else "?", start, parentheses)
    if TYPE_HEAD.search(head) or not head.strip():
        return ("type", "", start, parentheses)
    return ("block", "", start, parentheses)


def make_function(code, name, start, end):
    first = code.count("\n", 0, start) + 1
    last = code.count("\n", 0, end) + 1
    return Function(name, first, last, code[start:end])


def check(root):
    problems = []
    exemptions = lint.read_exemptions(Path(root) / "tests/lint/sizes.exempt")
    used = set()
    files = 0
    functions = 0
    for folder in FOLDERS:
        if not (Path(root) / folder).exists():
            continue
        for path in lint.project_files(root, SOURCES, folder):
            name = lint.relative(root, path)
            text = lint.read(path)
            files += 1
            found = too_long(name, text) if not name.endswith(LISTS) else []
            if path.suffix in (".h", ".cpp"):
                inside = functions_of(text)
                functions += len(inside)
                found += too_long_functions(name, inside)
            for key, problem in found:
                if key in exemptions:
                    used.add(key)
                else:
                    problems.append(problem)
    for key in exemptions:
        if key not in used:
            problems.append(f"tests/lint/sizes.exempt: `{key}` keeps its budget now; remove the line")
        elif not exemptions[key]:
            problems.append(f"tests/lint/sizes.exempt: `{key}` has no reason")
    return problems, files, functions


def too_long(name, text):
    lines = text.count("\n")
    if lines <= FILE_WALL:
        return []
    return [(name, f"{name}: {lines} lines; the wall is {FILE_WALL}")]


def too_long_functions(name, functions):
    found = []
    for function in functions:
        if function.lines > FUNCTION_WALL and not function.is_flat_switch():
            key = f"{name}:{function.name}"
            found.append((key, f"{name}:{function.first}: {function.name} has {function.lines} lines; the wall is {FUNCTION_WALL}"))
    return found


if __name__ == "__main__":
    found, file_count, function_count = check(sys.argv[1])
    lint.finish("sizes", found, f"{file_count} files, {function_count} functions")
