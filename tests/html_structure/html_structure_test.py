#!/usr/bin/env python3
"""Prints every view and document of the examples, and of names that try to break out, and checks the HTML.

Without a program it tests the checker itself: each of the faults below must be found in a page that is fine.

usage: html_structure_test.py (--self | SODC ROOT)
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import check_html

GOOD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Matrix</title>
<style>thead { display: table-header-group; } tr { break-inside: avoid; } @media print { p { color: #000; } }
@page { @bottom-left { content: "x"; } @bottom-right { content: "Page " counter(page) " of " counter(pages); } }</style>
</head>
<body>
<header><h1>Matrix</h1></header>
<main>
<h2>Part</h2>
<section class="sheet" tabindex="0" aria-labelledby="table-1">
<table>
<caption id="table-1">Roles</caption>
<thead><tr><th scope="col">Function</th><th scope="col">Admin</th></tr></thead>
<tbody><tr><th scope="row">Pay</th><td class="good"><span aria-hidden="true">✅</span> Allowed</td></tr></tbody>
</table>
</section>
</main>
</body>
</html>
"""

# what is replaced, by what: one fault each
FAULTS = [
    ('<!DOCTYPE html>\n', ''), (' lang="en"', ''), ('<title>Matrix</title>', '<title></title>'),
    ("default-src 'none'", "default-src *"), ('<meta charset="utf-8">\n', ''),
    ('<h2>Part</h2>', '<h3>Part</h3>'), ('<h2>Part</h2>', '<h2></h2>'), ('<h2>Part</h2>', '<h1>Part</h1>'),
    ('<caption id="table-1">Roles</caption>\n', ''), ('>Roles</caption>', '></caption>'),
    ('<th scope="col">Admin</th>', '<th>Admin</th>'), ('<th scope="col">Admin</th>', '<td>Admin</td>'),
    ('<th scope="col">Admin</th>', '<th scope="col"></th>'), ('<th scope="row">Pay</th>', '<td>Pay</td>'),
    ('<th scope="row">Pay</th>', ''), ('</span> Allowed', '</span>'), ('<span aria-hidden="true">✅</span> Allowed', ''),
    ('<h2>Part</h2>', '<p>one<p>two</p>'), ('</section>\n', ''), ('</td></tr>', '</tr></td>'),
    ('<h2>Part</h2>', '<h2>Part</h2><script>1</script>'), ('<h2>Part</h2>', '<h2 onclick="x">Part</h2>'),
    ('<h2>Part</h2>', '<h2>Part</h2><img src="https://x.example/">'), ('<h2>Part</h2>', '<h2 style="color:red">Part</h2>'),
    ('<h2>Part</h2>', '<h2>Part</h2><!-- x -->'), ('p { color', 'p { background: url(x); color'),
    ('aria-labelledby="table-1"', 'aria-labelledby="table-2"'), ('tabindex="0"', 'tabindex="3"'),
    ('display: table-header-group', 'display: block'), ('break-inside: avoid', 'color: red'),
    ('counter(page)', ''), ('@media print', '@media screen'), ('<thead>', '<thead hidden="">'),
]


def test_checker():
    missed = []
    if problems := check_html.check(GOOD):
        missed.append(f"the good page has problems: {problems}")
    for old, new in FAULTS:
        page = GOOD.replace(old, new, 1)
        if page == GOOD or not check_html.check(page):
            missed.append(f"not found: {old!r} → {new!r}")
    for line in missed:
        print(line)
    print(f"html structure: {len(FAULTS)} faults, {len(missed)} missed")
    return 1 if missed else 0


def render(sodc, policy, arguments, folder, count):
    path = Path(folder) / f"{policy.stem}-{count}.html"
    command = [sodc, "matrix", str(policy), *arguments, "--format", "html", "--as-of", "2026-03-17", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        return None, f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()[:400]}"
    return path, None


def documents_of(policy):
    words = [line.split() for line in policy.read_text(encoding="utf-8").splitlines()]
    return [w[1] for w in words if len(w) > 1 and w[0] == "document"]


def is_policy(source):
    """As opposed to the modules that a policy imports."""
    return any(line.startswith("policy ") for line in source.read_text(encoding="utf-8").splitlines())


def jobs(root):
    """Every view and document of the examples and of the hostile policy: (policy, arguments of matrix)."""
    examples = [source for source in sorted(Path(root, "examples").glob("*/*.sod")) if is_policy(source)]
    for policy in examples + [Path(root, "tests/html_structure/hostile.sod")]:
        for view in ("pairs", "roles", "people"):
            yield policy, ["--view", view]
        for name in documents_of(policy):
            yield policy, ["--document", name]


def test_pages(sodc, root):
    count, problems = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for policy, arguments in jobs(root):
            count += 1
            path, failure = render(sodc, policy, arguments, folder, count)
            found = [failure] if failure else check_html.check(path.read_text(encoding="utf-8"))
            problems += [f"{policy.name} {' '.join(arguments)}: {p}" for p in found]
    for line in problems:
        print(line)
    print(f"html structure: {count} pages, {len(problems)} problem(s)")
    return 1 if problems or count < 4 else 0


if __name__ == "__main__":
    sys.exit(test_checker() if sys.argv[1:] == ["--self"] else test_pages(*sys.argv[1:]))
