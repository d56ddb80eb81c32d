"""F24: conditions of rules per object at the moment of an act, judged by a second, slow reading of docs/semantics.md and docs/histories.md.

    actguards_oracle.py SODC [WORKDIR]

Every history is two acts of one person on a shipment of its own, and what is said of the shipment and of the contract that it is part of: its value
(around both bounds of its bands, as a number, a text, a band, in another currency, as not known, or not at all), whether there is livestock in it, its class,
and when that is said. Each stands under every rule; `sodc query --history` judges them all from text, and each answer is compared with what is worked out here:
denied, observed, not evaluable with what is not known, or nothing. Wrong readings must each be contradicted by some answer.
"""
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

NO, UNKNOWN, YES = 0, 1, 2
LOW, HIGH = -10**30, 10**30
DEPARTMENTS = {"ann": "pharmacy", "ben": "radiology", "cat": None}

# What a line says of the value, and all that it may then be, in cents; None: nothing is known.
VALUES = {
    "nothing": (None, None),
    "below small": (3499.99, (349999, 349999)),
    "at medium": (3500, (350000, 350000)),
    "through medium": ("80000.00 EUR", (8000000, 8000000)),
    "above medium": ("80_000.01", (8000001, 8000001)),
    "a band": ("medium", (350000, 8000000)),
    "not known": ("null", None),
    "in dollars": ("90000 USD", None),
}
LIVESTOCK = {"nothing": None, "yes": YES, "no": NO}
HAZARD = {"nothing": None, "severe": 2, "normal": 0}
SECRET = {"nothing": None, "yes": YES}
TIMES = ("all along", "with the second act", "a line before it", "a line behind it", "later", "known, then not")

# ---- Conditions: (what, ...) and as a policy writes them


def value(text, low, high):
    return ("value", low, high, f"value {text}")


def hazard(text, ranks):
    return ("hazard", ranks, f"hazard {text}")


LARGE = value("is large", 8000001, HIGH)
LIVE = ("flag", "livestock", "livestock is yes")
LOCAL = ("department", "pharmacy", "holder.department is pharmacy")
CONDITIONS = [
    LARGE,
    ("not", LARGE, "value is not large"),
    value("at least medium", 350000, HIGH),
    value("below 3_500", LOW, 349999),
    value("at most 80_000 EUR", LOW, 8000000),
    ("unknown", "value is unknown"),
    LIVE,
    ("not", LIVE, "not livestock is yes"),
    hazard("is severe", {2}),
    hazard("is normal", {0}),
    ("not", hazard("is severe", {2}), "hazard is not severe"),
    hazard("at least odd", {1, 2}),
    ("flag", "secret", "contract.secret is yes"),
    LOCAL,
    ("and", LOCAL, LARGE, "holder.department is pharmacy and value is large"),
    ("or", ("department", "radiology", "holder.department is radiology"), LIVE, "holder.department is radiology or livestock is yes"),
    ("and", ("not", LOCAL, ""), hazard("is severe", {2}), "holder.department is not pharmacy and hazard is severe"),
]
MODES = [LARGE, LIVE, hazard("is severe", {2}), LOCAL]


def policy():
    text = """policy port "Port" { language 1 }
scale hazards "Hazard" { measures other  member normal "Normal"  member odd "Odd"  member severe "Severe" }
object contract "Contract" { flag secret }
object shipment "Shipment" {
  amount value in EUR { band small below 3_500  band medium through 80_000  band large }
  flag livestock
  class hazard in hazards { value severe when livestock is yes  value odd when value at least large  value normal otherwise }
  part of contract
}
attribute department of person in { pharmacy, radiology }
person ann { attribute department is pharmacy }
person ben { attribute department is radiology }
person cat
duty a
duty b
"""
    for i, condition in enumerate(CONDITIONS):
        text += f"conflict applies_{i} between a and b per shipment {{ applies when {condition[-1]} }}\n"
    for i, condition in enumerate(MODES):
        text += f"conflict mode_{i} between a and b per shipment {{ mode deny when {condition[-1]} otherwise observe }}\n"
    return text


# ---- The reading


class Reading:
    """The right one; subclasses are wrong in one thing."""
    unknown_is_no = False
    unknown_is_yes = False
    large_begins_at_bound = False
    dollars_are_euros = False
    default_is_forgotten = False
    takes_mildest = False
    class_clears = False
    said_class_is_ignored = False
    sees_what_comes_later = False
    forgets_nothing = False
    whole_is_unknown = False
    open_mode_is_otherwise = False

    def seen(self, history):
        """(value, livestock, hazard, secret) as the second act sees them."""
        said = (VALUES[history.value][1], LIVESTOCK[history.livestock], HAZARD[history.hazard], SECRET[history.secret])
        if self.dollars_are_euros and history.value == "in dollars":
            said = ((9000000, 9000000),) + said[1:]
        if history.time in ("a line behind it", "later") and not self.sees_what_comes_later:
            return (None,) * 4
        if history.time == "known, then not" and not self.forgets_nothing:
            return (None,) * 4
        return said

    def test(self, found):
        if found == UNKNOWN and (self.unknown_is_no or self.unknown_is_yes):
            return NO if self.unknown_is_no else YES
        return found

    def within(self, known, low, high):
        if known is None:
            return self.test(UNKNOWN)
        if self.large_begins_at_bound and low == 8000001:
            low -= 1
        if low <= known[0] and known[1] <= high:
            return YES
        return self.test(UNKNOWN) if low <= known[1] and known[0] <= high else NO

    def classes(self, seen):
        """Every rank that the class may be; None among them: it is none."""
        if seen[2] is not None and not self.said_class_is_ignored:
            return {seen[2]}
        possible = set()
        for rank, truth in ((2, self.test(UNKNOWN if seen[1] is None else seen[1])), (1, self.within(seen[0], 8000001, HIGH))):
            if truth != NO:
                possible.add(rank)
            if truth == YES:
                return possible
        return possible | {None if self.default_is_forgotten else 0}

    def decide(self, condition, seen, person, rank):
        """With the class being of this rank."""
        what = condition[0]
        if what == "value":
            return self.within(seen[0], condition[1], condition[2])
        if what == "unknown":
            return YES if seen[0] is None else NO
        if what == "flag":
            known = seen[1] if condition[1] == "livestock" else None if self.whole_is_unknown else seen[3]
            return self.test(UNKNOWN if known is None else known)
        if what == "department":
            known = DEPARTMENTS[person]
            return self.test(UNKNOWN) if known is None else YES if known == condition[1] else NO
        if what == "hazard":
            return self.test(UNKNOWN) if rank is None else YES if rank in condition[1] else NO
        if what == "not":
            return 2 - self.decide(condition[1], seen, person, rank)
        both = [self.decide(one, seen, person, rank) for one in condition[1:3]]
        return min(both) if what == "and" else max(both)

    def truth(self, condition, seen, person, is_mode):
        possible = self.classes(seen)
        truths = {rank: self.decide(condition, seen, person, rank) for rank in possible}
        strictest = max(possible, key=lambda rank: -1 if rank is None else rank)
        if self.takes_mildest:
            return truths[min(possible, key=lambda rank: -1 if rank is None else rank)]
        if self.class_clears:
            return truths[strictest]
        if len(set(truths.values())) == 1:
            return truths[strictest]
        return YES if truths[strictest] == YES and not is_mode else UNKNOWN

    def judge(self, history):
        """{rule: verdict}, of rules of which something is said."""
        found, seen = {}, self.seen(history)
        for i, condition in enumerate(CONDITIONS):
            truth = self.truth(condition, seen, history.person, is_mode=False)
            if truth != NO:
                found[f"applies_{i}"] = "denied" if truth == YES else "not_evaluable"
        for i, condition in enumerate(MODES):
            truth = self.truth(condition, seen, history.person, is_mode=True)
            is_denied = truth == YES or (truth == UNKNOWN and not self.open_mode_is_otherwise)
            found[f"mode_{i}"] = "denied" if is_denied else "observed"
        return found


def wrong(**changes):
    return type("Wrong", (Reading,), changes)()


WRONG = {
    "what is not known is no": wrong(unknown_is_no=True),
    "what is not known is yes": wrong(unknown_is_yes=True),
    "`through` does not include": wrong(large_begins_at_bound=True),
    "another currency is the same": wrong(dollars_are_euros=True),
    "a class has no default": wrong(default_is_forgotten=True),
    "the mildest class is taken": wrong(takes_mildest=True),
    "the strictest class clears": wrong(class_clears=True),
    "a class that is said is worked out all the same": wrong(said_class_is_ignored=True),
    "an act sees what is said later": wrong(sees_what_comes_later=True),
    "what is not known any more stays known": wrong(forgets_nothing=True),
    "what it is part of is not looked at": wrong(whole_is_unknown=True),
    "an open mode is the otherwise": wrong(open_mode_is_otherwise=True),
}

# ---- Histories

History = collections.namedtuple("History", "value livestock hazard secret time person")


def histories():
    return [History(*one) for one in itertools.product(VALUES, LIVESTOCK, HAZARD, SECRET, TIMES, DEPARTMENTS)]


def lines_of(number, history):
    shipment, contract = {"object": f"S{number}", "type": "shipment"}, {"object": f"C{number}", "type": "contract"}
    said = {}
    if history.value != "nothing":
        said["value"] = None if history.value == "not known" else VALUES[history.value][0]
    if history.livestock != "nothing":
        said["livestock"] = history.livestock == "yes"
    if history.hazard != "nothing":
        said["hazard"] = history.hazard
    of_contract = {"secret": True} if history.secret == "yes" else {}
    yield {**shipment, "part_of": f"C{number}"}
    first, second, third = (f"2026-02-01T10:0{minute}:00Z" for minute in range(3))
    act = {**shipment, "actor": history.person}
    when = {"all along": {}, "a line before it": {"at": second}, "a line behind it": {"at": second}, "later": {"at": third},
            "with the second act": {"at": second}, "known, then not": {"at": first}}[history.time]
    statements = [{**contract, "attributes": of_contract, **when}]
    if history.time != "with the second act":
        statements.append({**shipment, "attributes": said, **when})
    if history.time in ("all along", "with the second act", "a line before it", "known, then not"):
        yield from statements
    if history.time == "known, then not":
        yield {**shipment, "attributes": {"value": None, "livestock": None, "hazard": None}, "at": second}
        yield {**contract, "attributes": {"secret": None}, "at": second}
    yield {**act, "duty": "a", "at": first}
    yield {**act, "duty": "b", "at": second, **({"attributes": said} if history.time == "with the second act" else {})}
    if history.time in ("a line behind it", "later"):
        yield from statements


def ask(sodc, folder, all_histories):
    with open(os.path.join(folder, "port.sod"), "w", encoding="utf-8") as file:
        file.write(policy())
    with open(os.path.join(folder, "acts.jsonl"), "w", encoding="utf-8") as file:
        for number, history in enumerate(all_histories):
            for line in lines_of(number, history):
                file.write(json.dumps(line) + "\n")
    run = subprocess.run([sodc, "query", "port.sod", "--history", "acts.jsonl", "--format", "json"], cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"sodc ended with {run.returncode}: {run.stderr.decode()[:2000]}")
    answer = json.loads(run.stdout)
    if answer["not_judged"]:
        sys.exit(f"not judged: {answer['not_judged']}")
    found = collections.defaultdict(dict)
    for finding in answer["findings"]:
        number = int(finding["object"]["id"][1:])
        if finding["verdict"] == "not_evaluable" and not finding["unknown"]:
            sys.exit(f"history {number}: {finding['id']} does not say what is not known")
        found[number][finding["id"]] = finding["verdict"]
    return found


EXPECTED = {"histories": 2592, "answers": 54432}


def main():
    sodc = os.path.abspath(sys.argv[1])
    all_histories = histories()
    with tempfile.TemporaryDirectory() as folder:
        found = ask(sodc, sys.argv[2] if len(sys.argv) > 2 else folder, all_histories)
    right, answers = Reading(), 0
    caught = dict.fromkeys(WRONG, 0)
    verdicts = collections.Counter()
    for number, history in enumerate(all_histories):
        wanted = right.judge(history)
        if wanted != found[number]:
            rules = {rule: (wanted.get(rule), found[number].get(rule)) for rule in wanted.keys() | found[number].keys()}
            sys.exit(f"history {number}: {history}\n  expected, sodc: { {rule: both for rule, both in rules.items() if both[0] != both[1]} }")
        answers += len(CONDITIONS) + len(MODES)
        verdicts.update(wanted.values())
        for name, reading in WRONG.items():
            caught[name] += reading.judge(history) != found[number]
    if {"histories": len(all_histories), "answers": answers} != EXPECTED:
        sys.exit(f"{len(all_histories)} histories and {answers} answers, not {EXPECTED}")
    for name, count in caught.items():
        if count == 0:
            sys.exit(f"no history contradicts the wrong reading: {name}")
    print(f"{answers} answers about {len(all_histories)} histories agree ({dict(verdicts)}); {len(WRONG)} wrong readings contradicted")


if __name__ == "__main__":
    main()
