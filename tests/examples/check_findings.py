#!/usr/bin/env python3
"""Compares what `sodc check` finds in the two published policies, and in their corrected twins, with findings.expected.

usage: check_findings.py SODC EXAMPLES_FOLDER [--update]

examples/<name>/findings.expected: `# check FILE --as-of DAY`, then a line for each finding, fields with tabs between them: the rows
of the published matrix's findings that it is (X-1 …; `-` for one that is ours), code, severity, place, message, further places.
`# absent X-n: …` says why a row is not found. A finding without a line fails, and so does a row without a finding. `--update` keeps
the marks of lines whose code and message stay; new lines are marked `?`, which fails until somebody has read them.
"""
import json
import pathlib
import re
import subprocess
import sys

# Which findings a correct checker owes to which policy. X-7 is help of X-1.
ROWS = {"mactech": {1, 2, 3, 4, 5, 6, 7, 16, 17}, "h33": {8, 9, 10, 11, 12, 13, 14, 15}}
# Rows that are several findings by what they say: lists, pairs, statements.
SEVERAL = {1, 3, 5, 10, 12}


def check(sodc, folder, arguments):
    run = subprocess.run([sodc, "check", *arguments, "--format", "json"], cwd=folder, capture_output=True, text=True, timeout=60,
                         check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{folder}: exit {run.returncode}\n{run.stderr}")
    return json.loads(run.stdout)["diagnostics"], run.returncode


def place(one):
    return f"{one['file']}:{one['begin']['line']}:{one['begin']['column']}"


def fields(diagnostic):
    labels = " ".join(place(label) for label in diagnostic["labels"])
    return [diagnostic["code"], diagnostic["severity"], place(diagnostic), diagnostic["message"], labels]


class Expected:
    def __init__(self, path):
        self.path = path
        self.head, self.lines = [], []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or not line:
                self.head.append(line)
            else:
                self.lines.append(line.split("\t"))
        self.arguments = next(line.split()[2:] for line in self.head if line.startswith("# check "))
        self.absent = {int(n) for n in re.findall(r"^# absent X-(\d+): \S", "\n".join(self.head), re.MULTILINE)}

    def update(self, found):
        marks = {(line[1], line[4]): line[0] for line in self.lines}
        lines = ["\t".join([marks.get((one[0], one[3]), "?"), *one]).rstrip() for one in found]
        self.path.write_text("\n".join([*self.head, *lines]) + "\n", encoding="utf-8")

    def rows(self):
        """How often each row is marked."""
        count = {}
        for line in self.lines:
            for mark in re.findall(r"X-(\d+)", line[0]):
                count[int(mark)] = count.get(int(mark), 0) + 1
        return count


def compare(expected, found):
    problems = []
    lines = [[*line[1:], *[""] * (6 - len(line))] for line in expected.lines]
    for one in found:
        if one not in lines:
            problems.append("no line for: " + "\t".join(one))
    for line in lines:
        if line not in found:
            problems.append("not found: " + "\t".join(line))
        if lines.count(line) > 1:
            problems.append("told twice: " + "\t".join(line))
    return problems


def check_rows(expected, name):
    owed, marked = ROWS.get(name, set()), expected.rows()
    problems = [f"X-{row} is neither marked nor said to be absent" for row in sorted(owed - set(marked) - expected.absent)]
    problems += [f"X-{row} is a finding of another policy" for row in sorted(set(marked) - owed)]
    problems += [f"X-{row} is marked, and said to be absent" for row in sorted(set(marked) & expected.absent)]
    problems += [f"X-{row} stands {n} times" for row, n in sorted(marked.items()) if n > 1 and row not in SEVERAL]
    problems += [f"a line is marked `{line[0]}`" for line in expected.lines if not re.fullmatch(r"-|X-\d+(,X-\d+)*", line[0])]
    return problems


def check_twin(found, code):
    """A corrected policy: nothing but notes."""
    problems = [f"{one[1]} in a corrected policy: {one[3]}" for one in found if one[1] != "note"]
    return problems + ([f"exit {code}"] if code else [])


def main():
    sodc, root, update = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), "--update" in sys.argv
    bad = count = 0
    for path in sorted([*root.glob("*/findings.expected"), *root.glob("*/corrected/findings.expected")]):
        expected = Expected(path)
        diagnostics, code = check(sodc, path.parent, expected.arguments)
        found = [fields(one) for one in diagnostics]
        if update:
            expected.update(found)
            continue
        is_twin = path.parent.name == "corrected"
        problems = compare(expected, found) + (check_twin(found, code) if is_twin else check_rows(expected, path.parent.name))
        for problem in problems:
            print(f"{path.relative_to(root)}: {problem}")
        bad += len(problems)
        count += 1
    if not update:
        print(f"{count} policies, {bad} problems")
        sys.exit(1 if bad or count < 4 else 0)


if __name__ == "__main__":
    main()
