#!/usr/bin/env python3
"""Changes each attribute of each kind in a policy and demands that exactly its field of the table changes.

usage: check_dump_fields.py SODC TESTS_EXAMPLES_FOLDER SOURCE_ROOT [--update]

every_attribute.sod holds every attribute. A line of attribute_edits.tsv replaces one text in it; the last column names the fields
of `sodc dump --format json` that change, as Section.field, and no other may. `=` means that none does: such an attribute is not kept
in the table, and the line says so in public. `refused` means that the changed policy does not compile. Digests, sizes and
places in the source are not compared. Every pair of compiler/sema/schema.def needs a line. `--update` rewrites the last column.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BASE, MODULE, EDITS = "every_attribute.sod", "every_attribute_module.sod", "attribute_edits.tsv"
IGNORED = {"place", "sha256"}


class Product:
    def __init__(self, sodc, folder):
        self.sodc, self.sources = sodc, {name: (folder / name).read_text(encoding="utf-8") for name in (BASE, MODULE)}

    def table(self, sources):
        """The dump of the policy, or nothing when it does not compile."""
        with tempfile.TemporaryDirectory() as scratch:
            for name, text in sources.items():
                (pathlib.Path(scratch) / name).write_text(text, encoding="utf-8")
            build = subprocess.run([self.sodc, "build", BASE, "-o", "t.sodt"], cwd=scratch, capture_output=True, text=True)
            if build.returncode != 0:
                return None
            dump = subprocess.run([self.sodc, "dump", "t.sodt", "--format", "json"], cwd=scratch, capture_output=True, text=True, check=True)
            return json.loads(dump.stdout)["sections"]

    def changed(self, place, old, new):
        name = MODULE if place.startswith("Module.") else BASE
        if self.sources[name].count(old) != 1:
            raise SystemExit(f"{place}: {old!r} occurs {self.sources[name].count(old)} times in {name}")
        return self.table({**self.sources, name: self.sources[name].replace(old, new)})


def differing_fields(path, before, after):
    """The paths of fields that differ; `.*` where rows came or went."""
    if before == after:
        return set()
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if key not in IGNORED]
        return set().union(*(differing_fields(f"{path}.{key}", before.get(key), after.get(key)) for key in keys))
    if isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            return {f"{path}.*"}
        return set().union(*(differing_fields(path, a, b) for a, b in zip(before, after)))
    return {path}


def fields_changed(before, after):
    if after is None:
        return "refused"
    fields = set()
    for section in sorted(set(before) | set(after)):
        fields |= differing_fields(section, before.get(section, []), after.get(section, []))
    return " ".join(sorted(fields)) or "="


def lines_of(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def main():
    sodc, folder, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    product, problems, seen, rewritten = Product(sodc, folder), [], set(), []
    before = product.table(product.sources)
    if before is None:
        raise SystemExit(f"{BASE} does not compile")
    for place, old, new, expected in lines_of(folder / EDITS):
        seen.add(place)
        found = fields_changed(before, product.changed(place, old.replace("\\n", "\n"), new.replace("\\n", "\n")))
        rewritten.append("\t".join([place, old, new, found]))
        if found != expected:
            problems.append(f"{place}: {old} → {new}: expected {expected}, changed {found}")
    taken = re.findall(r"^SODC_TAKES\((\w+), (\w+), \w+\)", (root / "compiler/sema/schema.def").read_text(encoding="utf-8"), re.M)
    problems += [f"no line changes {body}.{attribute}" for body, attribute in taken if f"{body}.{attribute}" not in seen]
    if "--update" in sys.argv:
        head = [line for line in (folder / EDITS).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        (folder / EDITS).write_text("\n".join(head + rewritten) + "\n", encoding="utf-8")
    print("\n".join([*problems, f"{len(rewritten)} changes, {len(problems)} problems"]))
    return 1 if problems or not rewritten else 0


if __name__ == "__main__":
    sys.exit(main())
