#!/usr/bin/env python3
"""F21: every chain of inclusion that leads to a side (second-ring E33). Every graph of inclusion over four roles with every
set of them that grants a duty, and 120 seeded graphs over seven roles; the chains are found by trying every path.

usage: routes_oracle.py SODC
"""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

MOST = 16  # ways told; of the rest the number


def chains(edges, first, grants):
    """Every path from the role to one that grants, itself included; shorter ones first, then in the order of declaration."""
    found = []

    def walk(path):
        if path[-1] in grants:
            found.append(path)
        for included in edges.get(path[-1], []):
            walk(path + [included])

    walk([first])
    return sorted(found, key=len)


def policy(roles, edges, duties):
    text = ["policy w { language 1 }", "duty count"] + [f"duty d{i}" for i in range(len(duties))]
    for role in range(roles):
        includes = [f"includes {', '.join(f'r{i}' for i in edges[role])}"] if edges.get(role) else []
        grants = [f"grants d{i}" for i, granting in enumerate(duties) if role in granting]
        text.append(f"role r{role} {{ {'  '.join(includes + grants)} }}" if includes + grants else f"role r{role}")
    text += [f"conflict c{i} between d{i} and count" for i in range(len(duties))]
    text += [f"conflict held between role r{roles - 1} and count", "person ann", "assign ann to r0", "assign ann to count"]
    return "\n".join(text) + "\n"


def told(side):
    """Role chains of the side, and how many more there are."""
    witness = side["witnesses"][0] if "witnesses" in side else side
    return [[int(step["id"][1:]) for step in path if step["kind"] == "role"] for path in witness["paths"]], witness["more_paths"]


def ask(sodc, folder, text):
    path = os.path.join(folder, "w.sod")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    run = subprocess.run([sodc, "query", path, "--person", "ann", "--as-of", "2026-07-01", "--format", "json", "--fail-on", "never"],
                         capture_output=True, text=True, check=True)
    return {conflict["id"]: conflict for conflict in json.loads(run.stdout)["conflicts"]}


class Run:
    def __init__(self, sodc, folder):
        self.sodc, self.folder = sodc, folder
        self.answers = self.chains = self.wrong = 0
        self.caught = {"the shortest alone": 0, "one for each that grants": 0, "through what grants no further": 0}

    def judge(self, roles, edges, duties):
        conflicts = ask(self.sodc, self.folder, policy(roles, edges, duties))
        wanted = {f"c{i}": chains(edges, 0, granting) for i, granting in enumerate(duties)}
        wanted["held"] = chains(edges, 0, {roles - 1})
        for name, expected in wanted.items():
            self.answers += 1
            if not expected:
                self.wrong += name in conflicts
                continue
            if name not in conflicts:
                self.wrong += 1
                continue
            got, more = told(conflicts[name]["sides"][0])
            self.chains += len(got)
            shortest = len(expected[0])
            is_right = (len(got) + more == len(expected) and len(got) == min(len(expected), MOST) and len(got[0]) == shortest
                        and len({tuple(path) for path in got}) == len(got) and all(path in expected for path in got)
                        and [len(path) for path in got] == sorted(len(path) for path in got))
            if not is_right:
                self.wrong += 1
                if self.wrong < 4:
                    print(name, edges, duties, "expected", expected, "got", got, more)
            full = len(got) + more
            self.caught["the shortest alone"] += full != 1
            self.caught["one for each that grants"] += full != len({path[-1] for path in expected})
            self.caught["through what grants no further"] += full != len([p for p in expected if not self.passes(p, name, duties)])

    @staticmethod
    def passes(path, name, duties):
        return name != "held" and any(role in duties[int(name[1:])] for role in path[:-1])


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = Run(sys.argv[1], folder)
        pairs = list(itertools.combinations(range(4), 2))
        every = [set(granting) for size in range(5) for granting in itertools.combinations(range(4), size)]
        for graph in range(1 << len(pairs)):
            edges = {}
            for bit, (a, b) in enumerate(pairs):
                if graph >> bit & 1:
                    edges.setdefault(a, []).append(b)
            run.judge(4, edges, every)
        for seed in range(120):
            dice = random.Random(seed)
            edges = {a: [b for b in range(a + 1, 7) if dice.random() < 0.6] for a in range(7)}
            for included in edges.values():
                dice.shuffle(included)
            run.judge(7, edges, [{role for role in range(7) if dice.random() < 0.4} for _ in range(6)])
        print(f"{run.answers} answers, {run.chains} chains, {run.wrong} wrong; seen: {run.caught}")
        return 0 if run.wrong == 0 and run.answers == 64 * 17 + 120 * 7 and all(run.caught.values()) else 1


sys.exit(main())
