#!/usr/bin/env python3
"""The registry of diagnostics, the code, the examples and the manual tell of the same codes.

For each line of diagnostics.def: some code reports it; tests/diagnostics/SODnnnn.sod starts with
`// expect: SODnnnn line:column` (and `with --option`, where it is not found otherwise) and gives exactly that diagnostic, at that place, and nothing
else; docs/diagnostics.md has a section with its code and name. Kinds without an example stand
with their reason in diagnostics.exempt, a list that may only become shorter.

usage: check_diagnostics.py ROOT [SODC]      without SODC the examples are not run
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import lint

ENTRY = re.compile(r"^SODC_DIAG\(\s*(\d+)\s*,\s*(\w+)\s*,\s*(\w+)\s*,", re.MULTILINE)
EXPECT = re.compile(r"//\s*expect:\s*(SOD\d{4})(?:\s+(?:(\S+):)?(\d+):(\d+))?(?:\s+with\s+(--[\w=-]+))?\s*$")
USE = re.compile(r"\bDiagKind::(\w+)")
HEADING = re.compile(r"^#+\s+.*?\b(SOD\d{4})\b\W*(\w+)?", re.MULTILINE)
EXAMPLES = "tests/diagnostics"
# The most exemptions there may be; lower it when one goes.
EXEMPTIONS_AT_MOST = 11


def registry(root):
    entries = ENTRY.findall(lint.read(Path(root) / "compiler/diag/diagnostics.def"))
    return {f"SOD{int(number):04d}": (name, level) for number, name, level in entries}, len(entries)


def uses(root):
    names = set()
    for path in lint.project_files(root, [".cpp", ".h"], "compiler"):
        names.update(USE.findall(lint.blank_out(lint.read(path))))
    return names


def check_uses(root, kinds, problems):
    used = uses(root)
    for code, (name, _) in kinds.items():
        if name not in used:
            problems.append(f"compiler/diag/diagnostics.def: nothing reports {code} {name}")


def check_manual(root, kinds, problems):
    manual = Path(root) / "docs/diagnostics.md"
    if not manual.exists():
        problems.append("docs/diagnostics.md is missing")
        return
    sections = dict(HEADING.findall(lint.read(manual)))
    for code, (name, _) in kinds.items():
        if code not in sections:
            problems.append(f"docs/diagnostics.md: no section about {code} {name}")
        elif sections[code] != name:
            problems.append(f"docs/diagnostics.md: the section about {code} calls it `{sections[code]}`, the registry {name}")
    for code in sections:
        if code not in kinds:
            problems.append(f"docs/diagnostics.md: {code} is no diagnostic")


def expectation(path):
    """(code, file, line, column) and options of the first line, nothing when it has none."""
    first = path.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
    match = EXPECT.match(first)
    if not match:
        return None
    code, name, line, column, option = match.groups()
    return (code, name or path.name, int(line or 0), int(column or 0)), [option] if option else []


def reported(sodc, path, options):
    """What sodc says about a policy, as (code, file, line, column), and its exit code."""
    run = subprocess.run([sodc, "check", "--format", "json", *options, path.name], cwd=path.parent,
                         capture_output=True, timeout=60, check=False)
    for stream in (run.stdout, run.stderr):
        text = stream.decode("utf-8", "replace").strip()
        if text.startswith("{"):
            return [place_of(d) for d in json.loads(text)["diagnostics"]], run.returncode
    return None, run.returncode


# Told wherever something is carried and not judged, also beside what this very thing says wrongly.
CARRIED = "SOD1301"


def place_of(diagnostic):
    """Problems of the whole run stand nowhere: line and column 0."""
    begin = diagnostic.get("begin") or {}
    return diagnostic["code"], diagnostic.get("file"), begin.get("line", 0), begin.get("column", 0)


def check_example(sodc, path, problems):
    name = f"{EXAMPLES}/{path.name}"
    stated = expectation(path)
    if not stated:
        problems.append(f"{name}: the first line is no `// expect: {path.stem} line:column`")
        return
    expected, options = stated
    if expected[0] != path.stem:
        problems.append(f"{name}: expects {expected[0]}")
        return
    if not sodc:
        return
    found, exit_code = reported(sodc, path, options)
    if found is None:
        problems.append(f"{name}: `sodc check --format json` ended with {exit_code} and printed no diagnostics")
    elif [tuple(d) for d in found if d[0] != CARRIED or expected[0] == CARRIED] != [expected]:
        told = ", ".join(f"{d[0]} {d[1]} {d[2]}:{d[3]}" for d in found) or "nothing"
        problems.append(f"{name}: expected {expected[0]} {expected[1]} {expected[2]}:{expected[3]} alone, got {told}")


def check_examples(root, sodc, kinds, problems):
    folder = Path(root) / EXAMPLES
    exemptions = lint.read_exemptions(Path(root) / "tests/lint/diagnostics.exempt")
    if len(exemptions) > EXEMPTIONS_AT_MOST:
        problems.append(f"tests/lint/diagnostics.exempt has {len(exemptions)} lines; {EXEMPTIONS_AT_MOST} are allowed")
    run = 0
    for code, (name, _) in kinds.items():
        path = folder / f"{code}.sod"
        if code in exemptions:
            if path.exists():
                problems.append(f"tests/lint/diagnostics.exempt: {code} has an example now; remove the line")
            if not exemptions[code]:
                problems.append(f"tests/lint/diagnostics.exempt: {code} has no reason")
        elif path.exists():
            check_example(sodc, path, problems)
            run += 1
        else:
            problems.append(f"{EXAMPLES}/{code}.sod is missing: a failing example of {name}")
    for path in sorted(folder.glob("SOD*.sod")):
        if re.fullmatch(r"SOD\d{4}", path.stem) and path.stem not in kinds:
            problems.append(f"{EXAMPLES}/{path.name}: {path.stem} is no diagnostic")
    return run


def check(root, sodc=None):
    problems = []
    kinds, entries = registry(root)
    if len(kinds) != entries:
        problems.append("compiler/diag/diagnostics.def: a number is used twice")
    if len({name for name, _ in kinds.values()}) != entries:
        problems.append("compiler/diag/diagnostics.def: a name is used twice")
    check_uses(root, kinds, problems)
    check_manual(root, kinds, problems)
    run = check_examples(root, sodc, kinds, problems)
    return problems, len(kinds), run


if __name__ == "__main__":
    program = str(Path(sys.argv[2]).resolve()) if len(sys.argv) > 2 else None
    found_problems, kind_count, run_count = check(sys.argv[1], program)
    lint.finish("diagnostics", found_problems, f"{kind_count} kinds, {run_count} examples")
