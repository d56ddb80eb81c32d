#!/usr/bin/env python3
"""Hostile texts: each gives the diagnostic it deserves in 10 s and 256 MB; a file of 1 GB is
refused by its size in 100 ms (ACC-6). Sources of odd shapes are formatted in the same bounds.

usage: hostile_test.py SODC [MEGABYTES]   (256; more only under sanitizers)
"""

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

POLICY = b'policy p "P" { language 1 }\n'
SECONDS = 10
MEGABYTES = int(sys.argv[2]) if len(sys.argv) > 2 else 256

# name, the text in parts (made late: a child counts the memory of this program too), code of the first diagnostic, most diagnostics that may be printed
TEXTS = [
    ("parentheses", [(b"group g = ", 1), (b"(", 100_000)], "SOD0109", 1),
    ("braces", [(b"group g = ", 1), (b"{", 100_000)], "SOD0109", 1),
    ("closing_braces", [(b"}", 90_000)], "SOD0203", 1),
    ("excepts", [(b"duty a\ngroup g = a", 1), (b" except a", 40_000)], "SOD0109", 1),
    ("nul", [(b"\0", 60_000_000)], "SOD0004", 1),
    ("broken_utf8", [(b"\xff", 60_000_000)], "SOD0003", 1),
    ("utf16", [("duty a".encode("utf-16"), 1)], "SOD0003", 1),
    ("block", [(b'duty a """\n', 1), (b"x\n", 10_000_000)], "SOD0105", 2),
    ("blocks", [(b'duty a """x\n', 300_000)], "SOD0106", 202),
    ("texts", [(b'duty a "\n', 300_000)], "SOD0", 202),
    ("comment", [(b"/* ", 1), (b"x\n", 1_000_000)], "SOD0108", 1),
    ("backtick", [(b"duty `a\n", 1)], "SOD0107", 1),
    ("words", [(b"duty\n", 3_000_000)], "SOD0118", 1),
    ("junk", [(b"a b c\n", 3_000_000)], "SOD0110", 1),
    ("one_line", [(b"x ", 2_000_000)], "SOD0116", 1),
    ("long_name", [(b"duty ", 1), (b"a", 50_000_000)], "SOD0111", 1),
    ("long_list", [(b"role r { grants ", 1), (b"a, ", 1_000_000), (b"a }", 1)], "SOD0116", 2),
    ("semicolons", [(b"; ", 1_000_000)], "SOD0101", 202),
]


# Nothing is wrong with these but their white space and comments.
LAYOUTS = [
    ("line_ends", [(b"duty a", 1), (b"\n", 30_000_000), (b"duty b", 1)]),
    ("blanks", [(b"duty", 1), (b" ", 30_000_000), (b"b", 1)]),
    ("line_comments", [(b"duty", 1), (b"// c\r\n", 1_000_000), (b"b", 1)]),
    ("block_comments", [(b"group g = { a", 1), (b"/* c */", 1_000_000), (b", b }", 1)]),
    ("a_long_comment", [(b" /*", 1), (b" c\n\t", 1_000_000), (b"*/", 1)]),
    ("long_lists", [(b"group g = { a", 1), (b",b", 40_000), (b" }\ngroup h = g", 1), (b" except { a, g", 60), (b"b", 1), (b"}", 60)]),
    ("a_long_text", [(b'duty a "', 1), (b"x", 20_000_000), (b'"', 1)]),
    ("a_long_block", [(b'duty a { description """\n', 1), (b"x\n", 5_000_000), (b'""" }', 1)]),
    ("statements", [(b"duty a{class b tags c}", 20_000)]),
]


def run(sodc, arguments, cwd, stdin=None):
    """(exit code, standard error, megabytes, seconds of processor time)."""
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([sodc, *arguments], cwd=cwd, stdin=stdin or subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=errors)
        watch = threading.Timer(60, child.kill)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        watch.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    return child.returncode, text, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def write(path, parts):
    with open(path, "wb") as file:
        file.write(POLICY)
        for piece, times in parts:
            step = max(1, 1_000_000 // len(piece))
            while times > 0:
                file.write(piece * min(step, times))
                times -= step


def check(problems, name, result, code, most, seconds=SECONDS):
    exit_code, text, megabytes, used = result
    headlines = [line for line in text.splitlines() if line.startswith(("error[", "warning["))]
    if exit_code not in (3, 4):
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
    print(f"{name}: {headlines[0] if headlines else '-'} ({used:.2f} s, {megabytes:.0f} MB)", flush=True)


def check_layout(problems, name, sodc, folder):
    """Formatted once, within time and memory; the second time nothing is left to do."""
    for code, verb in ((1, ["fmt", "--check"]), (0, ["fmt"]), (0, ["fmt", "--check"])):
        exit_code, text, megabytes, used = run(sodc, [*verb, "p.sod"], folder)
        if exit_code != code:
            problems.append(f"{name}: {' '.join(verb)} ends with {exit_code}, not {code}: {text[:200]!r}")
        if used > SECONDS or megabytes > MEGABYTES:
            problems.append(f"{name}: {' '.join(verb)} needs {used:.2f} s and {megabytes:.0f} MB")
        print(f"{name}: {' '.join(verb)} ({used:.2f} s, {megabytes:.0f} MB)", flush=True)


def main(sodc):
    problems = []
    sodc = str(Path(sodc).resolve())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.sod"
        for name, parts, code, most in TEXTS:
            write(path, parts)
            check(problems, name, run(sodc, ["check", "p.sod"], folder), code, most)
            inode = path.stat().st_ino
            check(problems, f"{name}, fmt", run(sodc, ["fmt", "p.sod"], folder), code, most)
            if path.stat().st_ino != inode:
                problems.append(f"{name}: fmt has replaced it")
        for name, parts in LAYOUTS:
            write(path, parts)
            check_layout(problems, name, sodc, folder)
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
