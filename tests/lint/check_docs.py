#!/usr/bin/env python3
"""Documents that hold: links lead somewhere, no paths of one machine, measured numbers
stand beside the command that gives them, unit tests that are named exist.

usage: check_docs.py ROOT
"""

import re
import sys
from pathlib import Path

import lint

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)[^)\n]*\)")
IMAGE = re.compile(r"!\[[^\]\n]*\]\(([^)\s]+)[^)\n]*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
NAMED_TEST = re.compile(r"\[(\w+)\.(\w+)\]\(([^)\s]+_test\.cpp)\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$", re.MULTILINE)
# Folders of one machine: home folders and mounted work folders with something below them.
MACHINE_PATH = re.compile(r"(?<![\w./<*])/(?:home|Users|root|work|mnt)/[A-Za-z]")
MEASURED = re.compile(r"\bmeasured\b", re.IGNORECASE)
NUMBER = re.compile(r"\d")
TEXTS = (".md", ".py", ".sh", ".cmake", ".txt", ".h", ".cpp", ".def", ".g4", ".sod", ".test", ".json", ".yml", ".yaml", ".in", ".cfg")
PLAIN_SCRIPTS = ["scripts/quickstart", "scripts/test", "scripts/setup", ".ci/run"]


def anchor_of(heading):
    """As the common renderers make it: lower case, punctuation dropped, blanks to hyphens."""
    text = re.sub(r"`|\*|\[([^\]]*)\]\([^)]*\)", lambda m: m.group(1) or "", heading).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def anchors_of(path):
    seen = {}
    anchors = set()
    for heading in HEADING.findall(FENCE.sub("", lint.read(path))):
        anchor = anchor_of(heading)
        anchors.add(anchor if anchor not in seen else f"{anchor}-{seen[anchor]}")
        seen[anchor] = seen.get(anchor, 0) + 1
    return anchors


def check_link(root, page, target, problems):
    name = lint.relative(root, page)
    if re.match(r"[a-z]+:", target):
        return
    path, _, anchor = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    if not there.exists():
        problems.append(f"{name}: the link to {target} leads nowhere")
    elif anchor and there.suffix == ".md" and anchor not in anchors_of(there):
        problems.append(f"{name}: {target} names no heading of that page")


def check_test_names(root, page, problems):
    """`[Suite.Name](…_test.cpp)` names a test of that file."""
    for suite, test, target in NAMED_TEST.findall(lint.read(page)):
        there = page.parent / target
        if there.exists() and not re.search(rf"TEST(_F|_P)?\({suite}, {test}\)", lint.read(there)):
            problems.append(f"{lint.relative(root, page)}: {target} has no test {suite}.{test}")


def check_links(root, page, problems):
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", lint.read(page)))
    targets = LINK.findall(text) + IMAGE.findall(text)
    for target in targets:
        check_link(root, page, target, problems)
    return len(targets)


def check_numbers(root, page, problems):
    """A paragraph that says what was measured also says, in backticks or a block, with what."""
    text = lint.read(page)
    sections = re.split(r"^(?=#{1,6}\s)", FENCE.sub(lambda m: "`" + m.group().replace("\n", " ") + "`", text), flags=re.MULTILINE)
    for section in sections:
        for paragraph in section.split("\n\n"):
            if MEASURED.search(paragraph) and NUMBER.search(paragraph) and "`" not in section:
                problems.append(f"{lint.relative(root, page)}: measured numbers without their command: {paragraph.strip()[:60]}")


def check_paths(root, problems):
    files = lint.project_files(root, TEXTS) + [Path(root) / s for s in PLAIN_SCRIPTS if (Path(root) / s).exists()]
    own = Path(__file__).resolve().parent
    for path in files:
        if path.resolve().parent == own:
            continue
        try:
            text = lint.read(path)
        except UnicodeDecodeError:
            continue
        for match in MACHINE_PATH.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            problems.append(f"{lint.relative(root, path)}:{line}: a path of one machine: {match.group()}…")
    return len(files)


def check(root):
    problems = []
    pages = lint.project_files(root, [".md"])
    links = 0
    for page in pages:
        links += check_links(root, page, problems)
        check_test_names(root, page, problems)
        check_numbers(root, page, problems)
    files = check_paths(root, problems)
    return problems, len(pages), links, files


if __name__ == "__main__":
    found, page_count, link_count, file_count = check(sys.argv[1])
    lint.finish("docs", found, f"{page_count} pages, {link_count} links, {file_count} texts")
