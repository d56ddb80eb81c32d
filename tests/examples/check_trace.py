#!/usr/bin/env python3
"""Holds examples/<name>/trace.tsv: where each requirement on a reference document is carried.

usage: check_trace.py EXAMPLES_FOLDER

Columns, divided by tabs: requirement · kind · name · place · value. The declaration `kind name` must exist in the policy of
the example. The place is `title`, `header`, an attribute, or in a document a path of sections (`# 4. Roles > 4.1 ADMIN`). The value
must stand there: as the title, in the header, among the arguments of the attribute, in the text of the section. A conflict, an
assignment or a `compatible` without a name is named by its header as written. Every requirement below must be traced.
"""
import pathlib
import re
import sys

REQUIRED = {"h33": [f"H-{n:02}" for n in range(1, 23)], "mactech": [f"M-{n:02}" for n in range(1, 21)]}
KINDS = set("policy module import scale duty group person team external system role assign conflict compatible control "
            "framework document claims plan review".split())
# Words that join an argument to the ones before it.
JOINING = set("at and with in of to from until should must shown note because every dated on own actions any each all legal".split())
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"""[ \t]*\n.*?\n[ \t]*"""|"(?:[^"\\\n]|\\.)*"|`[^`\n]*`|[A-Za-z_][\w.]*|\d[\w.:+-]*|\S', re.S)


class Declaration:
    def __init__(self, kind):
        self.kind, self.header, self.body = kind, [], []

    def name(self):
        if self.kind in ("assign", "compatible") or (self.kind == "conflict" and not {"between", "most"} & set(self.header)):
            return " ".join(self.header)
        return self.header[0].strip('"') if self.header else ""


def starts_declaration(token, current):
    """A declaration word outside braces starts one, but `role` may open a side of a conflict."""
    is_side = token == "role" and current and current.kind == "conflict" and (not current.header or current.header[-1] in ("with", "between", "and"))
    return token in KINDS and not is_side


def declarations(text):
    found, depth, in_body = [], 0, False
    for token in TOKEN.findall(text):
        if token.startswith(("//", "/*")):
            continue
        if depth == 0 and starts_declaration(token, found[-1] if found else None):
            found.append(Declaration(token))
            in_body = False
            continue
        if token == "{":
            depth += 1
            is_set = found[-1].header[-1:] in (["="], ["of"], ["with"], ["between"], ["and"])
            if depth == 1 and not is_set:
                in_body = True
                continue
        if token == "}":
            depth -= 1
            if depth == 0 and in_body:
                continue
        (found[-1].body if in_body else found[-1].header).append(token)
    return found


def arguments(body, attribute):
    """The argument tokens of each occurrence of the attribute."""
    words, result = attribute.split(), []
    for at in range(len(body) - len(words) + 1):
        if body[at:at + len(words)] != words:
            continue
        rest, taken = body[at + len(words):], []
        for token in rest:
            joined = not taken or token == "," or token in JOINING or taken[-1] == "," or taken[-1] in JOINING
            after_text = taken and taken[-1].startswith('"') and len(taken) == 1 and attribute in ("evidence", "field", "member", "clause")
            follows_kind = len(taken) == 1 and attribute in ("evidence", "field", "member", "satisfies", "account")
            if not (joined or after_text or follows_kind) or token in "{}":
                break
            taken.append(token)
        result.append(" ".join(taken))
    return result


def section(body, path):
    """The tokens inside the section with this path of titles, or None."""
    for title in path:
        at = next((i for i in range(len(body) - 1) if body[i] == "section" and body[i + 1] == f'"{title}"'), None)
        if at is None:
            return None
        end, depth = at + 3, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        body = body[at + 3:end - 1]
    return body


def has(text, value):
    """Whether the value stands in the text as whole words."""
    return re.search(rf'(?<![\w]){re.escape(value)}(?![\w])', re.sub(r"\s+", " ", text)) is not None


def problem_of(row, found):
    _, kind, name, place, value = row
    same = [d for d in found if d.kind == kind and d.name() == name]
    if not same:
        return f"no `{kind} {name}`"
    body = [token for d in same for token in d.body]
    if place in ("title", "header"):
        wanted = f'"{value}"' if place == "title" else value
        return None if wanted in " ".join(same[0].header) else f"the {place} of `{kind} {name}` does not say `{value}`"
    if place.startswith("# "):
        inner = section(body, place[2:].split(" > "))
        if inner is None:
            return f"`{kind} {name}` has no section `{place[2:]}`"
        return None if has(" ".join(inner), value) else f"section `{place[2:]}` does not say `{value}`"
    values = arguments(body, place) if place else [""]
    if not values:
        return f"`{kind} {name}` has no `{place}`"
    return None if not value or any(has(v, value) for v in values) else f"`{place}` of `{kind} {name}` is not `{value}` but {values}"


def check(folder, required):
    found = declarations((folder / f"{folder.name}.sod").read_text(encoding="utf-8"))
    lines = (folder / "trace.tsv").read_text(encoding="utf-8").splitlines()
    rows = [(line.split("\t") + [""] * 5)[:5] for line in lines if line and not line.startswith("#")]
    problems = [f"{row[0]}: {problem}" for row in rows if (problem := problem_of(row, found))]
    problems += [f"{missing} is not traced" for missing in sorted(set(required) - {row[0] for row in rows})]
    return len(rows), [f"{folder.name}/trace.tsv: {problem}" for problem in problems]


def main():
    facts, problems = 0, []
    for example, required in REQUIRED.items():
        count, found = check(pathlib.Path(sys.argv[1]) / example, required)
        facts += count
        problems += found
    print("\n".join([*problems, f"{facts} facts, {len(problems)} problems"]))
    return 1 if problems or not facts else 0


if __name__ == "__main__":
    sys.exit(main())
