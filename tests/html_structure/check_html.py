#!/usr/bin/env python3
"""Structure of the HTML that documents are printed as: what a screen reader and a printer rely on.

Well-formed as XML would be; language, title, content policy; one h1 and no jump in headings; every table with caption,
header cells with scope, a head that repeats on paper and cells enough for its columns; no glyph and no colour without
text; nothing that runs, loads or leaves the page; labels and ids that fit together.

usage: check_html.py FILE.html…
"""

import re
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "hr", "col"}
ALLOWED = VOID | set("html head title style body header main footer section h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd div "
                     "table caption thead tbody tr th td span strong em code bdi b".split())
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "tabindex",
              "aria-labelledby", "aria-hidden"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
HEADING = re.compile(r"h[1-6]$")


class Node:
    """An element with its children: nodes and strings."""

    def __init__(self, tag, attributes, line):
        self.tag, self.attributes, self.line, self.children = tag, dict(attributes), line, []

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def find(self, *tags):
        return [node for node in self.walk() if node.tag in tags]

    def text(self, spoken=False):
        """All text; spoken leaves out what is hidden from a screen reader."""
        if spoken and self.attributes.get("aria-hidden") == "true":
            return ""
        return "".join(c.text(spoken) if isinstance(c, Node) else c for c in self.children)


class Tree(HTMLParser):
    """Strict: every element closed in order, which HTML itself would forgive."""

    def __init__(self, problems):
        super().__init__(convert_charrefs=True)
        self.problems, self.root = problems, Node("", [], 0)
        self.stack, self.has_doctype = [self.root], False

    def handle_decl(self, decl):
        self.has_doctype = decl.lower() == "doctype html" and not self.root.children

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.problems.append(f"line {self.getpos()[0]}: <{tag}> repeats an attribute")
        node = Node(tag, attrs, self.getpos()[0])
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_endtag(self, tag):
        if self.stack[-1].tag != tag:
            self.problems.append(f"line {self.getpos()[0]}: </{tag}> closes <{self.stack[-1].tag}>")
            return
        self.stack.pop()

    def handle_data(self, data):
        if len(self.stack) > 1:
            self.stack[-1].children.append(data)

    def handle_comment(self, data):
        self.problems.append(f"line {self.getpos()[0]}: a comment: {data[:40]!r}")


def one(root, tag, problems):
    found = root.find(tag)
    if len(found) != 1:
        problems.append(f"<{tag}> occurs {len(found)} times, once is right")
    return found[0] if found else None


def check_frame(tree, problems):
    root = tree.root
    if not tree.has_doctype:
        problems.append("no <!DOCTYPE html> at the start")
    html = one(root, "html", problems)
    if html is None or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", html.attributes.get("lang") or ""):
        problems.append("<html> has no lang")
    title = one(root, "title", problems)
    if title is None or not title.text().strip():
        problems.append("<title> is empty")
    one(root, "main", problems)
    one(root, "h1", problems)
    metas = [m.attributes for m in root.find("meta")]
    if not any(m.get("charset") == "utf-8" for m in metas):
        problems.append("no charset")
    if not any(m.get("http-equiv") == "Content-Security-Policy" and m.get("content") == POLICY for m in metas):
        problems.append("no content security policy, or another one")


def check_closed_world(root, problems):
    """Nothing runs, nothing is loaded, nothing leads outside."""
    for node in root.walk():
        if node.tag and node.tag not in ALLOWED:
            problems.append(f"line {node.line}: <{node.tag}> does not belong into a document")
        for name in node.attributes:
            if name not in ATTRIBUTES:
                problems.append(f"line {node.line}: <{node.tag}> has the attribute {name}")
    for style in root.find("style"):
        if re.search(r"url\s*\(|@import|expression\s*\(|</", style.text(), re.I):
            problems.append("the style sheet loads something")


def check_headings(root, problems):
    last = 0
    for node in root.walk():
        if not HEADING.match(node.tag):
            continue
        level = int(node.tag[1])
        if level > last + 1:
            problems.append(f"line {node.line}: <{node.tag}> after a heading of level {last}")
        if not node.text().strip():
            problems.append(f"line {node.line}: <{node.tag}> is empty")
        last = level


def check_table(table, problems):
    where = f"table at line {table.line}"
    children = [c for c in table.children if isinstance(c, Node)]
    if [c.tag for c in children] != ["caption", "thead", "tbody"]:
        problems.append(f"{where}: is made of {[c.tag for c in children]}, not of caption, thead, tbody")
        return
    caption, head, body = children
    if not caption.text().strip():
        problems.append(f"{where}: the caption is empty")
    columns = head.find("th")
    if not columns or head.find("td") or any(c.attributes.get("scope") != "col" for c in columns):
        problems.append(f"{where}: head cells are not all <th scope=\"col\">")
    if any(not c.text(spoken=True).strip() for c in columns):
        problems.append(f"{where}: a column has no title")
    for row in body.find("tr"):
        cells = [c for c in row.children if isinstance(c, Node)]
        if len(cells) != len(columns):
            problems.append(f"line {row.line}: {len(cells)} cells under {len(columns)} columns")
        heads = [c for c in cells if c.tag == "th"]
        if len(heads) != 1 or heads[0].attributes.get("scope") != "row":
            problems.append(f"line {row.line}: the row has not exactly one <th scope=\"row\">")
        for cell in cells:
            check_cell(cell, problems)


def check_cell(cell, problems):
    """What is seen as a sign or a colour must be said in words as well."""
    if not cell.text().strip():
        if cell.attributes.get("class") and cell.attributes["class"] != "none":
            problems.append(f"line {cell.line}: a cell says something by colour alone")
        return
    if not any(unicodedata.category(c)[0] in "LN" for c in cell.text(spoken=True)):
        problems.append(f"line {cell.line}: the cell {cell.text()!r} has no words")


def check_labels(root, problems):
    ids = [n.attributes["id"] for n in root.walk() if "id" in n.attributes]
    for name in {i for i in ids if ids.count(i) > 1}:
        problems.append(f"the id {name} is used twice")
    for node in root.walk():
        label = node.attributes.get("aria-labelledby")
        if label is not None and label not in ids:
            problems.append(f"line {node.line}: labelled by {label}, which does not exist")
        if node.attributes.get("tabindex") not in (None, "0"):
            problems.append(f"line {node.line}: tabindex other than 0")
        if node.tag == "dd" and not node.text(spoken=True).strip() and node.attributes.get("class") == "blank":
            problems.append(f"line {node.line}: a blank without words")


def check_paper(root, problems):
    style = "".join(s.text() for s in root.find("style"))
    for what, pattern in {
        "thead repeats on every page": r"thead\s*\{[^}]*display:\s*table-header-group",
        "rows stay whole": r"tr\s*\{[^}]*break-inside:\s*avoid",
        "pages are numbered": r"@page[^@]*@bottom-left[^@]*@bottom-right\s*\{[^}]*counter\(page\)[^}]*counter\(pages\)",
        "there are rules for print": r"@media print",
    }.items():
        if not re.search(pattern, style):
            problems.append(f"style sheet: not found that {what}")


def check(text):
    problems = []
    tree = Tree(problems)
    tree.feed(text)
    tree.close()
    if len(tree.stack) != 1:
        problems.append(f"<{tree.stack[-1].tag}> at line {tree.stack[-1].line} is not closed")
        return problems
    check_frame(tree, problems)
    check_closed_world(tree.root, problems)
    check_headings(tree.root, problems)
    for table in tree.root.find("table"):
        check_table(table, problems)
    check_labels(tree.root, problems)
    check_paper(tree.root, problems)
    return problems


def main(arguments):
    if not arguments:
        print(__doc__)
        return 2
    count = 0
    for name in arguments:
        problems = check(Path(name).read_text(encoding="utf-8"))
        count += len(problems)
        for problem in problems:
            print(f"{name}: {problem}")
    print(f"html structure: {len(arguments)} files, {count} problem(s)")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
