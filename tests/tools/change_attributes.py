#!/usr/bin/env python3
"""Changes one attribute of a policy after the other and demands that exactly the fields of
`sodc dump --format json` change that stand for it (rulings ACC-2).

usage: change_attributes.py SODC POLICY EDITS

EDITS holds lines `old text => new text : Section.field[, Section.field…]`; old and new are of
equal length, so that no place changes, and old occurs once. A field is a path without row
numbers: Rules.sides.elements.level. What every edit changes is left out: digests.
"""

import json
import os
import subprocess
import sys
import tempfile

ALWAYS = {"Sources.sha256"}


def leaves(value, path=(), places=()):
    """{(path without row numbers, row numbers): value}"""
    if isinstance(value, dict):
        found = {}
        for key, item in value.items():
            found.update(leaves(item, path + (key,), places))
        return found
    if isinstance(value, list):
        found = {(".".join(path) + "#", places): len(value)}
        for index, item in enumerate(value):
            found.update(leaves(item, path, places + (index,)))
        return found
    return {(".".join(path), places): value}


def dump(sodc, text):
    with tempfile.TemporaryDirectory() as folder:
        source, table = os.path.join(folder, "policy.sod"), os.path.join(folder, "policy.sodt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        built = subprocess.run([sodc, "build", source, "-o", table], capture_output=True, text=True)
        if built.returncode != 0:
            return None, built.stderr
        shown = subprocess.run([sodc, "dump", table, "--format", "json"], capture_output=True, text=True, check=True)
        return leaves(json.loads(shown.stdout)["sections"]), ""


def edits(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                change, _, fields = line.rpartition(" : ")
                old, _, new = change.partition(" => ")
                yield old, new, {field.strip() for field in fields.split(",")}


def main():
    sodc, policy, edit_file = sys.argv[1:4]
    with open(policy, encoding="utf-8") as file:
        text = file.read()
    base, said = dump(sodc, text)
    if base is None:
        sys.exit(said)
    problems = []
    count = 0
    for old, new, expected in edits(edit_file):
        count += 1
        if text.count(old) != 1 or len(old) != len(new):
            problems.append(f"{old}: occurs {text.count(old)} times, {len(old)} and {len(new)} characters")
            continue
        changed, said = dump(sodc, text.replace(old, new))
        if changed is None:
            problems.append(f"{old} => {new}: does not compile\n{said}")
            continue
        keys = set(base) | set(changed)
        fields = {key[0] for key in keys if base.get(key) != changed.get(key)} - ALWAYS
        if fields != expected:
            problems.append(f"{old} => {new} : {', '.join(sorted(fields))}")
    for problem in problems:
        print(problem)
    print(f"{count - len(problems)} of {count} changes are seen where they belong")
    sys.exit(1 if problems or count == 0 else 0)


if __name__ == "__main__":
    main()
