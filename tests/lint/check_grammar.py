#!/usr/bin/env python3
"""The parser rules softWord, conditionWord and verdictWord list every contextual keyword of the
lexer, each once, and no reserved one.

usage: check_grammar.py ROOT
"""

import re
import sys
from pathlib import Path

import lint

TOKEN = re.compile(r"^([A-Z_]+)\s*:\s*'([a-z_]+)'\s*;", re.MULTILINE)
SECTION = re.compile(r"^// ---- ", re.MULTILINE)


def keyword_sections(lexer):
    """Token names of the reserved and of the contextual sections of the lexer."""
    reserved, contextual = {}, {}
    for part in SECTION.split(lexer)[1:]:
        words = dict(TOKEN.findall(part))
        if part.startswith(("Declaration words", "Connectors")):
            reserved.update(words)
        elif part.startswith("Contextual words"):
            contextual.update(words)
        elif words:
            reserved.update(words)
    return reserved, contextual


def soft_words(parser):
    rules = re.findall(r"^(?:softWord|conditionWord|verdictWord)\s*:(.*?);", parser, re.MULTILINE | re.DOTALL)
    return [word.strip() for rule in rules for word in rule.split("|")]


def check(root):
    problems = []
    reserved, contextual = keyword_sections(lint.read(Path(root) / "grammar/SodLexer.g4"))
    parser = lint.read(Path(root) / "grammar/SodParser.g4")
    listed = soft_words(parser)
    for word in contextual:
        if word not in listed:
            problems.append(f"grammar/SodParser.g4: softWord lacks {word}; `{contextual[word]}` could not be a name")
    for word in listed:
        if word in reserved:
            problems.append(f"grammar/SodParser.g4: softWord lists {word}, which is reserved")
        elif word not in contextual:
            problems.append(f"grammar/SodParser.g4: softWord lists {word}, which the lexer does not know")
    for word in sorted({word for word in listed if listed.count(word) > 1}):
        problems.append(f"grammar/SodParser.g4: softWord lists {word} twice")
    rules = re.sub(r"^(?:softWord|conditionWord|verdictWord)\s*:.*?;", "", parser, flags=re.MULTILINE | re.DOTALL)
    for word in contextual:
        if not re.search(rf"\b{word}\b", rules):
            problems.append(f"grammar/SodLexer.g4: {word} is a keyword that no rule uses")
    for name in ("SodLexer.g4", "SodParser.g4"):
        text = re.sub(r"^options\s*\{[^}]*\}|^//.*$|'[^'\n]*'", "", lint.read(Path(root) / "grammar" / name), flags=re.MULTILINE)
        text = re.sub(r"\\[\[\]u]\{?[0-9A-Fa-f]*\}?", "", text)
        if re.search(r"\{[^}]*\}\??", text):
            problems.append(f"grammar/{name}: the grammar is free of actions and predicates")
    return problems, len(reserved), len(contextual)


if __name__ == "__main__":
    found, reserved_count, contextual_count = check(sys.argv[1])
    lint.finish("grammar", found, f"{reserved_count} reserved and {contextual_count} contextual words")
