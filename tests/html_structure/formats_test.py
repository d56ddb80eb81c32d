#!/usr/bin/env python3
"""The other formats of the same documents, read by programs that know nothing of ours.

JSON fits its schema; CSV is read by Python's own reader, strictly, with rows as wide as their heads and no cell that a
spreadsheet would run; Markdown tables have the cells of JSON, row by row; printing twice gives the same bytes.

usage: formats_test.py SODC ROOT
"""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import html_structure_test as pages

FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def render(sodc, policy, arguments, kind):
    command = [sodc, "matrix", str(policy), *arguments, "--format", kind, "--as-of", "2026-03-17"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.decode()[:400]}")
    return done.stdout


def blocks_of(blocks, kind):
    for block in blocks:
        if block["type"] == "section":
            yield from blocks_of(block["blocks"], kind)
        elif block["type"] == kind:
            yield block


def check_json(text, root):
    tool, schema = root / "tests/tools/check_json.py", root / "docs/schema/sod.matrix-1.schema.json"
    done = subprocess.run([sys.executable, "-B", str(tool), str(schema)], input=text, capture_output=True, check=False)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).decode().splitlines()[:10]


def check_csv(text, tables, legends):
    """A title row, the head, the rows, an empty line; the legends likewise; then what the document is."""
    problems = []
    if not text.endswith(b"\r\n"):
        problems.append("CSV does not end with CR LF")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8"), newline=""), strict=True))
    at = 0
    for table in tables:
        width = len(table["columns"])
        part = rows[at:at + 2 + len(table["rows"])]
        at += len(part) + 1
        if len(part[0]) != 1 or any(len(row) != width for row in part[1:]):
            problems.append(f"CSV table {part[0]} does not have {width} cells in each row")
    for legend in legends:
        part = rows[at:at + 2 + len(legend["entries"])]
        at += len(part) + 1
        meanings = [entry.get("definition", "") for entry in legend["entries"]]
        if part[:2] != [[legend["title"]], ["Mark", "Meaning"]] or [row[1:] for row in part[2:]] != [[text] for text in meanings]:
            problems.append(f"CSV legend {legend['title']} is {part}")
    if rows[at:at + 1] != [["About this document"]]:
        problems.append(f"CSV has {rows[at:at + 1]} behind its tables")
    problems += [f"CSV cell {cell!r} is a formula" for row in rows for cell in row if FORMULA.match(cell)]
    return problems


def check_markdown(text, tables):
    """Pipes that are not escaped are borders: as many as the columns ask for."""
    lines = [line for line in text.decode("utf-8").splitlines() if line.startswith("|")]
    wanted = [len(table["columns"]) for table in tables if table["rows"] for _ in range(len(table["rows"]) + 2)]
    found = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1 for line in lines]
    return [] if found == wanted else [f"Markdown tables have rows of {found}, not {wanted} cells"]


def check(sodc, policy, arguments, root):
    text = {kind: render(sodc, policy, arguments, kind) for kind in ("json", "csv", "md", "html")}
    problems = [f"{kind} differs when printed again" for kind in text if render(sodc, policy, arguments, kind) != text[kind]]
    blocks = json.loads(text["json"])["blocks"]
    tables, legends = list(blocks_of(blocks, "table")), list(blocks_of(blocks, "legend"))
    problems += check_json(text["json"], root) + check_csv(text["csv"], tables, legends) + check_markdown(text["md"], tables)
    # A wide matrix stands in parts, each with the caption of the whole.
    heads = len(re.findall(rb"<caption", text["html"])) - len(re.findall(rb"\(part (?!1 )\d+ of", text["html"]))
    if heads != sum(1 for table in tables if table["rows"]):
        problems.append(f"HTML has {heads} tables")
    return problems


def main(sodc, root):
    root, count, problems = Path(root), 0, []
    for policy, arguments in pages.jobs(root):
        count += 1
        problems += [f"{policy.name} {' '.join(arguments)}: {p}" for p in check(sodc, policy, arguments, root)]
    for line in problems:
        print(line)
    print(f"formats: {count} documents, {len(problems)} problem(s)")
    return 1 if problems or count < 4 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
