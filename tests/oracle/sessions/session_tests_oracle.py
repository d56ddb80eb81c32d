#!/usr/bin/env python3
"""F26: tests of policies about sessions. Seeded policies of three or four rules over four duties and two roles, per session or for all
times, denied or warned of; five people who hold what they hold actively, as eligible only, or no longer. Every session of up to three of
the six things, held or not, alone and with every other thing activated, too, and the largest safe sets of each person. A reading of its own
says which of these tests pass; what wrong readings expect must fail.

usage: session_tests_oracle.py SODC
"""
import itertools
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

DUTIES = ["d0", "d1", "d2", "d3"]
ROLES = {"r0": ["d0"], "r1": ["d1", "d2"]}
THINGS = DUTIES + list(ROLES)
PAIRS = [pair for pair in itertools.combinations(THINGS, 2) if pair[1] not in ROLES or pair[0] not in ROLES[pair[1]]]
RANK = ["denied", "warned", "clear"]
MUTANTS = ["rules for all times count", "what is eligible is activated", "what was broken before counts again", "a role brings nothing",
           "every safe set is one of the largest", "what is not held is passed over"]
POLICIES = 24
PEOPLE = 5


def make_world(seed):
    dice = random.Random(seed)
    rules = []
    for i in range(dice.choice([3, 4])):
        at_most_two = dice.random() < 0.25
        members = tuple(sorted(dice.sample(DUTIES, 3))) if at_most_two else dice.choice(PAIRS)
        if any(members == rule["members"] for rule in rules):
            continue
        rules.append({"name": f"c{i}", "members": members, "most": 2 if at_most_two else 1, "is_session": dice.random() < 0.7,
                      "verdict": dice.choice(["denied", "denied", "warned"])})
    people = [{thing: dice.choice(["active", "active", "active", "eligible", "ended", "no"]) for thing in THINGS} for _ in range(PEOPLE)]
    return rules, people


def policy_text(rules, people):
    lines = ["policy w { language 1 }", "import std.states"] + [f"duty {d}" for d in DUTIES]
    lines += [f"role {r} {{ {'  '.join('grants ' + d for d in duties)} }}" for r, duties in ROLES.items()]
    for rule in rules:
        words = [f"role {m}" if m in ROLES and rule["most"] == 1 else m for m in rule["members"]]
        what = f"between {words[0]} and {words[1]}" if rule["most"] == 1 else f"at most {rule['most']} of {{ {', '.join(words)} }}"
        mode = " { mode warn }" if rule["verdict"] == "warned" else ""
        lines.append(f"conflict {rule['name']} {what}{' per session' if rule['is_session'] else ''}{mode}")
    for i, held in enumerate(people):
        lines.append(f"person p{i}")
        ending = {"active": "", "eligible": " eligible", "ended": " until 2026-06-30"}
        lines += [f"assign p{i} to {thing}{ending[state]}" for thing, state in held.items() if state != "no"]
    return "\n".join(lines) + "\n"


class Reading:
    def __init__(self, rules, mutant=None):
        self.rules, self.mutant = rules, mutant

    def is_wrong(self, number):
        return self.mutant == MUTANTS[number]

    def can_activate(self, held, thing):
        return held[thing] == "active" or (self.is_wrong(1) and held[thing] == "eligible")

    def broken(self, active):
        have = set(active)
        if not self.is_wrong(3):
            have |= {duty for role in active if role in ROLES for duty in ROLES[role]}
        return {rule["name"]: rule["verdict"] for rule in self.rules
                if (rule["is_session"] or self.is_wrong(0)) and sum(m in have for m in rule["members"]) > rule["most"]}

    def judge(self, held, active, added):
        """The rules that are expected, with the verdict; nothing where the session cannot be opened."""
        asked = list(active) + ([added] if added else [])
        can = [thing for thing in asked if self.can_activate(held, thing)]
        if len(can) < len(asked) and not self.is_wrong(5):
            return None
        found = self.broken(can)
        if added and not self.is_wrong(2):
            before = self.broken([thing for thing in can if thing != added])
            found = {name: verdict for name, verdict in found.items() if name not in before}
        return sorted(found), min(found.values(), key=RANK.index, default="clear")

    def safe_sets(self, held):
        things = [thing for thing in THINGS if self.can_activate(held, thing)]
        safe = [set(s) for n in range(len(things) + 1) for s in itertools.combinations(things, n) if not self.broken(s)]
        if self.is_wrong(4):
            return safe
        return [s for s in safe if not any(s < other for other in safe)]


SESSIONS = [(active, added) for n in range(4) for active in itertools.combinations(THINGS, n) for added in [None] + THINGS
            if added not in active and (active or added)]


def expectations(reading, people):
    """title → the facts and what is expected of them; None: it cannot be opened."""
    told = {}
    for i, held in enumerate(people):
        for active, added in SESSIONS:
            facts = f"person p{i}" + (f"  session {', '.join(active)}" if active else "") + (f"  when activated {added}" if added else "")
            judged = reading.judge(held, active, added)
            words = None
            if judged:
                rules, verdict = judged
                words = f"expect {verdict}  expect " + (f"conflicts {', '.join(rules)}" if rules else "no conflicts")
            told[facts] = (facts, words)
        sets = [s for s in reading.safe_sets(held) if s]
        if sets:
            words = ", ".join("{ " + ", ".join(sorted(s)) + " }" for s in sets)
            told[f"p{i} safe"] = (f"person p{i}", f"expect safe {words}")
    return told


def run(sodc, folder, text, told):
    blocks = [f'test "{title}" {{ {facts}  as of 2026-08-01  {words or "expect clear"} }}' for title, (facts, words) in told.items()]
    path = Path(folder) / "w.sod"
    path.write_text(text + "\n".join(blocks) + "\n", encoding="utf-8")
    result = subprocess.run([sodc, "test", str(path), "--format", "json"], capture_output=True, text=True)
    assert result.returncode in (0, 1), (result.returncode, result.stderr)
    tests = json.loads(result.stdout)["policies"][0]["tests"]
    assert len(tests) == len(told)
    return {test["title"]: test for test in tests}


def check_right(sodc, folder, text, right):
    passed = failed = 0
    for title, test in run(sodc, folder, text, right).items():
        words = right[title][1]
        assert test["outcome"] == ("passed" if words else "failed"), (text, title, words, test["mismatches"])
        if words:
            passed += 1
            continue
        failed += 1
        assert all("cannot be activated" in mismatch["found"] for mismatch in test["mismatches"]), test["mismatches"]
    return passed, failed


def expressible(words, of_no_session):
    """No test of a session may name a rule that is about none (SOD1366); the verdict alone is wrong enough."""
    return words.split("  ")[0] if any(name in words for name in of_no_session) else words


def main():
    sodc = sys.argv[1]
    passed = failed = 0
    caught = dict.fromkeys(MUTANTS, 0)
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(POLICIES):
            rules, people = make_world(seed)
            text = policy_text(rules, people)
            right = expectations(Reading(rules), people)
            counts = check_right(sodc, folder, text, right)
            passed, failed = passed + counts[0], failed + counts[1]
            of_no_session = {rule["name"] for rule in rules if not rule["is_session"]}
            for mutant in MUTANTS:
                wrong = expectations(Reading(rules, mutant), people)
                differ = {title: (facts, expressible(words, of_no_session)) for title, (facts, words) in wrong.items()
                          if words and (facts, words) != right.get(title)}
                # What is left of it may be right.
                differ = {title: case for title, case in differ.items() if not (right.get(title, ("", None))[1] or "").startswith(case[1])}
                sample = dict(itertools.islice(differ.items(), 40))
                if not sample:
                    continue
                for title, test in run(sodc, folder, text, sample).items():
                    assert test["outcome"] == "failed", (mutant, title, sample[title])
                    caught[mutant] += 1
    print(f"F26: {passed} tests pass and {failed} open no session; wrong readings caught: {caught}")
    assert all(caught.values()), caught
    assert (passed, failed) == (EXPECTED_PASSED, EXPECTED_FAILED), (passed, failed)


EXPECTED_PASSED = 4357
EXPECTED_FAILED = 19401

if __name__ == "__main__":
    main()
