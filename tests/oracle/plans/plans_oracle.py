#!/usr/bin/env python3
"""F25: whether a process can be done at all by those who are there. Two people with every choice of three duties under every one
of 24 sets of statements, and seeded worlds of four people, four duties, machines, delegations and accounts of nobody. Every set of
acts is tried; a way that is told must keep every statement, and of a no nothing may be left out.

usage: plans_oracle.py SODC
"""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

ROLE = "lead"


class World:
    """holds: duties by person; leads: people; statements: tuples; machine: duties of a robot; stray: duties of an account of nobody."""

    def __init__(self, duties, holds, leads, statements, machine=(), stray=None, joined=None, mode="deny"):
        self.duties, self.holds, self.leads, self.statements = duties, holds, leads, statements
        self.machine, self.stray, self.joined, self.mode = machine, stray, joined, mode

    def text(self):
        lines = ["policy w { language 1 }", "object thing", f"role {ROLE} \"Lead\"", "system desk"]
        lines += [f'duty d{i} "D{i}" {{ on thing }}' for i in range(self.duties)]
        for person, held in enumerate(self.holds):
            lines.append(f'person p{person} "P{person}"')
            if held:
                lines.append(f"assign p{person} to " + ", ".join(f"d{i}" for i in held))
            if person in self.leads:
                lines.append(f"assign p{person} to {ROLE}")
        if self.machine:
            lines += ["service robot", "assign robot to " + ", ".join(f"d{i}" for i in self.machine)]
        if self.stray is not None:
            lines += ['assign account desk "x" to ' + ", ".join(f"d{i}" for i in self.stray)]
        if self.joined:
            giver, taker, duty = self.joined
            lines.append(f"delegate d{duty} from p{giver} to p{taker} until 2030-01-01")
        inside = [f"step d{i}" for i in range(self.duties)]
        for number, one in enumerate(self.statements):
            kind, rest = one[0], one[1:]
            listed = lambda duties: ", ".join(f"d{i}" for i in duties)
            if kind == "needs":
                inside.append(f"needs at least {rest[0]} people")
            elif kind == "each":
                inside.append(f"each step needs at least {rest[0]} people")
            elif kind == "same":
                inside.append(f"same person {listed(rest[0])}")
            elif kind == "most":
                inside.append(f"at most {rest[0]} people do {{ {listed(rest[1])} }}")
            elif kind == "approval":
                barred = f" none of {{ {listed(rest[1])} }}" if rest[1] else ""
                inside.append(f'approval ok{number} "Ok {number}" before d0 {{ by {rest[0]} of role {ROLE} {barred} }}')
            elif kind == "rule":
                lines.append(f'conflict c{number} "C{number}" at most 1 of {{ {listed(rest[0])} }} per thing {{ mode {self.mode} }}')
        lines.append("process work per thing { " + "  ".join(inside) + " }")
        return "\n".join(lines) + "\n"

    def single(self):
        """The statements, one for each step where each step needs people; with the words of a no."""
        found = []
        for number, one in enumerate(self.statements):
            each = [("each", one[1], duty) for duty in range(self.duties)] if one[0] == "each" else [one]
            found += [(statement, self.words(number, statement)) for statement in each]
        return found

    @staticmethod
    def words(number, statement):
        kind, *rest = statement
        listed = lambda duties: ", ".join(f"D{i}" for i in duties)
        people = lambda n, one, more: f"{n} person {one}" if n == 1 else f"{n} people {more}"
        if kind == "needs":
            return f"at least {rest[0]} people do it"
        if kind == "each":
            return f"{rest[0]} people do D{rest[1]}"
        if kind == "same":
            return f"one person does {listed(rest[0])}"
        if kind == "most":
            return f"at most {people(rest[0], 'does', 'do')} {listed(rest[1])}"
        if kind == "approval":
            return f"Ok {number} is given by {rest[0]} of Lead" + (f", none of whom did {listed(rest[1])}" if rest[1] else "")
        return f"nobody breaks C{number}"


ROBOT = 100


def holders(world, helps):
    """Everybody who may be there: who holds what; people who stand in for each other are one."""
    who = {person: set(held) for person, held in enumerate(world.holds)}
    if world.joined:
        giver, taker, _ = world.joined
        if world.joined[2] in who[giver]:
            who[giver] |= who.pop(taker)
    if world.machine:
        who[ROBOT] = set(world.machine)
    if world.stray is not None and helps:
        for held in (held for person, held in who.items() if person != ROBOT):
            held |= set(world.stray)  # it may be theirs
        for extra in range(6):
            who[200 + extra] = set(world.stray)
    return who


def leads_of(world):
    leads = set(world.leads)
    if world.joined and world.joined[2] in world.holds[world.joined[0]] and world.joined[1] in leads:
        leads = (leads - {world.joined[1]}) | {world.joined[0]}
    return leads


def keeps(world, done, who, leads, statements, mutant=None):
    """done: person -> duties. Whether the acts are a whole process that keeps what is said."""
    doers = [[p for p, acts in done.items() if duty in acts] for duty in range(world.duties)]
    for duty, these in enumerate(doers):
        each = max([s[1] for s in statements if s[0] == "each" and (len(s) == 2 or s[2] == duty)] + [1])
        needed = [p for p in these if p != ROBOT or each == 1]
        if len(needed) < each:
            return False
    people = {p for p, acts in done.items() if acts and (p != ROBOT or mutant == "robots are people")}
    for kind, *rest in statements:
        if kind == "needs" and len(people) < rest[0]:
            return False
        if kind in ("same", "most"):
            duties, most = (rest[0], 1) if kind == "same" else (rest[1], rest[0])
            if len({p for duty in duties for p in doers[duty]}) > most:
                return False
        if kind == "rule" and world.mode == "deny" and mutant != "rules forgotten" and any(len(set(acts) & set(rest[0])) > 1 for acts in done.values()):
            return False
        if kind == "approval":
            free = leads if mutant == "whoever did it approves" else {p for p in leads if not set(done.get(p, ())) & set(rest[1])}
            if len(free) < rest[0]:
                return False
    return True


def choices(held, most):
    for size in range(most + 1):
        yield from itertools.combinations(sorted(held), size)


def can(world, helps, statements=None, mutant=None):
    statements = world.statements if statements is None else statements
    who, leads = holders(world, helps), leads_of(world)
    if mutant == "delegates are two" and world.joined:
        who = {person: set(held) for person, held in enumerate(world.holds)}
        if world.joined[2] in who[world.joined[0]]:
            who[world.joined[1]].add(world.joined[2])
        if world.machine:
            who[ROBOT] = set(world.machine)
        leads = set(world.leads)
    names = [p for p in who if who[p]]
    for acts in itertools.product(*[list(choices(who[p], len(who[p]))) for p in names]):
        if keeps(world, dict(zip(names, acts)), who, leads, statements, mutant):
            return True
    return False


class Run:
    def __init__(self, sodc, folder):
        self.sodc, self.folder = sodc, folder
        self.count = {"yes": 0, "no": 0, "unknown": 0, "given_up": 0}
        self.wrong = self.as_written = 0
        self.caught = {"rules forgotten": 0, "whoever did it approves": 0, "robots are people": 0, "delegates are two": 0}

    def fail(self, world, why, plan):
        self.wrong += 1
        if self.wrong < 4:
            print(why, world.text(), json.dumps(plan), sep="\n")

    def judge(self, world):
        path = os.path.join(self.folder, "w.sod")
        with open(path, "w", encoding="utf-8") as out:
            out.write(world.text())
        run = subprocess.run([self.sodc, "query", path, "--process", "work", "--as-of", "2026-07-01", "--format", "json", "--fail-on", "never"],
                             capture_output=True, text=True)
        if run.returncode != 0:
            return self.fail(world, run.stderr, None)
        plan = json.loads(run.stdout)["plan"]
        said = plan["can_be_done"]
        self.count[said] += 1
        expected = "yes" if can(world, False) else "unknown" if can(world, True) else "no"
        for mutant in self.caught:
            other = "yes" if can(world, False, mutant=mutant) else "not"
            self.caught[mutant] += (other == "yes") != (expected == "yes")
        if said != expected:
            return self.fail(world, f"expected {expected}", plan)
        if said == "yes":
            self.check_way(world, plan)
        if said == "no":
            self.check_reasons(world, plan)

    def check_way(self, world, plan):
        known = holders(world, False)

        def number(person):
            ids = [ROBOT if one == "robot" else int(one[1:]) for one in person]
            return next((one for one in ids if one in known), ids[0])

        done = {}
        for step in plan["steps"]:
            for person in step["people"]:
                done.setdefault(number(person), set()).add(int(step["duty"][1:]))
        who, leads = holders(world, False), leads_of(world)
        if any(not acts <= who.get(p, set()) for p, acts in done.items()) or not keeps(world, done, who, leads, world.statements):
            return self.fail(world, "a way that is none", plan)
        for approval in plan["approvals"]:
            _, needed, barred = world.statements[int(approval["approval"][2:])]
            by = [number(person) for person in approval["people"]]
            if len(set(by)) != needed or any(p not in leads or set(done.get(p, ())) & set(barred) for p in by):
                return self.fail(world, "an approval that is none", plan)

    def check_reasons(self, world, plan):
        if plan["as_written"]:
            return self.check_as_written(world, plan)
        unheld = [f"nobody holds D{i}" for i in range(world.duties) if not any(i in held for held in holders(world, True).values())]
        if unheld:
            return None if plan["because"] == unheld else self.fail(world, "unheld", plan)
        left = [statement for statement, words in world.single() if words in plan["because"]]
        if len(left) != len(plan["because"]) or can(world, True, left):
            return self.fail(world, "these do not stand in the way", plan)
        for one in left:
            if not can(world, True, [other for other in left if other is not one]):
                return self.fail(world, f"told without need: {one}", plan)


    def check_as_written(self, world, plan):
        """What is told stands in the way of four who may do everything, and of those who are there."""
        left = [statement for statement, words in world.single() if words in plan["because"]]
        four = World(world.duties, [tuple(range(world.duties))] * 4, {0, 1, 2, 3}, world.statements, mode=world.mode)
        self.as_written += 1
        if len(left) != len(plan["because"]) or not left or can(world, True, left) or can(four, True, left):
            return self.fail(world, "these are possible for somebody", plan)


def statement_sets():
    ab, bc, all3 = (0, 1), (1, 2), (0, 1, 2)
    single = [("needs", 2), ("same", ab), ("most", 1, all3), ("most", 2, all3), ("rule", ab), ("rule", all3), ("each", 2),
              ("approval", 1, ()), ("approval", 1, (0,)), ("approval", 2, (2,))]
    pairs = [(single[0], single[2]), (single[1], single[4]), (single[1], ("rule", bc)), (single[4], ("same", bc)), (single[0], single[8]), (single[4], single[8]),
             (single[5], single[3]), (single[0], ("same", bc)), (single[6], ("rule", ab)), (single[9], single[0]), (single[8], ("approval", 1, (1,)))]
    return [()] + [(one,) for one in single] + pairs + [(single[0], single[4], single[8]), (single[3], single[4], ("same", bc))]


def random_world(dice):
    duties = dice.choice([2, 3, 3, 4])
    some = lambda low: tuple(sorted(dice.sample(range(duties), dice.randint(low, duties))))
    holds = [tuple(sorted(dice.sample(range(duties), dice.randint(0, min(duties, 3))))) for _ in range(dice.choice([2, 3, 3]))]
    everything = [lambda: ("needs", dice.randint(2, 3)), lambda: ("same", some(2)), lambda: ("most", dice.randint(1, 2), some(2)), lambda: ("rule", some(2)),
                  lambda: ("approval", dice.randint(1, 2), some(0)), lambda: ("each", 2)]
    kinds = dice.sample(range(6), dice.randint(1, 4))
    statements = tuple(everything[kind]() for kind in kinds) + ((("rule", some(2)),) if dice.random() < 0.5 else ())
    leads = {p for p in range(len(holds)) if dice.random() < 0.6}
    machine = some(1)[:2] if dice.random() < 0.3 else ()
    stray = (dice.randrange(duties),) if dice.random() < 0.5 else None  # one duty, or there is too much to try
    joined = None
    giver, taker = dice.sample(range(len(holds)), 2)
    if dice.random() < 0.4 and holds[giver]:
        joined = (giver, taker, dice.choice(holds[giver]))
    if stray is not None:
        holds = holds[:2]
        joined = None if joined and max(joined[0], joined[1]) > 1 else joined
        leads = {p for p in leads if p < 2}
    return World(duties, holds, leads, statements, machine, stray, joined, "warn" if dice.random() < 0.1 else "deny")


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = Run(sys.argv[1], folder)
        every = [tuple(held) for size in range(4) for held in itertools.combinations(range(3), size)]
        for statements in statement_sets():
            for first, second in itertools.product(every, every):
                if first <= second:
                    run.judge(World(3, [first, second], {0, 1}, statements))
        for seed in range(500):
            run.judge(random_world(random.Random(seed)))
        total = sum(run.count.values())
        print(f"{total} answers {run.count}, {run.as_written} as written, {run.wrong} wrong; seen: {run.caught}")
        return 0 if run.wrong == 0 and total == len(statement_sets()) * 36 + 500 and all(run.caught.values()) and run.count["unknown"] and run.as_written else 1


if __name__ == "__main__":
    sys.exit(main())
