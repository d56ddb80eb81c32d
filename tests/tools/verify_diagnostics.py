#!/usr/bin/env python3
"""Compares the diagnostics of a policy with the comments that expect them.

usage: verify_diagnostics.py SODC FILE

  duty b "B"   // expect-error [NameDeclaredTwice] declared twice
  // expect-warning@+1 [DocCommentOrphaned]

A comment speaks of its own line, @+1 of the next one, @-1 of the one before. The
words must occur in the message. Missing and surplus diagnostics fail.
"""

import json
import os
import re
import subprocess
import sys

EXPECTED = re.compile(r"//\s*expect-(error|warning|note)(?:@([+-]\d+))?\s+\[(\w+)\]\s*(.*?)\s*$")


def expectations(path):
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            for part in line.rstrip("\r\n").split("//")[1:]:
                match = EXPECTED.search("//" + part)
                if match:
                    severity, offset, name, words = match.groups()
                    yield {"line": number + int(offset or 0), "severity": severity, "name": name, "words": words}


def diagnostics(sodc, path):
    run = subprocess.run([sodc, "check", "--format", "json", path], capture_output=True, text=True)
    if not run.stdout:
        sys.exit(f"sodc check printed nothing and ended with {run.returncode}\n{run.stderr}")
    for found in json.loads(run.stdout)["diagnostics"]:
        yield {"file": found.get("file", ""), "line": found.get("begin", {}).get("line", 0),
               "severity": found["severity"], "name": found["name"], "message": found["message"]}


def fits(expected, found, file):
    return (found["file"] == file and found["line"] == expected["line"] and found["severity"] == expected["severity"]
            and found["name"] == expected["name"] and expected["words"] in found["message"])


def main():
    sodc, path = sys.argv[1:3]
    file = os.path.basename(path)
    found = list(diagnostics(sodc, path))
    problems = []
    for expected in expectations(path):
        match = next((d for d in found if fits(expected, d, file)), None)
        if match:
            found.remove(match)
        else:
            problems.append(f"{file}:{expected['line']}: expected {expected['severity']} [{expected['name']}] {expected['words']}")
    for surplus in found:
        problems.append(f"{surplus['file']}:{surplus['line']}: not expected: {surplus['severity']} "
                        f"[{surplus['name']}] {surplus['message']}")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
