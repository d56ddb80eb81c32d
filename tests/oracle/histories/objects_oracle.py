"""Every small history under rules per object and about one's own, judged by a second, slow reading of docs/histories.md.

    objects_oracle.py SODC [WORKDIR]

The policy and the histories are written as text and judged by `sodc query --history`; what it finds is compared with what is worked
out here from the events alone. Each history has objects of its own, so that thousands of them are one file. Wrong readings must each
be contradicted by some history.
"""
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

POLICY = """policy port "Port" { language 1 }
import std.risk
object contract "Contract"
object shipment "Shipment" { relations owner  part of contract }
duty a
duty b
duty c
duty d
system desk
person p { account desk "both" shared }
person q { account desk "both" shared }
person r
service bot
conflict pair between a and b per shipment { risk high }
conflict three at most 2 of { a, b, c, d } per contract { risk high  mode warn }
conflict sets between { a, c } and { c, d } per contract { risk high }
conflict own between c and being owner of shipment { risk high }
"""

PEOPLE = ("p", "q", "r")
# Who may have done it: one for certain, one of several, anyone.
DOERS = {"p": ("p",), "q": ("q",), "both": ("p", "q"), "zed": None}
DUTIES = ("a", "b", "c", "d")
OWNERS = ("p", None, "nobody", "unknown")
ANYONE = "somebody else"


def violates(rule, held):
    """`held`: what one person did or is, of what the rule looks at."""
    if rule == "pair":
        return {"a", "b"} <= held
    if rule == "three":
        return len(held & {"a", "b", "c", "d"}) > 2
    if rule == "sets":
        return any(x in held and y in held and x != y for x in "ac" for y in "cd")
    return {"c", "owner"} <= held


MEMBERS = {"pair": set("ab"), "three": set("abcd"), "sets": set("acd"), "own": set("c")}


class Reading:
    """The right one; subclasses are wrong in one thing."""
    shared_is_certain = False
    unknown_is_no = False
    missing_is_no = False
    parts_count = True
    owner_matters = True
    overlap_fires = False

    def may_be(self, doer, person):
        people = DOERS[doer]
        if people is None:
            return not self.unknown_is_no
        return person in people

    def is_surely(self, doer, person):
        people = DOERS[doer]
        if people is None:
            return False
        return people == (person,) or (self.shared_is_certain and person in people)

    def breaks(self, rule, held):
        if rule == "sets" and self.overlap_fires:
            return bool(held & set("ac")) and bool(held & set("cd"))
        return violates(rule, held)

    def judge(self, owner, events):
        """[(rule, person or None, number of the event)]: breaches of each person once, what is unknown once a rule."""
        found, seen = [], set()
        for number, (doer, duty) in enumerate(events):
            for rule in MEMBERS:
                if duty not in MEMBERS[rule]:
                    continue
                if rule in ("pair", "own") and duty == "d":
                    continue
                if rule in ("three", "sets") and not self.parts_count and duty != "d":
                    continue
                past = events[:number + 1]
                if not self.parts_count and rule in ("three", "sets"):
                    past = [event for event in past if event[1] == "d"]
                certain = False
                for person in PEOPLE:
                    sure = {what for who, what in past if self.is_surely(who, person)}
                    if rule == "own" and self.owner_matters and owner == person:
                        sure.add("owner")
                    if self.is_surely(doer, person) and self.breaks(rule, sure):
                        certain = True
                        if (rule, person) not in seen:
                            seen.add((rule, person))
                            found.append((rule, person, number))
                if certain:
                    continue
                for person in PEOPLE + (ANYONE,):
                    maybe = {what for who, what in past if self.may_be(who, person)}
                    if owner == person or (owner == "unknown" and not self.unknown_is_no) or (owner is None and not self.missing_is_no):
                        maybe.add("owner")
                    if self.may_be(doer, person) and self.breaks(rule, maybe):
                        if (rule, None) not in seen:
                            seen.add((rule, None))
                            found.append((rule, None, number))
                        break
        return sorted(found, key=str)


def wrong(**changes):
    return type("Wrong", (Reading,), changes)()


WRONG = {
    "a shared account is each of its users": wrong(shared_is_certain=True),
    "somebody unknown is nobody": wrong(unknown_is_no=True),
    "an owner whom nobody stated is nobody": wrong(missing_is_no=True),
    "what is done on a part does not count": wrong(parts_count=False),
    "one's own does not matter": wrong(owner_matters=False),
    "one thing on both sides conflicts with itself": wrong(overlap_fires=True),
}


def histories():
    choices = list(itertools.product(DOERS, DUTIES))
    for length in (1, 2, 3):
        for events in itertools.product(choices, repeat=length):
            for owner in OWNERS:
                yield owner, list(events)


def lines_of(number, owner, events):
    shipment = {"object": f"S{number}", "type": "shipment"}
    yield {**shipment, "part_of": f"C{number}"}
    if owner == "nobody":
        yield {**shipment, "relation": "owner", "nobody": True}
    elif owner == "unknown":
        yield {**shipment, "relation": "owner", "actor": "zed"}
    elif owner:
        yield {**shipment, "relation": "owner", "actor": owner}
    for i, (doer, duty) in enumerate(events):
        where = {"object": f"C{number}", "type": "contract"} if duty == "d" else shipment
        who = {"account": "desk:both"} if doer == "both" else {"actor": doer}
        yield {**where, "duty": duty, **who, "at": f"2026-02-01T10:00:{i:02}Z"}


def ask(sodc, folder, all_histories):
    with open(os.path.join(folder, "port.sod"), "w", encoding="utf-8") as file:
        file.write(POLICY)
    with open(os.path.join(folder, "acts.jsonl"), "w", encoding="utf-8") as file:
        for number, (owner, events) in enumerate(all_histories):
            for line in lines_of(number, owner, events):
                file.write(json.dumps(line) + "\n")
    run = subprocess.run([sodc, "query", "port.sod", "--history", "acts.jsonl", "--format", "json"], cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"sodc ended with {run.returncode}: {run.stderr.decode()[:2000]}")
    found = collections.defaultdict(list)
    for finding in json.loads(run.stdout)["findings"]:
        number = int(finding["object"]["id"][1:])
        is_unknown = finding["verdict"] == "not_evaluable"
        person = None if is_unknown else finding["person"]["id"]
        at = max(witness["at"] or "" for witness in finding["witnesses"])
        found[number].append((finding["id"], person, int(at[17:19])))
    return found


def main():
    sodc = os.path.abspath(sys.argv[1])
    all_histories = list(histories())
    with tempfile.TemporaryDirectory() as folder:
        found = ask(sodc, sys.argv[2] if len(sys.argv) > 2 else folder, all_histories)
    right = Reading()
    caught = dict.fromkeys(WRONG, 0)
    findings = 0
    for number, (owner, events) in enumerate(all_histories):
        wanted, got = right.judge(owner, events), sorted(found[number], key=str)
        findings += len(wanted)
        if wanted != got:
            sys.exit(f"history {number}: owner {owner}, {events}\n  expected {wanted}\n  sodc     {got}")
        for name, reading in WRONG.items():
            caught[name] += reading.judge(owner, events) != got
    for name, count in caught.items():
        if count == 0:
            sys.exit(f"no history contradicts the wrong reading: {name}")
    print(f"{len(all_histories)} histories, {findings} findings agree; {len(WRONG)} wrong readings contradicted")


if __name__ == "__main__":
    main()
