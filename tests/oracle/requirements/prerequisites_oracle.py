#!/usr/bin/env python3
"""F20: what is required of holders. Every set of three duties and two roles that one person holds, the second half of them with something
that ends inside the year, under every single requirement between two of these and a sample of several; alone, with each grant and with each
thing taken away. Judged by a reading of its own.

usage: prerequisites_oracle.py SODC
"""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

THINGS = ["d0", "d1", "d2", "inner", "outer"]  # inner grants d0, and d1 undecided; outer includes inner
ENDS = "2026-09-30"
DAYS = {"now": "2026-07-01", "later": "2026-11-01"}


def holds(have, thing, by_roles=True, undecided=True):
    """yes, maybe, no"""
    have = set(have)
    roles = {r for r in ("inner", "outer") if r in have}
    if "outer" in roles and by_roles:
        roles.add("inner")
    if thing in ("inner", "outer"):
        return "yes" if thing in roles else "no"
    if thing in have or (thing == "d0" and "inner" in roles and by_roles):
        return "yes"
    if thing == "d1" and "inner" in roles and undecided:
        return "maybe"
    return "no"


def judge(have, requirement, **switches):
    of, needs = (holds(have, thing, **switches) for thing in requirement)
    if of == "no" or needs == "yes":
        return "clear"
    return "not_evaluable" if "maybe" in (of, needs) else "denied"


RANK = ["denied", "not_evaluable", "clear"]


def worst(verdicts):
    return min(verdicts, key=RANK.index, default="clear")


def reading(steps, requirements, resulting=True, whole_time=True, is_new_only=True, **switches):
    """steps: what is held (before, after) at each instant of the request. What is violated, with its verdict, what it was before and
    whether that is introduced; the verdict that the request gets."""
    told, introduced = {}, "clear"
    for requirement in requirements:
        pairs = [(judge(b, requirement, **switches), judge(a if resulting else b | a, requirement, **switches)) for b, a in steps]
        if not whole_time:
            pairs = pairs[:1]
        before, after = worst(p[0] for p in pairs), worst(p[1] for p in pairs)
        new = worst(a for b, a in pairs if not is_new_only or RANK.index(a) < RANK.index(b))
        introduced = worst([introduced, new])
        if (before, after) != ("clear", "clear"):
            told[requirement] = (after, before)
    return told, introduced


def world_text(requirements):
    needs = {thing: " ".join(f"requires {n}" for t, n in requirements if t == thing) for thing in THINGS}
    text = ["policy w { language 1 }"] + [f"duty {d} {{ {needs[d]} }}" for d in THINGS[:3]]
    text.append(f"role inner {{ grants d0  grants d1 undecided \"open\"  {needs['inner']} }}")
    text.append(f"role outer {{ includes inner  {needs['outer']} }}")
    for i, (have, ending) in enumerate(PEOPLE):
        text.append(f"person p{i}")
        text += [f"assign p{i} to {t}" + (f" until {ENDS}" if t == ending else "") for t in have]
    return "\n".join(text) + "\n"


PEOPLE = [(have, None) for n in range(6) for have in itertools.combinations(THINGS, n)]
PEOPLE += [(have, have[0]) for n in (2, 3) for have in itertools.combinations(THINGS, n)]


def at(person, when):
    have, ending = person
    return {t for t in have if when == "now" or t != ending}


def ask(sodc, table, day, *options):
    run = subprocess.run([sodc, "query", table, "--all", "--as-of", day, "--format", "json", "--fail-on", "never", *options],
                         capture_output=True, text=True, check=True)
    answers = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        told = {(r["of"]["id"], r["requires"]["id"]): (r["verdict"], r.get("before")) for r in answer.get("requirements", [])}
        assert not [item for item in answer["not_checked"] if "requires" in item["what"]], line
        answers[answer["subject"]["id"]] = (told, answer["verdict"], answer["request_verdict"])
    return answers


def expected(person, when, grant, taken, **switches):
    requirements = switches.pop("requirements")
    if grant is None and taken is None:
        told, _ = reading([(at(person, when), at(person, when))], requirements, **switches)
        return {r: (after, None) for r, (after, before) in told.items()}, None
    steps = []
    for moment in (("now", "later") if when == "now" else ("later",)):
        before = at(person, moment)
        steps.append((before, (before - {taken}) | ({grant} if grant else set())))
    return reading(steps, requirements, **switches)


def worlds():
    pairs = [p for p in itertools.permutations(THINGS, 2)]
    for pair in pairs:
        yield (pair,)
    chance = random.Random(20)
    for _ in range(12):
        yield tuple(sorted(chance.sample(pairs, 3)))


def main():
    sodc, seen, asked = sys.argv[1], set(), 0
    wrong = {"roles give nothing": {"by_roles": False}, "undecided is no": {"undecided": False}, "what is taken stays": {"resulting": False},
             "only the first day": {"whole_time": False}, "what was there is introduced": {"is_new_only": False}}
    questions = [("now", None, None), ("later", None, None)] + [("now", g, None) for g in THINGS] + [("now", None, t) for t in THINGS]
    questions += [("now", "d2", "d0"), ("now", "outer", "inner")]
    with tempfile.TemporaryDirectory() as folder:
        source, table = os.path.join(folder, "w.sod"), os.path.join(folder, "w.sodt")
        for requirements in worlds():
            with open(source, "w", encoding="utf-8") as file:
                file.write(world_text(requirements))
            subprocess.run([sodc, "build", source, "-o", table], capture_output=True, text=True, check=True)
            for when, grant, taken in questions:
                options = (["--request", grant] if grant else []) + (["--revoke", taken] if taken else [])
                answers = ask(sodc, table, DAYS[when], *options)
                for i, person in enumerate(PEOPLE):
                    if f"p{i}" not in answers:
                        print(f"nobody answers for p{i}")
                        return 1
                    told, verdict, request_verdict = answers[f"p{i}"]
                    want, introduced = expected(person, when, grant, taken, requirements=requirements)
                    asked += 1
                    # There are no conflicts, and undecided grants let nothing but requirements be unknown.
                    right = told == want and verdict == worst(v[0] for v in want.values()) and request_verdict == introduced
                    if not right:
                        print(world_text(requirements), f"p{i} holds {person}, {when}, + {grant} - {taken}", f"expected {want} {introduced}",
                              f"answered {told} {verdict} {request_verdict}", sep="\n")
                        return 1
                    seen |= {name for name, switches in wrong.items()
                             if expected(person, when, grant, taken, requirements=requirements, **switches) != (want, introduced)}
    missing = set(wrong) - seen
    print(f"{asked} answers; wrong readings seen: {len(seen)} of {len(wrong)}", *sorted(missing), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
