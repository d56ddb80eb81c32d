#!/usr/bin/env python3
"""The canonical layout: docs/formatting.md shows what sodc fmt does, and sources keep to it.

usage: check_formatting.py SODC ROOT

Every ```sod block of docs/formatting.md is canonical, and what `sodc fmt` makes of the
```sod written block before it, if there is one. Every source of the examples is canonical;
tests/stdlib holds the library to the same.
"""

import re
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"^```sod( written)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def formatted(sodc, text):
    run = subprocess.run([sodc, "fmt", "-"], input=text.encode(), capture_output=True, check=False)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def check_page(sodc, page):
    problems = []
    written = None
    count = 0
    for is_written, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if is_written:
            written = text
            continue
        for source in [text] + ([written] if written is not None else []):
            count += 1
            code, result, errors = formatted(sodc, source)
            if code != 0 or result != text:
                problems.append(f"{page.name}: this block ends with {code} and becomes another:\n{source}--- gives\n{result}{errors}")
        written = None
    if count < 10:
        problems.append(f"{page.name}: only {count} blocks were found")
    return problems


def check_sources(sodc, root):
    sources = sorted(root.glob("examples/**/*.sod"))
    if len(sources) < 4:
        return [f"only {len(sources)} sources were found"]
    run = subprocess.run([sodc, "fmt", "--check", *map(str, sources)], capture_output=True, check=False)
    if run.returncode == 0:
        return []
    return [f"sodc fmt --check ends with {run.returncode}:\n{run.stdout.decode()}{run.stderr.decode()}"
            "run `sodc fmt` on these files, then renew the goldens (tests/examples/README.md)"]


def main():
    sodc, root = sys.argv[1], Path(sys.argv[2])
    problems = check_page(sodc, root / "docs" / "formatting.md") + check_sources(sodc, root)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
