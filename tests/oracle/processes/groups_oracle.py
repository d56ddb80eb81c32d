#!/usr/bin/env python3
"""F19: how few people can do a process. Every way in which three people hold three duties, and a sample of larger worlds
with delegations and accounts without an owner; each subset of the people is tried.

usage: groups_oracle.py SODC
"""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile


def reading(world, joins=True, fills_gaps=True, counts_all=True):
    """(size, possible size, number of groups, verdict); the switches are wrong readings."""
    people, held, delegations, unowned, needs = world
    duties = set(range(len(held[0])))
    having = [{d for d in duties if held[p][d]} for p in range(people)]
    group_of = list(range(people))
    for giver, taker, duty in delegations:
        having[taker].add(duty)
        if joins:
            old, new = max(group_of[giver], group_of[taker]), min(group_of[giver], group_of[taker])
            group_of = [new if g == old else g for g in group_of]
    units = sorted(set(group_of))
    has = {u: set().union(*(having[p] for p in range(people) if group_of[p] == u)) for u in units}

    def smallest(given):
        for size in range(1, len(units) + 1):
            found = [c for c in itertools.combinations(units, size) if set(given).union(*(has[u] for u in c)) >= duties]
            if found:
                return size, len(found) if counts_all else min(len(found), 1)
        return None, 0

    size, count = smallest(())
    possible, _ = smallest(unowned)
    gaps = duties - set().union(*has.values())
    verdict = "clear"
    if needs > 1:
        if size is not None and size < needs:
            verdict = "denied"
        elif (possible is not None and possible < needs) or (gaps and fills_gaps):
            verdict = "not_evaluable"
    return size, possible, count, verdict


def policy(world):
    people, held, delegations, unowned, needs = world
    duties = range(len(held[0]))
    text = ["policy w { language 1 }", 'system s "S"']
    text += [f'duty d{d} "D{d}"' for d in duties] + [f'person p{p} "P{p}"' for p in range(people)]
    text += [f"assign p{p} to d{d}" for p in range(people) for d in duties if held[p][d]]
    text += [f"delegate d{d} from p{a} to p{b} until 2027-01-01" for a, b, d in delegations]
    text += [f'assign account s "a{d}" to d{d}' for d in unowned]
    steps = "  ".join(f"step d{d}" for d in duties)
    for k in needs if isinstance(needs, (list, tuple)) else [needs]:
        text.append(f"process k{k} {{ {steps}  needs at least {k} people }}")
    return "\n".join(text) + "\n"


def ask(sodc, folder, world, k):
    table = os.path.join(folder, "w.sodt")
    run = subprocess.run([sodc, "query", table, "--process", f"k{k}", "--as-of", "2026-07-01", "--format", "json", "--fail-on", "never"],
                         capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout)
    return answer["people"], answer["possible_people"], answer["group_count"], answer["verdict"]


def ask_request(sodc, folder, person, duty):
    """By process: what the request makes worse, as (verdict, people)."""
    run = subprocess.run([sodc, "query", os.path.join(folder, "w.sodt"), "--person", f"p{person}", "--request", f"d{duty}", "--as-of", "2026-07-01", "--format", "json",
                          "--fail-on", "never"], capture_output=True, text=True, check=True)
    answer = json.loads(run.stdout)
    worse = {item["process"]: (item["verdict"], item["people"]) for item in answer["processes"]}
    worst = min([ORDER.index(verdict) for verdict, _ in worse.values()] + [ORDER.index("clear")])
    assert answer["request_verdict"] == ORDER[worst], answer["request_verdict"]
    return worse


ORDER = ["denied", "not_evaluable", "clear"]


def worse_by(world, person, duty):
    """What the request makes worse, or None; a step that nobody holds is no loss."""
    people, held, delegations, unowned, needs = world
    given = [list(row) for row in held]
    given[person][duty] = 1
    size, _, _, verdict = reading(world)
    size_after, possible_after, _, verdict_after = reading((people, given, delegations, unowned, needs))
    if verdict_after == "not_evaluable" and size_after is None and not (possible_after is not None and possible_after < needs):
        return None
    is_worse = ORDER.index(verdict_after) < ORDER.index(verdict) or (verdict_after == verdict == "denied" and size_after < size)
    return (verdict_after, size_after) if is_worse else None


def worlds():
    for bits in range(512):
        if bits % 3 == 0 or bits > 448:
            held = [[bits >> (3 * p + d) & 1 for d in range(3)] for p in range(3)]
            yield 3, held, [], []
    chance = random.Random(19)
    for _ in range(120):
        people, duties = chance.randint(2, 6), chance.randint(2, 5)
        held = [[int(chance.random() < 0.35) for _ in range(duties)] for _ in range(people)]
        delegations = []
        for _ in range(chance.randint(0, 2)):
            giver, taker, duty = chance.randrange(people), chance.randrange(people), chance.randrange(duties)
            if giver != taker and held[giver][duty]:
                delegations.append((giver, taker, duty))
        yield people, held, delegations, sorted(set(chance.choices(range(duties), k=chance.randint(0, 2))))


def main():
    sodc = sys.argv[1]
    wrong = {"a delegate is one more": {"joins": False}, "a gap is fine": {"fills_gaps": False}, "one group is all": {"counts_all": False}}
    seen, asked, requests, worse = set(), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for people, held, delegations, unowned in worlds():
            ks = (1, 2, 3)
            source = os.path.join(folder, "w.sod")
            with open(source, "w", encoding="utf-8") as file:
                file.write(policy((people, held, delegations, unowned, ks)))
            subprocess.run([sodc, "build", source, "-o", os.path.join(folder, "w.sodt")], capture_output=True, text=True, check=True)
            for k in ks:
                world = (people, held, delegations, unowned, k)
                expected, actual = reading(world), ask(sodc, folder, world, k)
                asked += 1
                if expected != actual:
                    print(policy(world), f"k{k}: expected {expected}, answered {actual}", sep="\n")
                    return 1
                seen |= {name for name, switches in wrong.items() if reading(world, **switches) != actual}
            # One request of a person in each world without delegations: what they hold may be handed on.
            free = [(p, d) for p in range(people) for d in range(len(held[0])) if not held[p][d]]
            if delegations or not free:
                continue
            person, duty = free[len(free) // 2]
            expected = {f"k{k}": worse_by((people, held, delegations, unowned, k), person, duty) for k in ks}
            actual = ask_request(sodc, folder, person, duty)
            requests += 1
            worse += len(actual)
            if {name: change for name, change in expected.items() if change} != actual:
                print(policy((people, held, delegations, unowned, ks)), f"p{person} asks for d{duty}: expected {expected}, answered {actual}", sep="\n")
                return 1
    missing = set(wrong) - seen
    if worse == 0 or worse == requests * len(ks):
        missing.add("requests never make anything worse, or always")
    print(f"{asked} answers, {requests} requests, {worse} worse; wrong readings seen: {len(seen)} of {len(wrong)}", *sorted(missing), sep="\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
