"""Every small history of a process that needs people, judged by trying whoever the unknown may be.

    people_oracle.py SODC

Three steps, each done by nobody, a person, a team, a shared account, somebody unknown, a robot, or a person for another; closed or not, sent
back or not. For each way of saying who the unknown are, the people are counted; who acts for somebody is one with them. Wrong readings must be contradicted.
"""
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

POLICY = """policy port "Port" {{ language 1 }}
object shipment
duty loading
duty weighing
duty release
duty archive
duty reopen
role clerk {{ grants loading, weighing, release }}
system desk
person p {{ account desk "both" shared }}
person q {{ account desk "both" shared }}
person r
tool robot
team three {{ members p, q, r }}
assign q to clerk
delegate loading, weighing, release from q to p from 2026-01-01 until 2026-12-31
process shipping per shipment {{
  step loading
  step weighing
  step release
  needs at least {needs} people
  closed by archive
  restarts reopen from weighing
  {rounds}
}}
"""
STEPS = ("loading", "weighing", "release")
# Of each doer: whom one act may have been by; `fresh` is somebody whom nobody names.
DOERS = {
    None: None,
    "p": [{"p"}],
    "r": [{"r"}],
    "for": [{"p", "q"}],
    "both": [{"p"}, {"q"}],
    "three": [{"p"}, {"q"}, {"r"}],
    "zed": [{"p"}, {"q"}, {"r"}, {"fresh"}],
    "robot": [set()],
}


class Reading:
    """The right one."""
    delegates_are_one = True
    robots_count = False
    unknown_is_no = False
    open_is_judged = False
    sent_back_counts = False       # rounds apart
    old_rounds_count = True        # rounds together
    off = 0

    def __init__(self):
        self.known = {}

    def counts(self, acts):
        """How many people it may have been."""
        counts = set()
        for world in itertools.product(*(DOERS[doer] for doer in acts)):
            groups = []
            for number, (doer, people) in enumerate(zip(acts, world)):
                people = {f"fresh{number}" if person == "fresh" else person for person in people}
                if doer == "robot" and self.robots_count:
                    people = {"robot"}
                if doer == "for" and not self.delegates_are_one:
                    people = {"q"}
                if doer == "zed" and self.unknown_is_no:
                    people = set()
                if not people:
                    continue
                apart = [group for group in groups if not group & people]
                groups = apart + [people.union(*(group for group in groups if group & people))]
            counts.add(len(groups))
        return counts

    def judge(self, history, needs, is_apart):
        first, again, is_closed, is_final = history
        acts = [doer for doer in first if doer]
        if again is not None:
            keep = [first[0]] if is_apart and not self.sent_back_counts else list(first)
            if not is_apart and not self.old_rounds_count:
                keep = [first[0]]
            acts = [doer for doer in (*keep, *again) if doer]
        if not (is_closed or is_final or self.open_is_judged):
            return None
        key = tuple(sorted(acts))
        if key not in self.known:
            self.known[key] = self.counts(key)
        counts = self.known[key]
        if min(counts) >= needs + self.off:
            return None
        return "denied" if max(counts) < needs + self.off else "not_evaluable"


def wrong(**changes):
    return type("Wrong", (Reading,), changes)()


WRONG = {
    "who acts for somebody is another person": wrong(delegates_are_one=False),
    "a robot is somebody": wrong(robots_count=True),
    "somebody unknown is nobody": wrong(unknown_is_no=True),
    "an open object is judged": wrong(open_is_judged=True),
    "rounds apart count together": wrong(sent_back_counts=True),
    "rounds together count apart": wrong(old_rounds_count=False),
    "more than the number is needed": wrong(off=1),
    "one fewer is enough": wrong(off=-1),
}


def histories():
    for first in itertools.product(DOERS, repeat=3):
        for is_closed in (True, False):
            yield first, None, is_closed
    for first in itertools.product(("p", "r", "zed"), repeat=3):
        for again in itertools.product(("p", "both", "r", None), repeat=2):
            yield first, again, True


def line_of(number, duty, doer, hour):
    who = {"for": {"actor": "p", "on_behalf_of": "q"}, "both": {"account": "desk:both"}}.get(doer, {"actor": doer})
    return {"object": f"S{number}", "type": "shipment", "duty": duty, **who, "at": f"2026-02-01T{hour:02}:00:00Z"}


def lines_of(number, history):
    first, again, is_closed = history
    yield line_of(number, "reopen", "r", 0)  # so that there is an object where nothing was done
    for hour, (duty, doer) in enumerate(zip(STEPS, first), 1):
        if doer:
            yield line_of(number, duty, doer, hour)
    if again is not None:
        yield line_of(number, "reopen", "r", 5)
        for hour, (duty, doer) in enumerate(zip(STEPS[1:], again), 6):
            if doer:
                yield line_of(number, duty, doer, hour)
    if is_closed:
        yield line_of(number, "archive", "r", 10)


def ask(sodc, everything, needs, is_apart, is_final):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "port.sod"), "w", encoding="utf-8") as file:
            file.write(POLICY.format(needs=needs, rounds="rounds apart" if is_apart else ""))
        with open(os.path.join(folder, "acts.jsonl"), "w", encoding="utf-8") as file:
            for number, history in enumerate(everything):
                for line in lines_of(number, history):
                    file.write(json.dumps(line) + "\n")
        command = [sodc, "query", "port.sod", "--history", "acts.jsonl", "--format", "json"] + ["--final"] * is_final
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"sodc ended with {run.returncode}: {run.stderr.decode()[:2000]}")
    return json.loads(run.stdout)


def main():
    sodc = os.path.abspath(sys.argv[1])
    everything = list(histories())
    right, caught, findings, asked = Reading(), dict.fromkeys(WRONG, 0), 0, 0
    for needs, is_apart, is_final in itertools.product((1, 2, 3), (False, True), (False, True)):
        report = ask(sodc, everything, needs, is_apart, is_final)
        found = collections.defaultdict(list)
        for finding in report["findings"]:
            if finding["kind"] == "needs_people":
                found[int(finding["object"]["id"][1:])].append(finding["verdict"])
        for number, short in enumerate(everything):
            history = (*short, is_final)
            wanted = right.judge(history, needs, is_apart)
            got = found[number]
            asked += 1
            findings += len(got)
            if got != ([wanted] if wanted else []):
                sys.exit(f"history {number}: {history}, needs {needs}, rounds {'apart' if is_apart else 'together'}\n  expected {wanted}\n  sodc     {got}")
            for name, reading in WRONG.items():
                caught[name] += reading.judge(history, needs, is_apart) != wanted
    for name, count in caught.items():
        if count == 0:
            sys.exit(f"no history contradicts the wrong reading: {name}")
    print(f"{asked} histories, {findings} findings agree; {len(WRONG)} wrong readings contradicted")


if __name__ == "__main__":
    main()
