#!/usr/bin/env python3
"""Real access data through the product: conflicts found through roles equal those on permissions.

For each set of the role-mining data: 200 seeded pair rules and 200 seeded at-most-k rules over
its permissions, at least 100 of each with a violator. The roles come from the decomposition file
as one policy, the users as an assignments file; `sodc build` makes the table and `sodc query
--all --assignments` answers from it. Who violates what must be exactly what a direct look at the
users' permissions says.

usage: role_mining.py --sodc PROGRAM --data FOLDER [--set NAME …]
Ends with 77 (skipped) where the data is absent; with CI=true that is a failure.
"""

import argparse
import json
import lzma
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

SETS = {
    "americas_large": "org_row",
    "customer": "biclique",
    "domino": "optimal_cover",
    "fire1": "fastMin",
    "hc": "optimal_cover",
}
# What the data's README states: users, permissions, pairs. A different file is noticed.
SIZES = {
    "americas_large": (3485, 10127, 185294),
    "customer": (10021, 277, 45427),
    "domino": (79, 231, 730),
    "fire1": (365, 709, 31951),
    "hc": (46, 46, 1486),
}
RULES_OF_A_KIND = 200
WITH_VIOLATOR = 100
SKIPPED = 77


def rows(path):
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def read_permissions(folder, name):
    """user → permissions, directly."""
    held = defaultdict(set)
    for user, permission in rows(folder / f"{name}.upa.tsv.xz"):
        held[user].add(permission)
    return dict(held)


def read_roles(folder, name):
    """role → users, role → permissions, from the decomposition."""
    users, permissions = {}, {}
    for role, kind, items in rows(folder / f"{name}.{SETS[name]}.tsv.xz"):
        (users if kind == "U" else permissions)[role] = items.split()
    return users, permissions


class Rules:
    """Pairs and counted lists over the permissions, half of them inside one user's permissions."""

    def __init__(self, seed, held):
        self.random = random.Random(seed)
        self.held = held
        self.all = sorted({p for permissions in held.values() for p in permissions})
        self.users = sorted(held)

    def sample(self, count, of_one_user):
        """`count` different permissions; of one user who has more than that when asked for."""
        while of_one_user:
            permissions = sorted(self.held[self.random.choice(self.users)])
            if len(permissions) >= count:
                return tuple(self.random.sample(permissions, count))
        return tuple(self.random.sample(self.all, count))

    def pairs(self):
        pairs = set()
        while len(pairs) < RULES_OF_A_KIND:
            pairs.add(tuple(sorted(self.sample(2, len(pairs) < WITH_VIOLATOR))))
        return {f"pair{i}": (1, pair) for i, pair in enumerate(sorted(pairs))}

    def counted(self):
        """At most k of n: for the first half one user holds at least k + 1 of the n."""
        rules = {}
        for i in range(RULES_OF_A_KIND):
            k = self.random.randint(1, 3)
            size = k + self.random.randint(1, 4)
            members = list(self.sample(k + 1, i < WITH_VIOLATOR))
            others = [p for p in self.random.sample(self.all, min(len(self.all), size + k + 1)) if p not in members]
            members += others[:size - len(members)]
            rules[f"most{i}"] = (k, tuple(members))
        return rules


def violators(rules, held):
    """rule → users, by looking at permissions alone."""
    holders = defaultdict(set)
    for user, permissions in held.items():
        for permission in permissions:
            holders[permission].add(user)
    found = {}
    for name, (k, members) in rules.items():
        counts = defaultdict(int)
        for permission in members:
            for user in holders[permission]:
                counts[user] += 1
        found[name] = {user for user, count in counts.items() if count > k}
    return found


def write_policy(path, role_permissions, rules, held):
    permissions = sorted({p for items in held.values() for p in items})
    with open(path, "w", encoding="utf-8") as out:
        out.write("policy role_mining { language 1 }\n")
        for permission in permissions:
            out.write(f"duty p{permission}\n")
        for role, items in role_permissions.items():
            out.write(f"role {role} {{ grants {', '.join('p' + p for p in items)} }}\n")
        for name, (k, members) in rules.items():
            if name.startswith("pair"):
                out.write(f"conflict {name} between p{members[0]} and p{members[1]}\n")
            else:
                out.write(f"conflict {name} at most {k} of {{{', '.join('p' + p for p in members)}}}\n")


def write_assignments(path, role_users):
    with open(path, "w", encoding="utf-8") as out:
        out.write("person,role\n")
        for role, users in role_users.items():
            for user in users:
                out.write(f"u{user},{role}\n")


def run(command, accepted, output=subprocess.DEVNULL):
    done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, check=False)
    if done.returncode not in accepted:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr.decode()[:2000]}")


def ask(sodc, folder, rules):
    """rule → users, and how many users were answered for, through the table."""
    run([sodc, "build", str(folder / "policy.sod"), "-o", str(folder / "policy.sodt")], {0})
    answers = folder / "answers.jsonl"
    with open(answers, "wb") as output:
        run([sodc, "query", str(folder / "policy.sodt"), "--all", "--assignments", str(folder / "users.csv"),
             "--as-of", "2026-01-01", "--format", "json"], {0, 1}, output)
    found = {name: set() for name in rules}
    answered = 0
    # Line by line: the answers of the largest set do not fit in memory at once.
    with open(answers, "rb") as lines:
        for line in lines:
            answer = json.loads(line)
            answered += 1
            user = answer["subject"]["id"].removeprefix("u")
            for conflict in answer["conflicts"]:
                found[conflict["id"]].add(user)
    return found, answered


def check_set(sodc, data, name, problems):
    started = time.monotonic()
    held = read_permissions(data, name)
    role_users, role_permissions = read_roles(data, name)
    size = (len(held), len({p for items in held.values() for p in items}), sum(map(len, held.values())))
    if size != SIZES[name]:
        problems.append(f"{name}: users, permissions, pairs are {size}, not {SIZES[name]}")
    maker = Rules(f"{name} 1", held)
    pairs, counted = maker.pairs(), maker.counted()
    rules = {**pairs, **counted}
    expected = violators(rules, held)
    hit = [sum(1 for rule in kind if expected[rule]) for kind in (pairs, counted)]
    if min(hit) < WITH_VIOLATOR:
        problems.append(f"{name}: only {hit} rules have a violator; {WITH_VIOLATOR} of each kind are wanted")
    with tempfile.TemporaryDirectory(prefix="sod-role-mining-") as temporary:
        folder = Path(temporary)
        write_policy(folder / "policy.sod", role_permissions, rules, held)
        write_assignments(folder / "users.csv", role_users)
        found, answered = ask(sodc, folder, rules)
    if answered != len(held):
        problems.append(f"{name}: {answered} answers for {len(held)} users")
    wrong = [rule for rule in rules if found[rule] != expected[rule]]
    for rule in wrong:
        missed = sorted(expected[rule] - found[rule])[:5]
        invented = sorted(found[rule] - expected[rule])[:5]
        problems.append(f"{name}: {rule} {rules[rule]}: missed {missed}, invented {invented}")
    violations = sum(map(len, expected.values()))
    people = len(set().union(*expected.values()))
    print(f"{name}: {len(held)} users, {len(role_permissions)} roles, {size[1]} permissions; {hit[0]} of {len(pairs)} pairs "
          f"and {hit[1]} of {len(counted)} at-most-k rules have a violator; {violations} violations by {people} users, "
          f"{'equal' if not wrong else 'NOT equal'} through roles and on permissions; {time.monotonic() - started:.1f} s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sodc", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"the role-mining data is absent: {options.data}")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    problems = []
    for name in options.set or sorted(SETS):
        check_set(options.sodc, options.data, name, problems)
    for problem in problems[:40]:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
