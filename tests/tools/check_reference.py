#!/usr/bin/env python3
"""Compiles the examples of docs/language.md and compares each with what the page says of it.

usage: check_reference.py SODC DOCS/language.md SOURCE_ROOT

```sod accept          no language error may be reported (policy findings are fine)
```sod reject SODnnnn  exactly this language error must be reported, once, with exit code 3

The page must also be complete: every declaration word that is checked and every attribute that some body takes
(compiler/sema/schema.def) occurs in an accepted example, and every chapter on a declaration has a rejected one.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```sod (accept|reject (SOD\d{4}))\n(.*?)^```$", re.M | re.S)
HEADING = re.compile(r"^### (.+)$", re.M)
CODE = re.compile(r"SOD([01]\d{3})")


def blocks(text):
    """(line, heading, expected code or None, source) of every example."""
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        headings = HEADING.findall(text, 0, match.start())
        yield line, headings[-1] if headings else "", match.group(2), match.group(3)


def write_policy(source, folder):
    """Writes the example as a policy; a module is imported by one."""
    path = pathlib.Path(folder) / "example.sod"
    policy = 'policy example "Example" { language 1 }\n'
    if re.match(r"\s*module\b", source):
        (path.parent / "module.sod").write_text(source, encoding="utf-8")
        source = policy + 'import "module.sod"\n'
    elif not re.search(r"^\s*policy\b", source, re.M):
        source += policy
    path.write_text(source, encoding="utf-8")
    return path


def language_errors(sodc, source, folder):
    path = write_policy(source, folder)
    run = subprocess.run([sodc, "check", "--format", "json", "--as-of", "2026-03-17", str(path)],
                         capture_output=True, text=True, timeout=60)
    try:
        found = json.loads(run.stdout)["diagnostics"]
        codes = [d["code"] for d in found if d["severity"] == "error" and CODE.fullmatch(d["code"])]
    except (ValueError, KeyError, TypeError):
        return run.returncode, [], "no sod.diagnostics/1 on standard output\n" + run.stdout + run.stderr
    return run.returncode, codes, run.stdout + run.stderr


def words_of(path, macro):
    """(name, spelling) of every entry."""
    return re.findall("^" + macro + r'\((\w+), "([^"]+)"\)', path.read_text(encoding="utf-8"), re.M)


def checked_names(root):
    """Declarations and attributes that the checker takes; the others are SOD0206 or misplaced everywhere."""
    sema = root / "compiler" / "sema"
    declarations = set(re.findall(r"case DeclarationKind::(\w+):", (sema / "not_yet.cpp").read_text(encoding="utf-8")))
    schema = (sema / "schema.def").read_text(encoding="utf-8")
    carries = re.findall(r"^SODC_CARRIES\((\w+), (\w+),", (sema / "carries.def").read_text(encoding="utf-8"), re.M)
    declarations |= {body for body, _ in carries}
    return declarations, set(re.findall(r"^SODC_TAKES\(\w+, (\w+),", schema, re.M)) | {attribute for _, attribute in carries}


# Clauses inside attributes that no body takes by themselves.
INNER = {"At", "AtMost", "Dated", "Every", "From", "In", "Legal", "OnOwnActions", "Until"}


def check_completeness(text, examples, root):
    accepted = "\n".join(source for _, _, code, source in examples if code is None)
    accepted = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', accepted)
    ast = root / "compiler" / "ast"
    problems = []
    declarations, attributes = checked_names(root)
    for name, word in words_of(ast / "declarations.def", "SODC_DECLARATION"):
        if name not in declarations:
            continue
        if not re.search(rf"\b{word}\b", accepted):
            problems.append(f"no accepted example declares a `{word}`")
        if word not in {h for _, h, code, _ in examples if code}:
            problems.append(f"chapter `### {word}` has no rejected example")
    for name, word in words_of(ast / "attributes.def", "SODC_ATTRIBUTE"):
        is_spelled = re.fullmatch(r"[a-z_ ]+", word) and name not in {"Setting", "State", "TypeWord"}  # others have no word of their own
        if is_spelled and name in attributes | INNER and not re.search(rf"\b{word}\b".replace(" ", r"\s+"), accepted):
            problems.append(f"no accepted example uses the attribute `{word}`")
    return problems


def main():
    sodc, page, root = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    text = page.read_text(encoding="utf-8")
    examples = list(blocks(text))
    problems = check_completeness(text, examples, root)
    fences = len(re.findall(r"^```sod", text, re.M))
    if fences != len(examples):
        problems.append(f"{fences - len(examples)} blocks are neither `sod accept` nor `sod reject SODnnnn`")
    with tempfile.TemporaryDirectory() as folder:
        for line, _, expected, source in examples:
            exit_code, codes, output = language_errors(sodc, source, folder)
            wanted = [] if expected is None else [expected]
            if codes != wanted or (exit_code == 3) != bool(expected) or exit_code not in (0, 1, 3):
                problems.append(f"{page.name}:{line}: expected {wanted or 'no error'}, got {codes}, exit {exit_code}\n{output}")
    for problem in problems:
        print(problem)
    print(f"{len(examples)} examples, {len(problems)} problems")
    return 1 if problems or not examples else 0


if __name__ == "__main__":
    sys.exit(main())
