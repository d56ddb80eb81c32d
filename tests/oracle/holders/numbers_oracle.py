#!/usr/bin/env python3
"""F22: how many hold something. Seeded worlds of three people, a vacant post, a robot, a team, an account without an owner, an
undecided grant and delegations; what is unknown is tried in every way. Each world is asked by `check`, a request and a revocation.

usage: numbers_oracle.py SODC
"""
import collections
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

PEOPLE = ("p0", "p1", "p2")
EVERYBODY = PEOPLE + ("post", "robot", "office")
BOUNDS = {"a": (1, None), "b": (2, None), "c": (3, None), "d": (None, 0), "e": (None, 1), "f": (None, 2), "g": (1, 1), "h": (1, 2), "i": (2, 3)}
JULY, SEPTEMBER = 0, 1
DAYS = ("2026-07-01", "2026-09-01")
# How somebody holds it: the words of the assignment, and whether it is held in July and from September on.
WAYS = {"own": ("r", (True, True)), "outer": ("o", (True, True)), "summer": ("r until 2026-08-31", (True, False)),
        "autumn": ("r from 2026-09-01", (False, True)), "suspended": ("r suspended", (False, False)),
        "eligible": ("r eligible", (True, True)), "undecided": ("u", (None, None))}
World = collections.namedtuple("World", "held delegations unowned")
RIGHT = {"joins": True, "vacant": False, "robot": False, "unowned": True, "undecided": True, "suspended": False, "whole_time": True,
         "unknown_moves": True, "members": True}


def counted(world, day, u_is, owner, members, rules):
    """How many people hold it if the undecided is `u_is`, the account is `owner`'s and the office has so many members."""
    countable = set(PEOPLE) | {"somebody"} | ({"post"} if rules["vacant"] else set()) | ({"robot"} if rules["robot"] else set())
    own = {owner} if world.unowned and owner else set()
    has_office = False
    for who, way in world.held:
        holds = rules["suspended"] if way == "suspended" else WAYS[way][1][day]
        if u_is if holds is None else holds:
            own.add(who)
            has_office |= who == "office"
    people = own & countable
    if not rules["joins"]:
        return len(people | {taker for _, taker in world.delegations}) + (members if has_office else 0)
    # Whoever stands in for a post that nobody has is somebody.
    people |= {taker for giver, taker in world.delegations if giver not in countable}
    groups = []
    for link in [{giver, taker} for giver, taker in world.delegations if giver in countable]:
        for other in [group for group in groups if group & link]:
            groups.remove(other)
            link |= other
        groups.append(link)
    return len(people) + (members if has_office else 0) + sum(1 for group in groups if not group & people)


def numbers(world, day, rules):
    """(fewest, most), whatever the unknown is; most is None if nobody can say."""
    has_office = ("office", "own") in world.held
    owners = [None] if not world.unowned or not rules["unowned"] else [None, "somebody"] + list(PEOPLE)
    undecided = (False, True) if rules["undecided"] else (False,)
    found = [counted(world, day, u_is, owner, members, rules)
             for u_is, owner, members in itertools.product(undecided, owners, (0, 1, 2) if has_office else (0,))]
    return min(found), None if has_office and rules["members"] else max(found)


def verdict_of(least, most, bound):
    few, many = bound
    top = 99 if most is None else most
    if (few is not None and top < few) or (many is not None and least > many):
        return "denied"
    return "not_evaluable" if (few is not None and least < few) or (many is not None and top > many) else "clear"


def change_at(before, after, bound, rules):
    """What gets worse: (verdict, how far), or None."""
    few, many = bound
    (least0, most0), (least, most) = [(n[0], 99 if n[1] is None else n[1]) for n in (before, after)]
    worse = []
    if few is not None and least < few and (least < least0 or most < most0):
        worse.append(("denied", few - most) if most < few else ("not_evaluable", 0))
    if many is not None and most > many and (least > least0 or most > most0):
        worse.append(("denied", least - many) if least > many else ("not_evaluable", 0))
    if not worse:
        return None
    worst = min(worse)
    if not rules["unknown_moves"] and worst[0] == "not_evaluable" and verdict_of(*before, bound) == "not_evaluable":
        return None
    return worst


def changes(world, after, days, rules):
    found = {}
    for name, bound in BOUNDS.items():
        worst = None
        for day in days if rules["whole_time"] else days[:1]:
            now = numbers(after[day], day, rules)
            change = change_at(numbers(world, day, rules), now, bound, rules)
            if change and (worst is None or change[0] < worst[0][0]):
                worst = (change, now, DAYS[day])
        if worst:
            found[name] = (worst[0][0], worst[1][0], worst[1][1], worst[2])
    return found


def policy(world):
    text = ["policy w { language 1 }", 'system s "S"']
    for name, (few, many) in BOUNDS.items():
        said = ([] if few is None else [f"holders at least {few}"]) + ([] if many is None else [f"holders at most {many}"])
        text.append(f'duty {name} "{name}" {{ {"  ".join(said)} }}')
    text += [f'role r "R" {{ grants {", ".join(BOUNDS)} }}', 'role o "O" { includes r }']
    text.append('role u "U" { ' + "  ".join(f'grants {name} undecided "x"' for name in BOUNDS) + " }")
    text += [f'person {who} "{who}"' for who in PEOPLE] + ['person post "Post" vacant', 'tool robot "Robot"', 'team office "Office"']
    text += [f"assign {who} to {WAYS[way][0]}" for who, way in world.held]
    text += [f"delegate r from {giver} to {taker} until 2027-01-01 {{ sub_delegation allowed }}" for giver, taker in world.delegations]
    if world.unowned:
        text.append('assign account s "root" to r')
    return "\n".join(text) + "\n"


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def ask_check(sodc, source):
    """By duty: too few, too many, or not to be told."""
    words = {"SOD2054": "denied", "SOD2055": "denied", "SOD2056": "not_evaluable"}
    report = json.loads(run(sodc, "check", source, "--as-of", DAYS[0], "--format", "json").stdout)
    found = {}
    for finding in report["diagnostics"]:
        if finding["code"] in words:
            found[finding["message"].split("`")[1]] = words[finding["code"]]
    return found


def ask(sodc, table, person, *asked):
    answer = json.loads(run(sodc, "query", table, "--person", person, *asked, "--as-of", DAYS[0], "--format", "json", "--fail-on", "never").stdout)
    found = {item["id"]: (item["verdict"], item["people"]["least"], item["people"]["most"], item["from"]) for item in answer["holders"]}
    listed = [item["id"] for item in answer["not_checked"] if item["id"] in BOUNDS]
    assert not listed, listed
    return answer["request_verdict"], found


def worlds():
    chance = random.Random(22)
    for _ in range(150):
        held = []
        for who in EVERYBODY:
            ways = ["own"] if who in ("robot", "office") else ["own", "undecided"] if who == "post" else list(WAYS)
            odds = {"office": 0.12, "robot": 0.3, "post": 0.3}.get(who, 0.6)
            if chance.random() < odds:
                held.append((who, chance.choice(ways)))
        delegations = set()
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            giver, taker = chance.choice(PEOPLE + ("post",)), chance.choice(PEOPLE)
            if giver != taker and (taker, giver) not in delegations:
                delegations.add((giver, taker))
        yield World(tuple(held), tuple(sorted(delegations)), chance.random() < 0.25)


def questions(world, chance):
    """Person, words, the worlds by day that result, and the days it is about."""
    person = chance.choice(PEOPLE)
    until, days = chance.choice(((" until 2026-12-31", (JULY, SEPTEMBER)), (" until 2026-08-31", (JULY,))))
    granted = World(world.held + ((person, "own"),), world.delegations, world.unowned)
    yield person, ("--request", "r" + until), {JULY: granted, SEPTEMBER: granted}, days
    has = [who for who, way in world.held if who in PEOPLE and WAYS[way][0].split(" ")[0] == "r" and way != "suspended"]
    if has:
        person = chance.choice(has)
        left = World(tuple(one for one in world.held if one[0] != person), world.delegations, world.unowned)
        yield person, ("--revoke", "r until 2026-12-31"), {JULY: left, SEPTEMBER: left}, (JULY, SEPTEMBER)


MUTANTS = {"a delegate is one more": "joins", "a vacant post is somebody": "vacant", "a robot is somebody": "robot",
           "an account without an owner is nobody's": "unowned", "what is undecided is not held": "undecided",
           "what is suspended is held": "suspended", "a request is judged on its first day": "whole_time",
           "what was unknown before stays as it was": "unknown_moves", "a team without members is nobody": "members"}


# What check tells, how many requests, and what they make worse: a run that does fewer fails.
EXPECTED = ({"denied": 507, "not_evaluable": 277}, 259, {"denied": 447, "not_evaluable": 200})


def main():
    sodc, chance = sys.argv[1], random.Random(59)
    seen, checks, asked, worse = set(), collections.Counter(), 0, collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        source, table = os.path.join(folder, "w.sod"), os.path.join(folder, "w.sodt")
        for world in worlds():
            with open(source, "w", encoding="utf-8") as file:
                file.write(policy(world))
            subprocess.run([sodc, "build", source, "-o", table], capture_output=True, text=True, check=True)
            given = any(who in PEOPLE + ("post",) for who, _ in world.held) or world.delegations

            def told(rules):
                verdicts = {name: verdict_of(*numbers(world, JULY, rules), bound) for name, bound in BOUNDS.items()}
                return {name: verdict for name, verdict in verdicts.items() if verdict != "clear"} if given else {}

            actual = ask_check(sodc, source)
            checks.update(actual.values())
            if actual != told(RIGHT):
                print(policy(world), f"check: expected {told(RIGHT)}, answered {actual}", sep="\n")
                return 1
            seen |= {name for name, rule in MUTANTS.items() if told({**RIGHT, rule: not RIGHT[rule]}) != actual}
            for person, words, after, days in questions(world, chance):
                verdict, actual = ask(sodc, table, person, *words)
                expected = changes(world, after, days, RIGHT)
                worst = min([change[0] for change in expected.values()] + ["clear"], key=["denied", "not_evaluable", "clear"].index)
                asked += 1
                worse.update(change[0] for change in actual.values())
                if (actual, verdict) != (expected, worst):
                    print(policy(world), f"{person} {words}: expected {expected}, answered {actual}, {verdict}", sep="\n")
                    return 1
                seen |= {name for name, rule in MUTANTS.items() if changes(world, after, days, {**RIGHT, rule: not RIGHT[rule]}) != actual}
    print(f"check {dict(checks)}, {asked} requests, {dict(worse)}; wrong readings seen: {len(seen)} of {len(MUTANTS)}")
    missing = sorted(set(MUTANTS) - seen)
    if (dict(checks), asked, dict(worse)) != EXPECTED:
        missing.append(f"expected {EXPECTED}")
    print(*missing, sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
