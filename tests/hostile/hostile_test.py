#!/usr/bin/env python3
"""Hostile texts: each gives the diagnostic it deserves in 10 s and 256 MB; a file of 1 GB is
refused by its size in 100 ms (ACC-6).

usage: hostile_test.py SODC
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

POLICY = b'policy p "P" { language 1 }\n'
SECONDS = 10
MEGABYTES = 256

# name, text, code of the first diagnostic, most diagnostics that may be printed
TEXTS = [
    ("parentheses", POLICY + b"group g = " + b"(" * 100_000, "SOD0109", 1),
    ("braces", POLICY + b"group g = " + b"{" * 100_000, "SOD0109", 1),
    ("closing_braces", POLICY + b"}" * 90_000, "SOD0204", 1),
    ("excepts", POLICY + b"duty a\ngroup g = a" + b" except a" * 40_000, "SOD0109", 1),
    ("nul", b"\0" * 60_000_000, "SOD0004", 1),
    ("nul_inside", POLICY + b"duty a\0b\n", "SOD0004", 1),
    ("broken_utf8", b"\xff" * 60_000_000, "SOD0003", 1),
    ("utf16", POLICY.decode().encode("utf-16"), "SOD0003", 1),
    ("block", POLICY + b'duty a """\n' + b"x\n" * 10_000_000, "SOD0105", 2),
    ("blocks", POLICY + b'duty a """x\n' * 300_000, "SOD0106", 202),
    ("text", POLICY + b'duty a "\n' * 300_000, "SOD0104", 202),
    ("comment", POLICY + b"/* " + b"x\n" * 10_000_000, "SOD0108", 1),
    ("backtick", POLICY + b"duty `a\n", "SOD0107", 1),
    ("words", POLICY + b"duty\n" * 3_000_000, "SOD0118", 1),
    ("junk", POLICY + b"a b c\n" * 3_000_000, "SOD0110", 1),
    ("one_line", POLICY + b"x " * 2_000_000, "SOD0116", 1),
    ("long_name", POLICY + b"duty " + b"a" * 50_000_000, "SOD0111", 1),
    ("long_list", POLICY + b"role r { grants " + b"a, " * 1_000_000 + b"a }\n", "SOD0116", 2),
    ("semicolons", POLICY + b"; " * 1_000_000, "SOD0101", 202),
]


def limit_memory():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(sodc, arguments, cwd, stdin=None):
    """(exit code, standard error, seconds, megabytes)."""
    with tempfile.TemporaryFile() as errors:
        started = time.monotonic()
        child = subprocess.Popen([sodc, *arguments], cwd=cwd, stdin=stdin or subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=errors, preexec_fn=limit_memory)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return child.returncode, text, seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def check(problems, name, result, code, most, seconds=SECONDS, exits=(3, 4)):
    exit_code, text, _, megabytes, used = result
    headlines = [line for line in text.splitlines() if line.startswith(("error[", "warning["))]
    if exit_code not in exits:
        problems.append(f"{name}: exit code {exit_code}")
    if not headlines or code not in "".join(headlines):
        problems.append(f"{name}: no {code} in {headlines[:3]} {text[:200]!r}")
    if len(headlines) > most:
        problems.append(f"{name}: {len(headlines)} diagnostics, at most {most} expected")
    # Processor time: other programs on the machine are not at fault.
    if used > seconds:
        problems.append(f"{name}: {used:.2f} s")
    if megabytes > MEGABYTES:
        problems.append(f"{name}: {megabytes:.0f} MB")
    print(f"{name}: {headlines[0] if headlines else '-'} ({used:.2f} s, {megabytes:.0f} MB)")


def main(sodc):
    problems = []
    sodc = str(Path(sodc).resolve())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.sod"
        for name, text, code, most in TEXTS:
            path.write_bytes(text)
            check(problems, name, run(sodc, ["check", "p.sod"], folder), code, most)
        with open(path, "wb") as file:
            file.truncate(1 << 30)
        check(problems, "gigabyte", run(sodc, ["check", "p.sod"], folder), "SOD0002", 1, seconds=0.1)
        with open(path, "rb") as file:
            check(problems, "gigabyte_of_standard_input", run(sodc, ["check", "-"], folder, stdin=file), "SOD0002", 1)
        (Path(folder) / "folder.sod").mkdir()
        check(problems, "folder", run(sodc, ["check", "folder.sod"], folder), "SOD0001", 1)
        (Path(folder) / "loop.sod").symlink_to("loop.sod")
        check(problems, "link_to_itself", run(sodc, ["check", "loop.sod"], folder), "SOD0001", 1)
        path.write_bytes(POLICY + b'import "a.sod"\n')
        (Path(folder) / "a.sod").write_bytes(b'module a\nimport "a.sod"\n')
        check(problems, "import_cycle", run(sodc, ["check", "p.sod"], folder), "SOD0302", 1)
        path.write_bytes(POLICY + b"group a = b\ngroup b = a\n")
        check(problems, "group_cycle", run(sodc, ["check", "p.sod"], folder), "SOD12", 1)
        path.write_bytes(POLICY + b"role a { includes b }\nrole b { includes a }\n")
        check(problems, "role_cycle", run(sodc, ["check", "p.sod"], folder), "SOD12", 1)
    for problem in problems:
        print("PROBLEM", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
