#!/usr/bin/env python3
"""Validates JSON, one document or one a line, against a schema of docs/schema or tests/schemas.

usage: check_json.py SCHEMA [FILE]        (standard input without FILE)

Knows the keywords that these schemas use and refuses a schema with any other, so
that nothing is silently not checked. Prints `N valid` or every problem, exit 1.
"""

import json
import re
import sys
from datetime import datetime
from urllib.parse import urlsplit

ANNOTATIONS = {"$schema", "$id", "title", "description", "$defs", "definitions", "id", "default"}
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
}

# RFC 3986: what may stand in a URI, with percent signs only before two digits.
URI_TEXT = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*")


def is_uri(text, needs_scheme):
    if not URI_TEXT.fullmatch(text):
        return False
    first = re.split(r"[/?#]", text, maxsplit=1)[0]
    if needs_scheme or ":" in first:
        return bool(re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", text)) and urlsplit(text) is not None
    return True


def is_instant(text):
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


FORMATS = {"uri": lambda t: is_uri(t, True), "uri-reference": lambda t: is_uri(t, False), "date-time": is_instant}


class Checker:
    def __init__(self, schema):
        self.root = schema
        self.keywords = {name[len("check_"):]: getattr(self, name) for name in dir(self) if name.startswith("check_")}

    def problems(self, value, schema, where="$"):
        if isinstance(schema, bool):
            return [] if schema else [f"{where} may not be there"]
        found = []
        for keyword, argument in schema.items():
            if keyword in ANNOTATIONS:
                continue
            check = self.keywords.get(keyword.lstrip("$"))
            if check is None:
                raise SystemExit(f"check_json.py does not know the keyword {keyword}")
            found += check(value, argument, schema, where)
        return found

    def check_ref(self, value, argument, _, where):
        target = self.root
        for part in argument.removeprefix("#/").split("/"):
            target = target[part]
        return self.problems(value, target, where)

    def check_const(self, value, argument, _, where):
        same = value == argument and isinstance(value, bool) == isinstance(argument, bool)
        return [] if same else [f"{where}: {value!r} is not {argument!r}"]

    def check_enum(self, value, argument, _, where):
        return [] if value in argument else [f"{where}: {value!r} is none of {argument}"]

    def check_type(self, value, argument, _, where):
        names = argument if isinstance(argument, list) else [argument]
        return [] if any(TYPES[name](value) for name in names) else [f"{where}: {value!r} is no {'/'.join(names)}"]

    def check_pattern(self, value, argument, _, where):
        bad = isinstance(value, str) and not re.search(argument, value)
        return [f"{where}: {value!r} does not match {argument}"] if bad else []

    def check_minimum(self, value, argument, _, where):
        bad = TYPES["number"](value) and value < argument
        return [f"{where}: {value} is below {argument}"] if bad else []

    def check_maximum(self, value, argument, _, where):
        bad = TYPES["number"](value) and value > argument
        return [f"{where}: {value} is above {argument}"] if bad else []

    def check_format(self, value, argument, _, where):
        if argument not in FORMATS:
            raise SystemExit(f"check_json.py does not know the format {argument}")
        bad = isinstance(value, str) and not FORMATS[argument](value)
        return [f"{where}: {value!r} is no {argument}"] if bad else []

    def check_uniqueItems(self, value, argument, _, where):
        if not argument or not isinstance(value, list):
            return []
        texts = [json.dumps(item, sort_keys=True) for item in value]
        return [f"{where}: item {i} stands there twice" for i, t in enumerate(texts) if t in texts[:i]]

    def check_minItems(self, value, argument, _, where):
        return [f"{where}: fewer than {argument} items"] if isinstance(value, list) and len(value) < argument else []

    def check_maxItems(self, value, argument, _, where):
        return [f"{where}: more than {argument} items"] if isinstance(value, list) and len(value) > argument else []

    def check_required(self, value, argument, _, where):
        if not isinstance(value, dict):
            return []
        return [f"{where}: {name} is missing" for name in argument if name not in value]

    def check_properties(self, value, argument, _, where):
        if not isinstance(value, dict):
            return []
        return [p for name, schema in argument.items() if name in value
                for p in self.problems(value[name], schema, f"{where}.{name}")]

    def check_additionalProperties(self, value, argument, schema, where):
        if not isinstance(value, dict):
            return []
        extra = [name for name in value if name not in schema.get("properties", {})]
        if argument is False:
            return [f"{where}: {name} is not part of the schema" for name in extra]
        return [p for name in extra for p in self.problems(value[name], argument, f"{where}.{name}")]

    def check_items(self, value, argument, _, where):
        if not isinstance(value, list):
            return []
        return [p for i, item in enumerate(value) for p in self.problems(item, argument, f"{where}[{i}]")]

    def check_anyOf(self, value, argument, _, where):
        tries = [self.problems(value, schema, where) for schema in argument]
        return [] if any(not t for t in tries) else min(tries, key=len)

    def check_oneOf(self, value, argument, _, where):
        fitting = sum(not self.problems(value, schema, where) for schema in argument)
        return [] if fitting == 1 else [f"{where}: fits {fitting} of the alternatives, not one"]


def documents(text):
    """The whole text as one document, else one document a line."""
    try:
        return [json.loads(text)]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            text = file.read()
    else:
        text = sys.stdin.read()
    checker = Checker(schema)
    found = documents(text)
    problems = [p for document in found for p in checker.problems(document, schema)]
    for problem in problems:
        print(problem)
    if problems or not found:
        sys.exit(1)
    print(f"{len(found)} valid")


if __name__ == "__main__":
    main()
