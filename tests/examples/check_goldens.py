#!/usr/bin/env python3
"""Compares what sodc prints for the examples with the files kept beside them.

usage: check_goldens.py SODC EXAMPLES_FOLDER [--update]

examples/<name>/expected/goldens.tsv holds one line a golden: file, tab, arguments of sodc. The program runs in
examples/<name>; its standard output and standard error together are the golden. `--update` rewrites the files: read the
difference before you commit it. The SHA-256 of the table is printed as <sha256>, since it changes with the format; that equal
sources give equal bytes is tested elsewhere.
"""
import difflib
import pathlib
import re
import subprocess
import sys


def goldens(folder):
    for line in (folder / "expected" / "goldens.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, arguments = line.split("\t")
            yield folder / "expected" / name, arguments.split()


def produce(sodc, folder, arguments):
    run = subprocess.run([sodc, *arguments], cwd=folder, capture_output=True, timeout=60)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"sodc {' '.join(arguments)} in {folder.name}: exit {run.returncode}\n{run.stderr.decode()}")
    return without_digest(run.stdout + run.stderr)


def without_digest(output):
    """Pages print the digest in full and, at their foot, its first sixteen digits."""
    for digest in set(re.findall(rb"\b[0-9a-f]{64}\b", output)):
        output = output.replace(digest, b"<sha256>").replace(digest[:16], b"<sha256>")
    return output


def difference(path, expected, actual):
    lines = difflib.unified_diff(expected.decode().splitlines(), actual.decode().splitlines(),
                                 f"{path.parent.parent.name}/expected/{path.name}", "now", lineterm="")
    return "\n".join(lines)


def main():
    sodc, root, update = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), "--update" in sys.argv
    bad = count = 0
    for table in sorted(root.glob("*/expected/goldens.tsv")):
        folder = table.parent.parent
        known = {"goldens.tsv"}
        for path, arguments in goldens(folder):
            count += 1
            known.add(path.name)
            actual = produce(sodc, folder, arguments)
            if update:
                path.write_bytes(actual)
            elif not path.exists() or path.read_bytes() != actual:
                bad += 1
                print(difference(path, path.read_bytes() if path.exists() else b"", actual))
        for stray in sorted({p.name for p in table.parent.iterdir()} - known):
            bad += 1
            print(f"{folder.name}/expected/{stray} is named by no line of goldens.tsv")
    print(f"{count} goldens, {bad} differ")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
