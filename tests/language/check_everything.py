#!/usr/bin/env python3
"""Changes each word of everything.sod and demands that exactly one field of the dump changes, in the provision it stands in.

A word that changes no provision must change another section; one that changes nothing at all is lost (decision 0075).

usage: check_everything.py SODC SOURCE_ROOT

Tests of the policy are in no table; their fields are those of the dump of the model.

A text gets another letter, a number, date or duration another value, `x_1` becomes `x_2`, a word of a closed list its neighbour. Every pair
of compiler/sema/carries.def must occur in the dump: what the file does not use is not tested.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

NEIGHBOURS = {
    "yes": "no", "EUR": "USD", "kept": "voided", "together": "apart", "low": "high", "high": "low", "constraints": "objective", "maintenance": "validation", "monthly": "yearly", "yearly": "monthly",
    "march": "april", "september": "october", "partial": "fail", "denied": "warned", "warned": "denied", "not_met": "met", "met": "not_met", "no_performer": "no_evidence",
    "full": "limited", "limited": "full", "ticket": "control", "note": "control", "mon": "tue", "fri": "sat", "off": "dim", "on": "lit", "report": "log", "log": "report",
    "grant": "found", "warn": "observe", "observe": "warn", "deny": "approve", "approve": "deny", "both": "post_2", "newest": "oldest", "person": "person", "administrators": "mira_2",
}
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\d{4}-\d\d(?:-\d\d(?:T[\d:]+(?:Z|[+-]\d\d:\d\d))?)?|\d\d:\d\d|\d[\d_]*(?:\.\d+)?(?:mo|[hdwy])?|[A-Za-z_]\w*')
IGNORED = {"place", "sha256", "table_sha256", "file_bytes"}


class Product:
    def __init__(self, sodc, root):
        self.sodc = sodc
        attributes = (root / "compiler/ast/attributes.def").read_text(encoding="utf-8")
        self.keywords = sorted(re.findall(r'^SODC_ATTRIBUTE\(\w+, "([^"]+)"\)', attributes, re.M), key=len, reverse=True)

    def provisions(self, text):
        """Name and kind → attributes, and the other sections; or twice nothing when the policy does not compile."""
        with tempfile.TemporaryDirectory() as scratch:
            source, table = pathlib.Path(scratch) / "p.sod", pathlib.Path(scratch) / "p.sodt"
            source.write_text(text, encoding="utf-8")
            if subprocess.run([self.sodc, "build", source, "-o", table], capture_output=True, check=False).returncode != 0:
                return None, None
            dump = subprocess.run([self.sodc, "dump", table, "--format", "json"], capture_output=True, text=True, check=True)
            model = subprocess.run([self.sodc, "build", source, "--emit", "model"], capture_output=True, text=True, check=True)
            sections = json.loads(dump.stdout)["sections"]
            provisions = sections.pop("Provisions")
            return [p for p in provisions if p["kind"] != "test"] + tests_of(model.stdout, self.keywords), sections


def tests_of(model, keywords):
    """Tests are in no table: the same tree from the dump of the model, where each line is an attribute, indented below its owner."""
    tests, owners = [], []
    for line in model.split("\n"):
        depth = (len(line) - len(line.lstrip(" "))) // 2
        if depth == 0:
            owners = []
            if line.startswith("test "):
                tests.append({"kind": "test", "name": line, "description": "", "attributes": []})
                owners = [tests[-1]["attributes"]]
        elif owners:
            words = line.strip()
            if words.startswith("description "):
                tests[-1]["description"] = words
                continue
            keyword = next((k for k in keywords if words == k or words.startswith(k + " ")), words.split(" ")[0])
            attribute = {"keyword": keyword, "values": [words[len(keyword):]], "nested": []}
            owners[depth - 1].append(attribute)
            owners[depth:] = [attribute["nested"]]
    return tests


def changed(before, after, path=""):
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict) and "time" not in before:  # an instant is one value, with its spelling
        keys = [k for k in {**before, **after} if k not in IGNORED]
        if set(before) != set(after):
            return [path]
        return [c for k in keys for c in changed(before[k], after[k], f"{path}.{k}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [c for i, (a, b) in enumerate(zip(before, after)) for c in changed(a, b, f"{path}[{i}]")]
    return [path]


def mutant(token):
    if token.startswith('"'):
        return token[:-1] + 'Q"'
    if re.fullmatch(r"\d{4}-\d\d", token):
        return token[:5] + f"{int(token[5:7]) % 12 + 1:02}"
    if re.match(r"\d{4}-\d\d-\d\d", token):
        return token[:8] + f"{int(token[8:10]) % 28 + 1:02}" + token[10:]
    if re.fullmatch(r"\d\d:\d\d", token):
        return token[:3] + "30"
    if token[0].isdigit():
        digits = re.match(r"[\d_]+", token).group()
        return str(int(digits.replace("_", "")) + 1) + token[len(digits):]
    if token.endswith("_1"):
        return token[:-1] + "2"
    return NEIGHBOURS.get(token)


def carried_pairs(root):
    spell = lambda name, macro: dict(re.findall(rf'^{macro}\((\w+), "([^"]+)"\)', (root / f"compiler/ast/{name}.def").read_text(encoding="utf-8"), re.M))
    kinds, attributes = spell("declarations", "SODC_DECLARATION"), spell("attributes", "SODC_ATTRIBUTE")
    inside = {"Amount": "amount", "Number": "number", "ClassAttribute": "class", "Approval": "approval", "Hire": "hire", "Case": "case"}
    schema = (root / "compiler/sema/carries.def").read_text(encoding="utf-8")
    for body, attribute in re.findall(r"^SODC_CARRIES\((\w+), (\w+),", schema, re.M):
        yield f"{body}.{attribute}", kinds.get(body) or inside[body], attributes[attribute], body in kinds
    for body, attribute, clause in re.findall(r"^SODC_CARRIES_CLAUSE\((\w+), (\w+), (\w+)\)", schema, re.M):
        yield f"{body}.{attribute}.{clause}", attributes[attribute], attributes[clause], False


def pairs_of(provisions):
    found = set()

    def walk(owner, attributes):
        for attribute in attributes:
            found.add((owner, attribute["keyword"]))
            walk(attribute["keyword"], attribute["nested"])
    for provision in provisions:
        walk(provision["kind"], provision["attributes"])
        if provision["description"]:
            found.add((provision["kind"], "description"))
    return found


def edits_of(text):
    """Every word in a body or header clause that carries a value: place, old and new."""
    code = re.sub(r"//[^\n]*", lambda m: " " * len(m.group()), text)
    for found in TOKEN.finditer(code):
        new = mutant(found.group())
        if new is not None and new != found.group():
            yield found.start(), found.end(), new


def main():
    root = pathlib.Path(sys.argv[2])
    product, text = Product(str(pathlib.Path(sys.argv[1]).resolve()), root), (root / "tests/language/everything.sod").read_text(encoding="utf-8")
    before, others = product.provisions(text)
    if before is None:
        raise SystemExit("everything.sod does not compile")
    have = pairs_of(before)
    problems = [f"everything.sod does not use {name}" for name, owner, attribute, _ in carried_pairs(root) if (owner, attribute) not in have]
    counts, lines = {"one": 0, "declared": 0}, text.split("\n")
    for begin, end, new in edits_of(text):
        line = text.count("\n", 0, begin)
        after, others_after = product.provisions(text[:begin] + new + text[end:])
        if after is None:
            counts["declared"] += 1
            if not is_expected(lines[line], text[begin:end]):
                problems.append(f"line {line + 1}: {text[begin:end]} → {new} does not compile")
            continue
        fields = [("Provisions" + field) for field in changed(before, after)]
        if len(fields) == 1:
            counts["one"] += 1
        elif fields and not is_title(fields):
            problems.append(f"line {line + 1}: {text[begin:end]} → {new}: {len(fields)} fields change: {' '.join(fields)[:300]}")
        elif not fields and not changed(others, others_after):
            problems.append(f"line {line + 1}: {text[begin:end]} → {new}: nothing changes")
    print("\n".join([*problems, f"{counts['one']} changes of one field, {counts['declared']} refused, {len(problems)} problems"]))
    return 1 if problems or not counts["one"] else 0


def is_title(fields):
    """Claims are called by their title."""
    return sorted(field.rsplit(".", 1)[-1] for field in fields) == ["name", "title"]


def declares(line, token):
    """Whether the word is declared on this line, so that its uses elsewhere would break."""
    kinds = ("scale|framework|object|amount|number|flag|class|band|member|relations|unit|person|team|system|duty|role|control|fact|switch|conflict|"
             "waiver|emergency|value")
    return re.search(rf"\b(?:{kinds}) (?:\w+, )*{re.escape(token)}\b", line) is not None


def is_expected(line, token):
    own_values = token in ("pharmacy_1",) and "of person" in line
    of_twin = token in ("shipment_1", "large_1", "medium_1")  # the twin has no such attribute, or its band another name
    of_level = token == "warn" and "enforcement calm" in line or token == "observe" and "mode observe" in line  # then nothing is looser than its level
    of_syntax = token in ("on", "ticket", "note", "1") or token == "warn" and " before" in line or token == "2026-11-02T21:40+01:00"  # then it would end before it begins
    return declares(line, token) or own_values or of_twin or of_level or of_syntax


if __name__ == "__main__":
    sys.exit(main())
