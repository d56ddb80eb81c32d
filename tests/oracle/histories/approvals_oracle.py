"""Every small history of a process, judged by brute force: approvals as distinct people in places, order, and time apart.

    approvals_oracle.py SODC

Who loaded, who approved and when, who withdrew, and how long after loading the release was: all combinations; the policy and the histories
are text for `sodc query --history`. A place is filled by trying every way of putting people into places. Wrong readings must be contradicted.
"""
import collections
import itertools
import json
import os
import subprocess
import sys
import tempfile

POLICY = """policy port "Port" { language 1 }
object shipment
duty loading
duty release
duty audit
role lead { grants audit }
role safety { grants audit }
system desk
person p { account desk "both" shared }
person q { account desk "both" shared }
person r
person s
assign p to lead
assign q to lead
assign q to safety
assign r to safety
delegate audit from r to s from 2026-02-01 until 2026-03-01
process shipping per shipment {
  step loading
  step release after loading
  approval two before release within 2d { by 1 of role lead and 1 of role safety  none of { loading } }
  approval any before release { by 1 of audit }
  apart loading then release at least 36h
}
"""
ROLES = {"lead": {"p", "q"}, "safety": {"q", "r"}}
AUDIT = {"p", "q", "r", "s"}
LOADERS = {None: None, "p": {"p"}, "q": {"q"}, "r": {"r"}, "both": {"p", "q"}, "zed": "anyone"}
DAY = 24


class Reading:
    """The right one: hours are counted from the loading."""
    distinct = True
    excludes = True
    within = True
    withdrawal = True
    unknown_is_no = False
    pause = 36

    def excluded(self, loader, person):
        """2: for certain, 1: perhaps, 0: no."""
        who = LOADERS[loader]
        if who is None or not self.excludes:
            return 0
        if who == "anyone":
            return 0 if self.unknown_is_no else 1
        if person not in who:
            return 0
        return 2 if len(who) == 1 else (0 if self.unknown_is_no else 1)

    def fills(self, people, places):
        """Whether some way of choosing people fills all places; `people` have what they may be."""
        for chosen in itertools.product(sorted(people), repeat=len(places)):
            if self.distinct and len(set(chosen)) < len(chosen):
                continue
            if all(person in place for person, place in zip(chosen, places)):
                return True
        return False

    def judge(self, loader, approvals, withdrawn, released):
        """{(kind, id): verdict} of the release."""
        found = {}
        if loader is None:
            found[("order", "loading comes before release")] = "denied"
        given = {person for person, at in approvals if (not self.within or at + 2 * DAY >= released) and at <= released}
        if withdrawn and self.withdrawal:
            given.discard(withdrawn)
        certain = {person for person in given if person != "zed" and self.excluded(loader, person) == 0}
        maybe = {person for person in given if person == "zed" or self.excluded(loader, person) < 2}
        if self.unknown_is_no:
            maybe.discard("zed")
        places = [ROLES["lead"], ROLES["safety"]]
        wide = [place | {"zed"} for place in places]
        if not self.fills(certain, places):
            found[("approval", "two is given before release")] = "not_evaluable" if self.fills(maybe, wide) else "denied"
        ever = {person for person, at in approvals if at <= released} - ({withdrawn} if withdrawn and self.withdrawal else set())
        if not ever & AUDIT:
            found[("approval", "any is given before release")] = "not_evaluable" if "zed" in ever and not self.unknown_is_no else "denied"
        who = LOADERS[loader]
        if who is not None and released < self.pause:
            if who == "anyone" and not self.unknown_is_no:
                found[("apart", "loading and release by one person are apart")] = "not_evaluable"
            elif "p" in who and who != "anyone":
                verdict = "denied" if len(who) == 1 else "not_evaluable"
                if verdict == "denied" or not self.unknown_is_no:
                    found[("apart", "loading and release by one person are apart")] = verdict
        return found


def wrong(**changes):
    return type("Wrong", (Reading,), changes)()


WRONG = {
    "one person fills two places": wrong(distinct=False),
    "who loaded may approve": wrong(excludes=False),
    "an old approval counts": wrong(within=False),
    "what was withdrawn counts": wrong(withdrawal=False),
    "somebody unknown is nobody": wrong(unknown_is_no=True),
    "a pause of 36 hours ends behind its last hour": wrong(pause=37),
}


def histories():
    for loader in LOADERS:
        for released in (12, 36, 80):
            for people in itertools.chain.from_iterable(itertools.combinations(("p", "q", "r", "s", "zed"), n) for n in range(4)):
                for hours in itertools.product((1, 31), repeat=min(len(people), 2)):
                    approvals = [(person, hours[min(i, len(hours) - 1)]) for i, person in enumerate(people)]
                    for withdrawn in (None,) + tuple(person for person in people[:1] if person != "zed"):
                        if withdrawn and any(person == withdrawn and at + 1 > released for person, at in approvals):
                            continue
                        yield loader, approvals, withdrawn, released


def at(hour):
    return f"2026-02-{2 + hour // 24:02}T{hour % 24:02}:00:00Z"


def lines_of(number, history):
    loader, approvals, withdrawn, released = history
    where = {"object": f"S{number}", "type": "shipment"}
    if loader:
        who = {"account": "desk:both"} if loader == "both" else {"actor": loader}
        yield {**where, "duty": "loading", **who, "at": at(0)}
    for person, hour in approvals:
        for approval in ("two", "any"):
            yield {**where, "approves": approval, "actor": person, "at": at(hour)}
            if person == withdrawn:
                yield {**where, "withdraws": approval, "actor": person, "at": at(hour + 1)}
    yield {**where, "duty": "release", "actor": "p", "at": at(released)}


def main():
    sodc = os.path.abspath(sys.argv[1])
    everything = list(histories())
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "port.sod"), "w", encoding="utf-8") as file:
            file.write(POLICY)
        with open(os.path.join(folder, "acts.jsonl"), "w", encoding="utf-8") as file:
            for number, history in enumerate(everything):
                for line in lines_of(number, history):
                    file.write(json.dumps(line) + "\n")
        run = subprocess.run([sodc, "query", "port.sod", "--history", "acts.jsonl", "--format", "json"], cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"sodc ended with {run.returncode}: {run.stderr.decode()[:2000]}")
    report = json.loads(run.stdout)
    found = collections.defaultdict(dict)
    for finding in report["findings"]:
        found[int(finding["object"]["id"][1:])][(finding["kind"], finding["says"])] = finding["verdict"]
    traces = {int(trace["object"]["id"][1:]): trace for trace in report["traces"]}
    right, caught, findings = Reading(), dict.fromkeys(WRONG, 0), 0
    for number, history in enumerate(everything):
        wanted = {(kind, says): verdict for (kind, says), verdict in right.judge(*history).items()}
        got = {(kind, says.lower() if kind != "approval" else says): verdict for (kind, says), verdict in found[number].items()}
        findings += len(wanted)
        if wanted != got:
            sys.exit(f"history {number}: loaded {history[0]}, approvals {history[1]}, withdrawn {history[2]}, released {history[3]}\n  expected {wanted}\n  sodc     {got}")
        missing = [] if history[0] else ["loading"]
        if traces[number]["missing"] != missing or traces[number]["state"] != ("open" if missing else "complete"):
            sys.exit(f"history {number}: {history}\n  trace {traces[number]}")
        for name, reading in WRONG.items():
            caught[name] += reading.judge(*history) != got
    for name, count in caught.items():
        if count == 0:
            sys.exit(f"no history contradicts the wrong reading: {name}")
    print(f"{len(everything)} histories, {findings} findings agree; {len(WRONG)} wrong readings contradicted")


if __name__ == "__main__":
    main()
