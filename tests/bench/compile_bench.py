#!/usr/bin/env python3
"""Compiles policies of 2 000, 10 000 and 100 000 rules and prints what it ran, how long it took and how much memory it needed.

usage: compile_bench.py SODC                 prints a table, never fails
       compile_bench.py SODC --bound RULES   compiles so many rules and fails when the peak exceeds 20 × source + 8 MB;
                                             --program-mb N allows N MB more, for a program that is not optimised
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

WRITER = pathlib.Path(__file__).with_name("write_policy.py")


def compile_once(sodc, rules, folder):
    """(bytes of source, seconds, bytes at the peak) of `sodc build`."""
    source, table = folder / f"{rules}.sod", folder / f"{rules}.sodt"
    with open(source, "wb") as out:
        subprocess.run([sys.executable, str(WRITER), str(rules)], stdout=out, check=True)
    began = time.monotonic()
    process = subprocess.Popen([sodc, "build", str(source), "-o", str(table)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if os.waitstatus_to_exitcode(status) != 0 or not table.exists():
        sys.exit(f"sodc build failed on {rules} rules")
    return source.stat().st_size, seconds, usage.ru_maxrss * 1024


def bound_of(source_bytes):
    return 20 * source_bytes + 8_000_000


def check_bound(sodc, rules, program_bytes, folder):
    source, _, peak = compile_once(sodc, rules, folder)
    bound = bound_of(source) + program_bytes
    print(f"{rules} rules, {source / 1e6:.1f} MB of source: peak {peak / 1e6:.1f} MB, bound {bound / 1e6:.1f} MB")
    return 0 if peak <= bound else 1


def print_table(sodc, folder):
    print(f"{sodc} build: rules, MB of source, best seconds of three, MB at the peak, 20 × source + 8 MB")
    for rules in (2_000, 10_000, 100_000):
        runs = [compile_once(sodc, rules, folder) for _ in range(3)]
        source, peak = runs[0][0], max(run[2] for run in runs)
        best = min(run[1] for run in runs)
        print(f"{rules:7} {source / 1e6:7.1f} {best:7.2f} {peak / 1e6:7.0f} {bound_of(source) / 1e6:7.0f}")
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sodc")
    parser.add_argument("--bound", type=int, metavar="RULES")
    parser.add_argument("--program-mb", type=int, default=0, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.bound is None:
            return print_table(options.sodc, folder)
        return check_bound(options.sodc, options.bound, options.program_mb * 1_000_000, folder)


if __name__ == "__main__":
    sys.exit(main())
