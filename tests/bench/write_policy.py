#!/usr/bin/env python3
"""Writes a policy of a given number of rules, always the same for the same numbers.

Names have 6 to 10 letters, titles 16 to 20, a rationale 60; a rule cites one clause and two
controls; a role grants five duties; a duty stands in ten rules on average.

usage: write_policy.py RULES > policy.sod
"""
import random
import sys

SYLLABLES = [c + v for c in "bcdfghklmnprstvw" for v in "aeiou"]


def names(source, count, prefix):
    """Different names: a prefix keeps them apart from words of the language."""
    found = {}
    while len(found) < count:
        found[prefix + "".join(source.choices(SYLLABLES, k=source.randint(3, 4))) + source.choice(("", "x"))] = None
    return list(found)


def text(source, length):
    words = "".join(source.choice(SYLLABLES) + (" " if i % 3 == 2 else "") for i in range(length))
    return words[:length].strip().capitalize()


def pairs(source, duties, count):
    found = {}
    while len(found) < count:
        first, second = source.sample(duties, 2)
        found[min(first, second), max(first, second)] = None
    return list(found)


def write(rules, out):
    source = random.Random(20260317)
    duty_count = max(10, rules // 5)
    duties = names(source, duty_count, "d")
    roles = names(source, max(10, duty_count // 2), "r")
    controls = names(source, max(5, rules // 100), "k")
    clauses = max(5, rules // 100)
    out.write('policy bench "A measured policy" { language 1 }\nimport std.risk\n')
    out.write('framework book "The book" {\n')
    for i in range(clauses):
        out.write(f'  clause "B.{i + 1}" "{text(source, 18)}"\n')
    out.write("}\n")
    for name in duties:
        out.write(f'duty {name} "{text(source, source.randint(16, 20))}"\n')
    for name in controls:
        out.write(f'control {name} "{text(source, source.randint(16, 20))}" {{ nature preventive }}\n')
    for name in roles:
        out.write(f'role {name} "{text(source, source.randint(16, 20))}" {{ grants {", ".join(source.sample(duties, 5))} }}\n')
    for first, second in pairs(source, duties, rules):
        out.write(f'conflict {first} with {second} {{\n  because "{text(source, 60)}"\n'
                  f'  mitigated by {", ".join(source.sample(controls, 2))}\n  satisfies book "B.{source.randint(1, clauses)}"\n}}\n')


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.stdout)
