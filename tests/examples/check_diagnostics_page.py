#!/usr/bin/env python3
"""The examples of docs/diagnostics.md keep their promises: each `Wrong:` gives its code and no
other, each `Right:` compiles with nothing to say, and each page says why.

usage: check_diagnostics_page.py SODC ROOT

`Wrong, in thousands of roles:` shows a part; tests/diagnostics has the whole. A diagnostic
without an example there (tests/lint/diagnostics.exempt) has a page of words alone.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SECTION = re.compile(r"^### (SOD\d{4}) \w+\n(.*?)(?=^#{2,3} |\Z)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^(Wrong|Right)(, [^\n]*)?:\n\n((?:```sod\n.*?^```\n\n?)+)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"```sod\n(.*?)^```", re.MULTILINE | re.DOTALL)
CARRIED = "SOD1301"
OPTION = re.compile(r"with (--[\w=-]+)")


def codes_of(sodc, code, source, options, folder):
    path = Path(folder) / f"{code}.sod"
    path.write_text(source, encoding="utf-8")
    run = subprocess.run([sodc, "check", "--format", "json", *options, path.name], cwd=folder, capture_output=True,
                         timeout=60, check=False)
    if not run.stdout:
        return [f"exit code {run.returncode}"]
    return sorted({d["code"] for d in json.loads(run.stdout)["diagnostics"]})


def options_of(root, code):
    path = root / "tests" / "diagnostics" / f"{code}.sod"
    first = path.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace") if path.exists() else ""
    match = OPTION.search(first)
    return [match.group(1)] if match else []


def exempt_codes(root):
    text = (root / "tests" / "lint" / "diagnostics.exempt").read_text(encoding="utf-8")
    return set(re.findall(r"^SOD\d{4}", text, re.MULTILINE))


def check_section(sodc, root, code, body, folder):
    examples = {kind: [] if part else BLOCK.findall(blocks) for kind, part, blocks in EXAMPLE.findall(body)}
    problems = [f"{code}: no example `{kind}:`" for kind in ("Wrong", "Right") if kind not in examples]
    options = options_of(root, code)
    for kind, expected in (("Wrong", [code]), ("Right", [])):
        for source in examples.get(kind, []):
            found = codes_of(sodc, code, source, options, folder)
            if code != CARRIED and CARRIED in found:  # right, and not judged by this version
                found.remove(CARRIED)
            if found != expected:
                problems.append(f"{code} {kind}: expected {expected or 'nothing'}, got {found or 'nothing'}")
    rest = EXAMPLE.sub("", body)
    if len([p for p in rest.split("\n\n") if p.strip()]) < 2:
        problems.append(f"{code}: says what it is, but not why")
    return problems


def main():
    sodc, root = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2])
    sections = SECTION.findall((root / "docs" / "diagnostics.md").read_text(encoding="utf-8"))
    without = exempt_codes(root) | {"SOD0003", "SOD0004"}  # bytes that are no text
    problems = []
    checked = 0
    with tempfile.TemporaryDirectory() as folder:
        imported = root / "tests" / "diagnostics" / "a_policy.sod"  # by the example of SOD0304
        (Path(folder) / imported.name).write_bytes(imported.read_bytes())
        for code, body in sections:
            if code in without:
                continue
            problems += check_section(sodc, root, code, body, folder)
            checked += 1
    for problem in problems:
        print(problem)
    print(f"{checked} pages with examples, {len(problems)} problems")
    sys.exit(1 if problems or checked < 60 else 0)


if __name__ == "__main__":
    main()
