#!/usr/bin/env python3
"""Runs the commands that a README shows and compares their output exactly.

usage: run_readme.py README --bin BINDIR [--scratch FOLDER] [--rewrite]

Looks at ```console blocks only. A line `$ command` is run by bash in the README's
folder, or in a fresh copy of it at FOLDER, with BINDIR first on PATH; the lines up to the next
`$` or the end of the block are its output, both streams, as a terminal shows it. A
command that ends with another code than 0 is followed by a last line `[exit N]`.
`...` alone on a line stands for any number of lines. --rewrite puts the real output
in place (blocks with `...` are left alone).
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps_of(block):
    """[(command, expected output)] of one block."""
    steps = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif not steps:
            raise SystemExit(f"a console block starts with output: {line}")
        elif steps[-1][0].endswith("\\") and not steps[-1][1]:
            steps[-1] = (steps[-1][0] + "\n" + line, [])
        else:
            steps[-1][1].append(line)
    return steps


def run(command, bin_dir, cwd):
    environment = {"PATH": os.pathsep.join([bin_dir, "/usr/bin", "/bin"]), "HOME": os.environ.get("HOME", "/"),
                   "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(["bash", "-c", command], cwd=cwd, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=120)
    lines = done.stdout.decode("utf-8", errors="replace").split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    if done.returncode != 0:
        lines.append(f"[exit {done.returncode}]")
    return lines


def same(expected, actual):
    if "..." not in expected:
        return expected == actual
    pattern = "".join("(?:.*\n)*?" if line == "..." else re.escape(line + "\n") for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("readme")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--scratch")
    parser.add_argument("--rewrite", action="store_true")
    options = parser.parse_args()
    cwd = os.path.dirname(os.path.abspath(options.readme))
    if options.scratch:
        shutil.rmtree(options.scratch, ignore_errors=True)
        cwd = shutil.copytree(cwd, options.scratch)
    with open(options.readme, encoding="utf-8") as file:
        text = file.read()

    count = 0
    failures = 0

    def check(match):
        nonlocal count, failures
        lines = []
        for command, expected in steps_of(match.group(1)):
            count += 1
            actual = run(command, os.path.abspath(options.bin), cwd)
            if not same(expected, actual):
                failures += 1
                print(f"$ {command}")
                print("\n".join(difflib.unified_diff(expected, actual, "README", "printed", lineterm="")))
            lines += ["$ " + command] + (expected if "..." in expected else actual)
        return "```console\n" + "".join(line + "\n" for line in lines) + "```"

    rewritten = BLOCK.sub(check, text)
    if count == 0:
        sys.exit(f"{options.readme} shows no command")
    if options.rewrite and rewritten != text:
        with open(options.readme, "w", encoding="utf-8") as file:
            file.write(rewritten)
        print(f"{options.readme}: {failures} of {count} commands rewritten")
        return
    print(f"{options.readme}: {count - failures} of {count} commands print what it shows")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
