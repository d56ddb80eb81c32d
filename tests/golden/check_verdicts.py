#!/usr/bin/env python3
"""Holds the worked verdicts to the policies that they are about. README.md says what they are.

usage: check_verdicts.py SODC ROOT

For each *.verdicts.json beside this script: its conflicts are those of the answer, in that order; each control that the answer lists stands once in
`counted` or in `rejected`, and each rejected one has a reason; paths run along edges that the policy declares; the verdict is the worst
disposition; each variant compiles. As soon as an answer says `controls_evaluated: true`, its dispositions, residuals, controls,
reasons and frameworks must be the worked ones, those of the variants too. docs/worked-verdicts.md shows the same.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SCHEMA = "sod.golden-verdicts/1"
ORDER = ["denied", "not_evaluable", "needs_approval", "warned", "observed", "waived", "mitigated"]
STATUSES = {"met", "met_with_compensation", "not_met", "not_assessed"}
# In the order of the tests; the first three end the judgement of a control.
REASONS = ["not_in_force", "planned", "failed", "no_class", "no_performer", "vacant", "performer_is_subject", "reviewer_is_subject",
           "administrator_unknown", "administrator_is_subject", "recipient_unknown", "recipient_is_subject", "operator_is_subject",
           "no_evidence", "evidence_stale"]


def run(sodc, *arguments):
    done = subprocess.run([sodc, *map(str, arguments)], capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"sodc {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode()


def edited(text, edits):
    """The policy with each edit made: text appended, or changed or inserted in the declaration named by `in`."""
    for edit in edits:
        if "append" in edit:
            text += edit["append"] + "\n"
            continue
        start = re.search(rf"^{edit['in']}\b", text, re.M).start()
        if "insert" in edit:
            at = text.index("{", start) + 1
            text = f"{text[:at]}\n  {edit['insert']}\n{text[at:]}"
        else:
            at = text.index(edit["replace"], start, text.index("\n", start))
            text = text[:at] + edit["with"] + text[at + len(edit["replace"]):]
    return text


class Policy:
    def __init__(self, sodc, source, subject, day):
        self.answer = json.loads(run(sodc, "query", source, f"--{subject['kind']}", subject["id"], "--as-of", day, "--format", "json"))
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "policy.sodt"
            run(sodc, "build", source, "-o", table)
            self.sections = json.loads(run(sodc, "dump", table, "--format", "json"))["sections"]

    def named(self, section):
        return {row["name"]: row for row in self.sections[section]}

    def listed(self, conflict):
        return [control["id"] for control in conflict["controls"]["listed"]]

    def carries(self, kind, name, keyword):
        """What a carried edge of a control or system names."""
        return [word for row in self.sections["Provisions"] if (row["kind"], row["name"]) == (kind, name)
                for attribute in row["attributes"] if attribute["keyword"] == keyword
                for value in attribute["values"] for word in value.values()]

    def targets(self, node, edge):
        """Where the edge leads from the control or system."""
        kind, name = node
        if edge in ("notifies", "changes notify"):
            return self.carries(kind, name, edge)
        row = self.named({"control": "Controls", "system": "Systems"}[kind])[name]
        column, key = {"system": ("systems", "system"), "depends on": ("depends_on", "system"), "performer": ("performers", "actor"),
                       "reviewer": ("reviewers", "actor"), "administered by": ("administered_by", "actor")}[edge]
        return [entry[key] for entry in row.get(column, [])]


def path_problem(policy, control, path):
    """Each step is `edge name`, or `edge ?` where the policy declares none."""
    node = ("control", control)
    for step in path:
        edge, name = step.rsplit(" ", 1)
        there = policy.targets(node, edge)
        if name == "?":
            if there:
                return f"`{step}`, but there is {there}"
        elif name not in there:
            return f"`{step}`: declared are {there}"
        node = ("system" if edge in ("system", "depends on") else "actor", name)
    return None


def control_problems(policy, name, judged):
    tests = [judged, *judged["further"]]
    reasons = [test["reason"] for test in tests]
    if any(reason not in REASONS for reason in reasons):
        return [f"control {name}: unknown reason in {reasons}"]
    if sorted(set(reasons), key=REASONS.index) != reasons:
        return [f"control {name}: the reasons {reasons} are not in the order of the tests"]
    if name not in policy.named("Controls"):
        return [f"control {name} is not in the policy"]
    found = [(test["reason"], path_problem(policy, name, test["path"])) for test in tests]
    return [f"control {name}, {reason}: {problem}" for reason, problem in found if problem]


def conflict_problems(golden, worked, listed):
    counted, rejected = [c["id"] for c in worked["counted"]], worked["rejected"]
    problems = []
    if sorted(counted + rejected) != sorted(listed):
        problems.append(f"counted {counted} and rejected {rejected}, but listed are {listed}")
    problems += [f"{name} is rejected without a reason" for name in rejected if name not in golden["controls"]]
    if worked["disposition"] not in ORDER or not set(worked["objectives"].values()) <= STATUSES:
        problems.append("a disposition or status that does not exist")
    return [f"conflict {worked['id']}: {problem}" for problem in problems]


def rejection(test):
    """Reason, and the names that its path runs along."""
    return test["reason"], [step.rsplit(" ", 1)[1] for step in test["path"] if not step.endswith(" ?")]


def answered(test):
    return test["reason"], [step["id"] for step in test["path"] if step["kind"] != "control"]


def judged_problems(golden, policy):
    """The comparison with an answer that judges controls."""
    answer, problems = policy.answer, []
    for worked, conflict in zip(golden["conflicts"], answer["conflicts"]):
        want = {"disposition": worked["disposition"], "residual": worked["residual"],
                "counted": [(c["id"], c["class"], sorted(c["domains"])) for c in worked["counted"]],
                "rejected": [(name, *map(rejection, [golden["controls"][name], *golden["controls"][name]["further"]]))
                             for name in worked["rejected"]]}
        controls = conflict["controls"]
        have = {"disposition": conflict["disposition"], "residual": conflict["risk"]["residual"],
                "counted": [(c["id"], c["class"], sorted(c["domains"])) for c in controls["counted"]],
                "rejected": [(c["id"], *map(answered, [c, *c["further"]])) for c in controls["rejected"]]}
        problems += [f"conflict {worked['id']}, {key}: worked {want[key]}, answered {have[key]}" for key in want if want[key] != have[key]]
    want = [(f["framework"], f["objective"], f["status"]) for f in golden["frameworks"]]
    have = [(f["framework"], f["objective"], f["status"]) for f in answer["frameworks"]]
    return problems + ([] if sorted(want) == sorted(have) else [f"frameworks: worked {want}, answered {have}"])


def check(golden, policy):
    answer = policy.answer
    ids = [conflict["id"] for conflict in answer["conflicts"]]
    worked = [conflict["id"] for conflict in golden["conflicts"]]
    if sorted(ids) != sorted(worked):
        return [f"the answer has the conflicts {ids}"]
    order = {name: at for at, name in enumerate(worked)}
    answer["conflicts"].sort(key=lambda conflict: order[conflict["id"]])
    problems = []
    for conflict, here in zip(golden["conflicts"], answer["conflicts"]):
        problems += conflict_problems(golden, conflict, policy.listed(here))
        if here["risk"]["inherent"] != conflict["inherent"]:
            problems.append(f"conflict {conflict['id']}: its risk is {here['risk']['inherent']}")
    used = {name for conflict in golden["conflicts"] for name in conflict["rejected"]}
    for name, judged in golden["controls"].items():
        problems += control_problems(policy, name, judged) if name in used else []
    worst = min((conflict["disposition"] for conflict in golden["conflicts"]), key=ORDER.index)
    if golden["verdict"] != worst:
        problems.append(f"the verdict is {golden['verdict']}, the worst disposition {worst}")
    return problems + (judged_problems(golden, policy) if answer["controls_evaluated"] else [])


def with_variant(golden, variant):
    """The golden file as the variant changes it: what it does not name stays."""
    changed = {conflict["id"]: conflict for conflict in variant["conflicts"]}
    conflicts = []
    for conflict in golden["conflicts"]:
        merged = {**conflict, **changed.pop(conflict["id"], {})}
        counted = {control["id"] for control in merged["counted"]}
        listed = [*conflict["rejected"], *(c["id"] for c in conflict["counted"])]
        conflicts.append({**merged, "rejected": [name for name in listed if name not in counted]})
    assert not changed, changed
    controls = {**golden["controls"], **variant.get("controls", {})}
    frameworks = variant.get("frameworks", golden["frameworks"])
    return {**golden, "conflicts": conflicts, "controls": controls, "verdict": variant["verdict"], "frameworks": frameworks}


def cases(golden, source):
    """Name, expectation and text of the policy, then of each variant."""
    text = source.read_text(encoding="utf-8")
    yield source.stem, golden, text
    for variant in golden["variants"]:
        yield f"{source.stem}, {variant['name']}", with_variant(golden, variant), edited(text, variant["edits"])


def page_problems(golden, page):
    """Each conflict and each rejected control has its row in the page, with the same result."""
    rows = dict(re.findall(r"^\| `([^`]+)` \|(.*)$", page, re.M))
    wanted = [(c["id"], [f" {c['disposition']} ", f" {c['residual'] or 'unrated'} "]) for c in golden["conflicts"]]
    wanted += [(name, [f"`{test['reason']}`" for test in [judged, *judged["further"]]]) for name, judged in golden["controls"].items()]
    return [f"docs/worked-verdicts.md: the row of {name} does not say{text}" for name, texts in wanted for text in texts
            if text not in rows.get(name, "")]


def main():
    sodc, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    count, problems = 0, []
    for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.verdicts.json")):
        golden = json.loads(path.read_text(encoding="utf-8"))
        if golden["schema"] != SCHEMA:
            problems.append(f"{path.name}: schema {golden['schema']}")
            continue
        used = {name for conflict in golden["conflicts"] for name in conflict["rejected"]}
        problems += [f"{path.name}: no conflict rejects {name}" for name in golden["controls"] if name not in used]
        problems += page_problems(golden, (root / "docs" / "worked-verdicts.md").read_text(encoding="utf-8"))
        for name, expected, text in cases(golden, root / golden["source"]):
            with tempfile.TemporaryDirectory() as folder:
                source = pathlib.Path(folder) / pathlib.Path(golden["source"]).name
                source.write_text(text, encoding="utf-8")
                found = check(expected, Policy(sodc, source, golden["subject"], golden["as_of"]))
            count += 1
            problems += [f"{name}: {problem}" for problem in found]
    print("\n".join([*problems, f"{count} policies and variants, {len(problems)} problems"]))
    return 1 if problems or not count else 0


if __name__ == "__main__":
    sys.exit(main())
