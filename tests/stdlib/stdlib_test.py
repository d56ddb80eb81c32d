#!/usr/bin/env python3
"""The standard library through the program: every module compiles, every clause is accepted, a
misspelt one is suggested, no two modules declare one name, and every entry is complete.

usage: stdlib_test.py SODC ROOT
"""

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import library

# Pairs that an auditor expects to find, with the module whose import denies them.
EXPECTED = {
    "it": ["development deployment", "development change_approval", "development user_acceptance",
           "release_approval deployment", "user_account_management access_review",
           "system_administration audit_log_management", "security_administration security_assessment",
           "backup_deletion database_administration", "asset_management asset_disposal"],
    "finance": ["vendor_master_maintenance payment_run", "vendor_master_maintenance cheque_signing",
                "payment_initiation payment_approval", "cash_receipt bank_reconciliation", "cash_receipt receipt_posting",
                "journal_entry journal_approval", "journal_entry account_reconciliation", "goods_issue billing",
                "customer_master_maintenance billing", "stock_custody stock_count", "stock_custody stock_adjustment",
                "fixed_asset_custody asset_inventory", "treasury_dealing deal_confirmation"],
    "procurement": ["purchase_order_entry goods_receipt", "purchase_order_entry purchase_order_approval",
                    "purchase_order_entry std.finance.vendor_master_maintenance", "goods_receipt invoice_approval",
                    "invoice_entry std.finance.payment_approval", "invoice_unblocking std.finance.cheque_signing",
                    "goods_receipt std.finance.stock_adjustment"],
    "payroll": ["employee_master_maintenance payroll_calculation", "payroll_calculation payroll_approval",
                "time_recording time_approval", "payroll_payout payroll_reconciliation",
                "payroll_payout std.finance.bank_reconciliation"],
}
HEAD = "policy p \"P\" { language 1  owner ada }\nperson ada\n"


class Program:
    def __init__(self, sodc, folder):
        self.sodc, self.path = sodc, Path(folder) / "p.sod"

    def check(self, text):
        """(exit code, diagnostics) of a policy with this text."""
        self.path.write_text(text, encoding="utf-8")
        done = subprocess.run([self.sodc, "check", "--as-of", "2026-01-01", "--format", "json", str(self.path)],
                              capture_output=True, text=True, check=False)
        diagnostics = [d for line in done.stdout.splitlines() for d in json.loads(line).get("diagnostics", [])]
        return done.returncode, diagnostics


    def verdicts(self, text):
        """The verdict of every person of a policy with this text."""
        self.path.write_text(text, encoding="utf-8")
        done = subprocess.run([self.sodc, "query", str(self.path), "--all", "--as-of", "2026-01-01", "--format", "json"],
                              capture_output=True, text=True, check=False)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return {a["subject"]["id"]: a["verdict"] for a in answers}


def words(diagnostic):
    return f"{diagnostic['code']} {diagnostic['message']}"


def imports(modules):
    return "".join(f"import {m.name}\n" for m in modules)


# Controls of the library are planned until a policy declares its own, and whoever lists one is told.
PLANNED = "SOD2038"


def clean(program, what, text, problems):
    code, diagnostics = program.check(text)
    diagnostics = [d for d in diagnostics if d["code"] != PLANNED]
    if code != 0 or diagnostics:
        problems.append(f"{what}: exit {code}: " + "; ".join(words(d) for d in diagnostics[:5]))


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"'


def near_misses(ids):
    """For every id one that is nearly it and no other id."""
    for clause in ids:
        for other in (clause[:-1], clause + "x", clause[:-1] + "x", clause[0] + "x" + clause[1:]):
            if other and other not in ids:
                yield clause, other
                break


def test_expected_pairs(program, problems):
    """Nobody holds both sides of a classic pair once the module of rules is imported."""
    for area, pairs in EXPECTED.items():
        modules = dict.fromkeys([area, "finance", f"{area}_conflicts"])
        text = HEAD + "".join(f"import std.{m}\n" for m in modules)
        for number, pair in enumerate(pairs):
            text += f"person p{number}\nassign p{number} to {', '.join(pair.split())}\n"
        verdicts = program.verdicts(text)
        for number, pair in enumerate(pairs):
            if verdicts.get(f"p{number}") != "denied":
                problems.append(f"std.{area}_conflicts: {pair} is {verdicts.get(f'p{number}')}")


def satisfying(framework, ids):
    duties = "duty a_side\n" + "".join(f"duty b{i}\n" for i in range(len(ids)))
    lines = [f"conflict a_side with b{i} {{ owner ada  satisfies {framework} {quoted(c)} }}\n" for i, c in enumerate(ids)]
    return duties + "".join(lines)


def test_modules_alone(program, modules, problems):
    for module in modules:
        if module.declared_name != module.name:
            problems.append(f"{module.path.name} declares {module.declared_name}")
        clean(program, module.name, HEAD + f"import {module.name}\n", problems)


def frameworks(modules):
    return [(m, f) for m in modules for f in m.of("framework")]


def test_clauses(program, modules, problems):
    count = 0
    for module, framework in frameworks(modules):
        ids = [str(name) for name, _, _ in framework.members("clause")]
        count += len(ids)
        clean(program, f"clauses of {framework.name}", HEAD + imports([module]) + satisfying(framework.name, ids), problems)
        clean(program, f"qualified {framework.name}",
              HEAD + imports([module]) + satisfying(f"{module.name}.{framework.name}", ids[:1]), problems)
        misses = list(near_misses(ids))
        for start in range(0, len(misses), 100):
            suggest(program, module, framework, ids, misses[start:start + 100], problems)
        if len(misses) != len(ids):
            problems.append(f"{framework.name}: {len(misses)} near misses for {len(ids)} clauses")
    return count


def suggest(program, module, framework, ids, misses, problems):
    _, diagnostics = program.check(HEAD + imports([module]) + satisfying(framework.name, [m for _, m in misses]))
    if len(diagnostics) != len(set(m for _, m in misses)):
        problems.append(f"{framework.name}: {len(diagnostics)} diagnostics for {len(misses)} misspelt clauses")
    for diagnostic in diagnostics:
        text = json.dumps(diagnostic, ensure_ascii=False)
        if diagnostic["code"] != "SOD1111" or not any(f"`{c}`" in text or f'\\"{c}\\"' in text for c in ids):
            problems.append(f"{framework.name}: no suggestion: {words(diagnostic)} {diagnostic.get('help')}")


def test_together(program, modules, problems):
    by_name = defaultdict(list)
    for module in modules:
        for declaration in module.declarations:
            by_name[declaration.name].append(module.name)
    for name, owners in by_name.items():
        if len(owners) > 1:
            problems.append(f"{name} is declared by {', '.join(owners)}")
    text = HEAD + imports(modules)
    text += use(modules, "duty", "group every_duty = {{ {0} }}\n")
    text += use(modules, "group", "group every_group = {{ {0} }}\n")
    text += use(modules, "framework", "document d \"D\" {{ frameworks {0} }}\n")
    text += "duty x_side\nduty y_side\n" + use(modules, "control", "conflict x_side with y_side {{ risk low  mitigated by {0} }}\n")
    text += use(modules, "system", "control own_control \"Own\" {{ system {0} }}\n")
    clean(program, "all modules together", text, problems)
    return len(by_name)


def use(modules, kind, form):
    names = [d.name for m in modules for d in m.of(kind)]
    return form.format(", ".join(names)) if names else ""


def test_duties(modules, problems):
    for module in modules:
        grouped = {name for group in module.of("group") for name in group.braces()}
        for duty in module.of("duty"):
            if not duty.after("class") or not duty.after("description"):
                problems.append(f"{module.name}.{duty.name} has no class or no description")
            if duty.name not in grouped:
                problems.append(f"{module.name}.{duty.name} is in no group")


def test_frameworks(modules, problems):
    for module, framework in frameworks(modules):
        if not framework.after("edition") or not framework.after("source"):
            problems.append(f"{framework.name} has no edition or no source")
        for clause, label, body in framework.members("clause"):
            if not label or "about" not in body or "compensation" not in body:
                problems.append(f"{framework.name} {clause}: a clause has a label, `about` and `compensation`")


def test_layout(sodc, modules, problems):
    """The library is a pattern for authors: it has the layout of `sodc fmt`."""
    done = subprocess.run([sodc, "fmt", "--check", *(str(m.path) for m in modules)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        problems.append(f"sodc fmt --check ends with {done.returncode}: {done.stdout.strip()} {done.stderr.strip()}")


def test_rules_are_apart(modules, problems):
    """Rules come only from modules made of rules: to import them is a visible choice."""
    for module in modules:
        rules = module.of("conflict")
        if rules and len(rules) != len(module.declarations):
            problems.append(f"{module.name} declares rules and other things")
        for rule in rules:
            if not rule.after("because"):
                problems.append(f"{module.name}.{rule.name} has no reason")


def test_controls(modules, problems):
    """What a platform can do is planned until a policy says that the house does it."""
    for module in modules:
        for control in module.of("control"):
            missing = [w for w in ("nature", "evidence", "description") if not control.after(w)]
            if missing or control.after("status") != "planned":
                problems.append(f"{module.name}.{control.name} is not planned, or has no {' and no '.join(missing)}")


def test_examples(program, root, problems):
    """The policies that docs/stdlib.md shows."""
    blocks = re.findall(r"^```sod\n(.*?)^```", (Path(root) / "docs/stdlib.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for block in blocks:
        clean(program, f"docs/stdlib.md: {block.splitlines()[0]}", block, problems)
    if not blocks:
        problems.append("docs/stdlib.md shows no policy")


def main():
    sodc, root = sys.argv[1], sys.argv[2]
    modules = library.modules(root)
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        program = Program(sodc, folder)
        test_modules_alone(program, modules, problems)
        clauses = test_clauses(program, modules, problems)
        names = test_together(program, modules, problems)
        test_expected_pairs(program, problems)
        test_examples(program, root, problems)
    test_duties(modules, problems)
    test_frameworks(modules, problems)
    test_rules_are_apart(modules, problems)
    test_controls(modules, problems)
    test_layout(sodc, modules, problems)
    for problem in problems:
        print(problem)
    if problems or clauses < 100 or names < 100:
        sys.exit(1)
    print(f"{len(modules)} modules, {names} names, {clauses} clauses")


if __name__ == "__main__":
    main()
