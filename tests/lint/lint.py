"""What the lint checks share: the project's files, and reporting."""

import os
import sys
from pathlib import Path

SKIPPED_FOLDERS = {".git", ".cache", "__pycache__", "generated"}


def project_files(root, suffixes, under="."):
    """All files below root/under with one of the suffixes, in sorted order, build trees left out."""
    found = []
    for folder, folders, files in os.walk(Path(root) / under):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS and not f.startswith("build"))
        for name in sorted(files):
            if name.endswith(tuple(suffixes)):
                found.append(Path(folder) / name)
    return found


def relative(root, path):
    return Path(path).resolve().relative_to(Path(root).resolve()).as_posix()


def read(path):
    return Path(path).read_text(encoding="utf-8")


def blank_out(text):
    """C++ text with comments, strings and character literals replaced by blanks; lines stay."""
    out = []
    i = 0
    while i < len(text):
        if text.startswith("//", i):
            end = text.find("\n", i)
            end = len(text) if end < 0 else end
        elif text.startswith("/*", i):
            end = text.find("*/", i)
            end = len(text) if end < 0 else end + 2
        elif text.startswith('R"', i):
            open_bracket = text.index("(", i)
            closing = ")" + text[i + 2:open_bracket] + '"'
            end = text.index(closing, i) + len(closing)
        elif text[i] == '"' or (text[i] == "'" and not text[i - 1:i].isalnum()):
            end = end_of_literal(text, i)
        else:
            out.append(text[i])
            i += 1
            continue
        out.append("".join(c if c == "\n" else " " for c in text[i:end]))
        i = end
    return "".join(out)


def end_of_literal(text, start):
    quote = text[start]
    i = start + 1
    while i < len(text) and text[i] != quote and text[i] != "\n":
        i += 2 if text[i] == "\\" else 1
    return min(i + 1, len(text))


def read_exemptions(path):
    """Lines `name  reason`; a missing file is an empty list."""
    exemptions = {}
    if not Path(path).exists():
        return exemptions
    for line in read(path).splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.partition(" ")
            exemptions[name] = reason.strip()
    return exemptions


def finish(title, problems, counted):
    for problem in problems:
        print(problem)
    print(f"{title}: {counted}, {len(problems)} problem(s)")
    sys.exit(1 if problems else 0)
