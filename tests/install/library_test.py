"""Holds what libsod.so promises: its size when stripped, the libraries it needs, the names it exports."""
import os
import re
import subprocess
import sys
import tempfile

LARGEST = 384 << 10  # docs/decisions/0093
ALLOWED = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1"}


def output(*command):
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout


def main(library):
    problems = []
    with tempfile.TemporaryDirectory() as scratch:
        stripped = os.path.join(scratch, "libsod.so")
        subprocess.run(["strip", "-o", stripped, library], check=True)
        size = os.path.getsize(stripped)
    if size > LARGEST:
        problems.append(f"stripped it has {size} bytes, more than {LARGEST}")
    needed = set(re.findall(r"NEEDED\s+(\S+)", output("objdump", "-p", library)))
    if needed - ALLOWED:
        problems.append(f"it needs {sorted(needed - ALLOWED)}")
    exported = output("nm", "-D", "--defined-only", "-C", library).splitlines()
    names = [line.split(" ", 2)[2] for line in exported]
    for name in names:
        if not re.search(r"\bsod::", name) or "sod::core::" in name.split("(")[0]:
            problems.append(f"it exports {name}")
    if not any(name.startswith("sod::Ask(") for name in names):
        problems.append("it does not export sod::Ask")
    print(f"{size} bytes stripped, needs {sorted(needed)}, {len(names)} exported names")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main(sys.argv[1])
