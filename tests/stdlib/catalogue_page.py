#!/usr/bin/env python3
"""Keeps docs/stdlib.md in step with stdlib/: the lists below the marks are made from the modules.
With --update the page is rewritten, without it compared.

usage: catalogue_page.py ROOT [--update]
"""

import re
import sys
from pathlib import Path

import library

MARK = re.compile(r"(<!-- list of (?P<what>[a-z_]+) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)


def row(*cells):
    return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |\n"


def table(*titles):
    return row(*titles) + row(*["---"] * len(titles))


def what_is_in(module):
    plural = {"scale": "scale", "duty": "duties", "group": "groups", "framework": "framework", "conflict": "rules",
              "control": "controls", "system": "systems"}
    parts = []
    for kind, word in plural.items():
        found = module.of(kind)
        if kind == "framework":
            parts += [f"`{f.name}`: {len(f.members('clause'))} clauses" for f in found]
        elif kind == "scale":
            parts += [f"`{s.name}`: {len(s.members('member'))} words" for s in found]
        elif found:
            parts.append(f"{len(found)} {word if len(found) > 1 else kind}")
    return ", ".join(parts)


def list_modules(modules):
    return table("module", "title", "declares") + "".join(row(f"`{m.name}`", m.title, what_is_in(m)) for m in modules)


def list_scales(modules):
    text = ""
    for module in modules:
        for scale in module.of("scale"):
            text += f"\n**`{scale.name}`** of `{module.name}`, measures `{scale.after('measures')}`: "
            members = []
            for name, label, body in scale.members("member"):
                definition = library.value(body, "definition") or ""
                members.append(f"`{name}` ({definition[:1].lower() + definition[1:].rstrip('.')})" if definition else f"`{name}`")
            text += "; ".join(members) + ".\n"
    return text + "\n"


def list_frameworks(modules):
    text = ""
    for module in modules:
        for framework in module.of("framework"):
            text += f"\n### {framework.title}\n\n`{framework.name}` of `{module.name}`, edition {framework.after('edition')}. "
            text += f"Source: {framework.after('source')}.\n\n" + table("clause", "about", "compensation", "in short")
            for clause, label, body in framework.members("clause"):
                text += row(f"`{clause}`", library.value(body, "about"),
                            library.value(body, "compensation").replace("_", " "), label)
    return text + "\n"


def list_duties(modules):
    text = ""
    for module in modules:
        if not module.of("duty"):
            continue
        text += f"\n### {module.title}\n\n`{module.name}`. Groups: "
        text += ", ".join(f"`{g.name}`" for g in module.of("group")) + ".\n\n" + table("duty", "class", "what it is")
        for duty in module.of("duty"):
            text += row(f"`{duty.name}`", duty.after("class"), duty.after("description"))
    return text + "\n"


def list_rules(modules):
    text = ""
    for module in modules:
        if not module.of("conflict"):
            continue
        text += f"\n### {module.title}\n\n`{module.name}`.\n\n" + table("rule", "nobody holds", "because")
        for rule in module.of("conflict"):
            text += row(f"`{rule.name}`", sides(rule) + (" (should)" if rule.after("should") else ""), rule.after("because"))
    return text + "\n"


def sides(rule):
    """`a` with any of `b`, `c`: the words between `between` and the body."""
    tokens = rule.tokens
    end = min(i for i, t in enumerate(tokens) if t in ("because", "should") and not isinstance(t, library.Text)) - 1
    words = [t for t in tokens[3:end] if t not in ("between", "{", "}")]
    text = " ".join(w if w in ("any", "all", "of", "and", ",") else f"`{w}`" for w in words)
    return text.replace(" ,", ",").replace(", and ", " and ").replace(" and ", " with ").rstrip(",")


def list_controls(modules):
    text = ""
    for module in modules:
        if not module.of("control"):
            continue
        text += f"\n### {module.title}\n\n`{module.name}`.\n\n" + table("control", "what it says", "nature", "has")
        for control in module.of("control"):
            text += row(f"`{control.name}`", control.title, listed(control, "nature"), listed(control, "has"))
    return text + "\n"


def listed(declaration, word):
    tokens = declaration.tokens
    if word not in tokens:
        return ""
    i = tokens.index(word) + 1
    names = [tokens[i]]
    while tokens[i + 1] == ",":
        i += 2
        names.append(tokens[i])
    return ", ".join(names)


LISTS = {"modules": list_modules, "scales": list_scales, "frameworks": list_frameworks, "duties": list_duties,
         "rules": list_rules, "controls": list_controls}


def renewed(page, modules):
    seen = set()

    def body(match):
        seen.add(match["what"])
        return match[1] + LISTS[match["what"]](modules).rstrip("\n").lstrip("\n") + "\n" + match[4]

    text = MARK.sub(body, page)
    return text, [what for what in LISTS if what not in seen and LISTS[what](modules).strip()]


def without_source(root, modules):
    """docs/stdlib-sources.md is written by hand; it names each framework with the edition that the module has."""
    page = (root / "docs/stdlib-sources.md").read_text(encoding="utf-8")
    rows = [f"| `{f.name}` | {f.after('edition')} |" for m in modules for f in m.of("framework")]
    return [f"docs/stdlib-sources.md has no row {row}" for row in rows if row not in page]


def main():
    root = Path(sys.argv[1])
    path = root / "docs/stdlib.md"
    modules = library.modules(root)
    page = path.read_text(encoding="utf-8")
    text, missing = renewed(page, modules)
    problems = [f"docs/stdlib.md has no list of {what}" for what in missing]
    problems += [f"docs/stdlib.md does not name {m.name}" for m in modules if f"`{m.name}`" not in text]
    problems += [f"docs/stdlib.md does not name {f.name}" for m in modules for f in m.of("framework") if f"`{f.name}`" not in text]
    problems += without_source(root, modules)
    if "--update" in sys.argv:
        path.write_text(text, encoding="utf-8")
    elif text != page:
        problems.append("docs/stdlib.md differs from stdlib/: run tests/stdlib/catalogue_page.py . --update")
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(1)
    print(f"{len(modules)} modules are listed")


if __name__ == "__main__":
    main()
