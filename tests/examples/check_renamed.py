#!/usr/bin/env python3
"""What is found in a policy does not depend on what things are called in it.

usage: check_renamed.py SODC EXAMPLES_FOLDER

Every name that a policy with findings.expected declares becomes another one (`n0001` …, in the same byte order, since the ids of
unnamed rules are ordered by it), wherever it stands outside of texts and comments, and in the live values of texts. The policy must
be found the same: code, severity, lines of all places, and message once the names are put back.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

KINDS = ("policy scale member dimension person team external service tool agent system role duty group control conflict plan hire review "
         "document object unit process entitlement framework")
DECLARED = re.compile(r"^[ \t]*(?:" + KINDS.replace(" ", "|") + r")[ \t]+([a-z_][a-z0-9_]*)(?=[ \t]*(?:[\"{=]|position|between|vacant|$))",
                      re.MULTILINE)
# What is no code, and the names in it. A name after a dot is of the library or a property.
PARTS = re.compile(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|//[^\n]*|(?<![.\w])[A-Za-z_][A-Za-z0-9_]*(?![\w.])')
LIVE = re.compile(r"\{\{ *([a-z_][a-z0-9_]*)")


def renaming(text):
    names = sorted(set(DECLARED.findall(text)), key=lambda name: name.encode())
    return {name: f"n{number:04d}" for number, name in enumerate(names)}


def renamed(text, names):
    def part(match):
        token = match.group(0)
        if token.startswith('"'):
            return LIVE.sub(lambda live: live.group(0).replace(live.group(1), names.get(live.group(1), live.group(1))), token)
        return names.get(token, token)
    return PARTS.sub(part, text)


def found(sodc, folder, arguments):
    run = subprocess.run([sodc, "check", *arguments, "--format", "json"], cwd=folder, capture_output=True, text=True, timeout=60,
                         check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"exit {run.returncode}\n{run.stderr}\n{run.stdout}")
    return json.loads(run.stdout)["diagnostics"]


def facts(diagnostic, back):
    message = re.sub(r"\bn\d{4}\b", lambda name: back.get(name.group(0), name.group(0)), diagnostic["message"])
    lines = [diagnostic["begin"]["line"], *[label["begin"]["line"] for label in diagnostic["labels"]]]
    return diagnostic["code"], diagnostic["severity"], message, lines


def main():
    sodc, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    bad = count = 0
    for path in sorted([*root.glob("*/findings.expected"), *root.glob("*/corrected/findings.expected")]):
        line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# check "))
        arguments = line.split()[2:]
        source = path.parent / arguments[0]
        names = renaming(source.read_text(encoding="utf-8"))
        if len(names) < 40:
            print(f"{path.parent.name}: {len(names)} names only")
            bad += 1
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / arguments[0]).write_text(renamed(source.read_text(encoding="utf-8"), names), encoding="utf-8")
            after = found(sodc, folder, arguments)
        before = found(sodc, path.parent, arguments)
        back = {new: old for old, new in names.items()}
        left = sorted(facts(one, {}) for one in before)
        right = sorted(facts(one, back) for one in after)
        for one in left + right:
            if (one in left) != (one in right):
                print(f"{path.parent.relative_to(root)}: {'before' if one in left else 'renamed'}: {one}")
                bad += 1
        count += 1
    print(f"{count} policies, {bad} differ")
    sys.exit(1 if bad or count < 4 else 0)


if __name__ == "__main__":
    main()
