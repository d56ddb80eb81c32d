"""Reads the modules of stdlib/ without the compiler: what is declared where, and with which words.

The reader knows as much of the language as the library uses: tokens, braces, declarations.
"""

import re
from pathlib import Path

TOKEN = re.compile(r'//[^\n]*|"""(?P<block>.*?)"""|"(?P<string>(?:[^"\\]|\\.)*)"|`(?P<tick>[^`]+)`|(?P<word>[A-Za-z_][\w.]*|\d[\w.-]*)|(?P<mark>[{}(),=])',
                   re.DOTALL)
KINDS = ("scale", "duty", "group", "system", "control", "framework", "role", "conflict", "tool", "external", "team", "object")


class Text(str):
    """A quoted token; names are plain strings."""


class Declaration:
    def __init__(self, module, kind, tokens):
        self.module, self.kind = module, kind
        self.name = tokens[1]
        self.title = tokens[2] if len(tokens) > 2 and isinstance(tokens[2], Text) else Text(tokens[1])
        self.tokens = tokens

    def after(self, *words):
        """The token behind these words, at any depth; None without them."""
        for i in range(len(self.tokens) - len(words)):
            if tuple(self.tokens[i:i + len(words)]) == words and not isinstance(self.tokens[i], Text):
                return self.tokens[i + len(words)]
        return None

    def members(self, word):
        """(name, label, tokens of the body) of every `word NAME "label" { … }` inside."""
        found = []
        name_at = 0  # `member member "Member"`: a name may be the word itself
        for i, token in enumerate(self.tokens):
            if token != word or isinstance(token, Text) or i < 2 or i == name_at:
                continue
            name_at, j = i + 1, i + 2
            label = self.tokens[j] if j < len(self.tokens) and isinstance(self.tokens[j], Text) else Text("")
            while j < len(self.tokens) and self.tokens[j] != "{" and self.tokens[j] not in (word, "}"):
                j += 1
            body = []
            if j < len(self.tokens) and self.tokens[j] == "{":
                body = self.tokens[j + 1:self.tokens.index("}", j)]
            found.append((self.tokens[i + 1], label, body))
        return found

    def braces(self):
        """The names in `= { a, b }`."""
        if "=" not in self.tokens:
            return []
        start = self.tokens.index("=") + 2
        return [t for t in self.tokens[start:self.tokens.index("}", start)] if t != ","]


def value(body, word):
    return body[body.index(word) + 1] if word in body else None


class Module:
    def __init__(self, path):
        self.path = path
        self.name = "std." + path.stem
        self.text = path.read_text(encoding="utf-8")
        tokens = list(tokens_of(self.text))
        self.title, self.imports, self.declarations = "", [], []
        for kind, part in split(tokens):
            if kind == "module":
                self.declared_name, self.title = part[1], part[2]
            elif kind == "import":
                self.imports.append(part[1])
            else:
                self.declarations.append(Declaration(self, kind, part))

    def of(self, kind):
        return [d for d in self.declarations if d.kind == kind]

    def about(self):
        """The comment at the head of the file, as one line."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("//"):
                break
            lines.append(line[2:].strip())
        return " ".join(lines)


def tokens_of(text):
    for match in TOKEN.finditer(text):
        if match["block"] is not None:
            yield Text(match["block"].strip())
        elif match["string"] is not None:
            yield Text(match["string"].replace('\\"', '"'))
        elif match["word"] or match["tick"]:
            yield match["word"] or match["tick"]
        elif match["mark"] is not None:
            yield match["mark"]


def split(tokens):
    """(keyword, tokens) of every declaration."""
    depth, current, parts = 0, [], []
    for token in tokens:
        if depth == 0 and not isinstance(token, Text) and token in KINDS + ("module", "import") and not ends_open(current):
            current = [token]
            parts.append((token, current))
        else:
            current.append(token)
        if not isinstance(token, Text):
            depth += {"{": 1, "}": -1}.get(token, 0)
    return parts


def ends_open(tokens):
    """`between role a and role b`: the keyword belongs to the declaration before it."""
    return bool(tokens) and not isinstance(tokens[-1], Text) and tokens[-1] in ("between", "and", "of", "with")


def modules(root):
    found = [Module(path) for path in sorted((Path(root) / "stdlib").glob("*.sod"))]
    if not found:
        raise SystemExit("no modules found in stdlib/")
    return found
