"""Each check finds what it is there to find: small wrong trees, one problem each."""

import tempfile
import unittest
from pathlib import Path

import check_diagnostics
import check_docs
import check_grammar
import check_layers
import check_sizes
import check_style

LEXER = """// ---- Declaration words
DUTY : 'duty';
// ---- Connectors
AND : 'and';
// ---- Contextual words
RISK : 'risk';
NOTE : 'note';
// ---- Punctuation
LBRACE : '{';
"""
PARSER = "attribute : RISK | NOTE ;\nsoftWord\n  : NOTE | RISK\n  ;\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def expect(self, problems, *words):
        self.assertEqual(len(problems), len(words), problems)
        for problem, word in zip(problems, words):
            self.assertIn(word, problem)


class Layers(Tree):
    def setUp(self):
        super().setUp()
        self.write("compiler/base/CMakeLists.txt", "sodc_library(NAME base)")
        self.write("compiler/model/CMakeLists.txt", "sodc_library(NAME model DEPS base)")

    def problems(self):
        return check_layers.check(self.root)[0]

    def test_accepts_a_declared_dependency(self):
        self.write("compiler/model/a.h", '#include <vector>\n#include "compiler/base/id.h"\n')
        self.expect(self.problems())

    def test_finds_an_undeclared_one(self):
        self.write("compiler/base/a.h", '#include "compiler/model/model.h"\n')
        self.expect(self.problems(), "not among the DEPS")

    def test_finds_a_circle(self):
        self.write("compiler/base/CMakeLists.txt", "sodc_library(NAME base DEPS model)")
        self.expect(self.problems(), "circle: base -> model -> base")

    def test_finds_antlr_outside_its_folder(self):
        self.write("compiler/model/a.cpp", '#include "antlr4-runtime.h"\n')
        self.expect(self.problems(), "ANTLR")

    def test_keeps_the_core_on_the_standard_library(self):
        self.write("runtime/core/a.cpp", "#include <vector>\n#include <fmt/format.h>\n#include <sys/mman.h>\n")
        self.expect(self.problems(), "fmt/format.h", "sys/mman.h")

    def test_keeps_the_compiler_off_the_runtime(self):
        self.write("compiler/model/a.cpp", '#include "runtime/core/image.h"\n#include "sod/query.h"\n')
        self.expect(self.problems(), "runtime/format", "only commands")

    def test_keeps_sema_off_the_parser_even_when_declared(self):
        self.write("compiler/parse/CMakeLists.txt", "sodc_library(NAME parse)")
        self.write("compiler/sema/CMakeLists.txt", "sodc_library(NAME sema DEPS parse)")
        self.write("compiler/sema/a.cpp", '#include "compiler/parse/parse.h"\n')
        self.expect(self.problems(), "never sees")

    def test_keeps_the_judge_alone(self):
        self.write("tests/oracle/world/a.cpp", '#include <vector>\n#include "compiler/model/model.h"\n')
        self.expect(self.problems(), "the judge sees only its own folder")


class Sizes(Tree):
    def problems(self):
        return check_sizes.check(self.root)[0]

    def test_finds_a_long_file_and_a_long_function(self):
        self.write("compiler/a/long.cpp", "int x;\n" * 501)
        self.write("compiler/a/function.cpp", "namespace n {\nint F(int a) {\n" + "  a += 1;\n" * 60 + "  return a;\n}\n}\n")
        self.expect(self.problems(), "F has 63 lines", "501 lines")

    def test_counts_a_method_by_itself(self):
        method = "  int F(int a) const {\n" + "    a += 1;\n" * 40 + "    return a;\n  }\n"
        self.write("compiler/a/class.cpp", "class C {\n public:\n" + method + method.replace("F(", "G(") + "};\n")
        self.expect(self.problems())

    def test_lets_a_flat_switch_be(self):
        cases = "".join(f"    case {i}:\n      return {i};\n" for i in range(40))
        self.write("compiler/a/switch.cpp", "int F(int a) {\n  switch (a) {\n" + cases + "  }\n  return 0;\n}\n")
        self.expect(self.problems())

    def test_an_exemption_that_is_not_needed_is_a_problem(self):
        self.write("tests/lint/sizes.exempt", "compiler/a/b.cpp because\n")
        self.expect(self.problems(), "remove the line")


class Grammar(Tree):
    def problems(self, parser):
        self.write("grammar/SodLexer.g4", LEXER)
        self.write("grammar/SodParser.g4", parser)
        return check_grammar.check(self.root)[0]

    def test_accepts_the_right_list(self):
        self.expect(self.problems(PARSER))

    def test_finds_a_missing_a_reserved_and_an_unused_word(self):
        self.expect(self.problems(PARSER.replace("NOTE | RISK\n", "NOTE\n")), "lacks RISK")
        self.expect(self.problems(PARSER.replace("NOTE | RISK\n", "NOTE | RISK | AND\n")), "AND, which is reserved")
        self.expect(self.problems(PARSER.replace("attribute : RISK | NOTE", "attribute : NOTE")), "RISK is a keyword that no rule uses")

    def test_finds_an_action(self):
        self.expect(self.problems(PARSER + "x : NOTE { count(); } ;\n"), "free of actions")


class Style(Tree):
    def problems(self):
        return check_style.check(self.root)[0]

    def test_accepts_a_tidy_header(self):
        self.write("compiler/sema/a.h", "// Says why.\n#ifndef SODC_SEMA_A_H_\n#define SODC_SEMA_A_H_\n#endif  // SODC_SEMA_A_H_\n")
        self.write("runtime/include/sod/b.h", "// Says why.\n#ifndef SOD_B_H_\n#define SOD_B_H_\n#endif  // SOD_B_H_\n")
        self.expect(self.problems())

    def test_finds_each_slip(self):
        self.write("compiler/sema/a.h", "// Why.\n#ifndef A_H\n#define A_H\n#endif\n")
        self.write("compiler/sema/b.cpp", "int x;\n")
        self.write("compiler/sema/c.cpp", '// Why.\nvoid F() { throw 1; }\nvoid G() { std::exit(1); }\nint a; \nconst char* s = "throw";\n')
        self.expect(self.problems(), "guard", "starts with a comment", "exceptions", "ends the process", "white space")


class Docs(Tree):
    def problems(self):
        return check_docs.check(self.root)[0]

    def test_accepts_links_that_lead_somewhere(self):
        self.write("docs/a.md", "# A b\n[x](b.md#c-d) [y](#a-b) [z](https://example.org)\n```\n[no](link)\n```\n")
        self.write("docs/b.md", "## C d\n")
        self.expect(self.problems())

    def test_finds_dead_links(self):
        self.write("docs/a.md", "[x](none.md) [y](#none)\n")
        self.expect(self.problems(), "leads nowhere", "names no heading")

    def test_finds_names_of_tests_that_do_not_exist(self):
        self.write("tests/a_test.cpp", "TEST(A, Is) {}\nTEST_F(B, Is) {}\n")
        self.write("docs/a.md", "[A.Is](../tests/a_test.cpp) [B.Is](../tests/a_test.cpp) [A.Was](../tests/a_test.cpp)\n")
        self.expect(self.problems(), "has no test A.Was")

    def test_finds_paths_of_one_machine(self):
        self.write("docs/a.md", "see /" + "home/me/x\n")
        self.expect(self.problems(), "path of one machine")

    def test_wants_the_command_beside_a_measured_number(self):
        self.write("docs/a.md", "# A\nWe measured 12 ms.\n# B\nWe measured 12 ms by `tests/bench`.\n")
        self.expect(self.problems(), "without their command")


class Diagnostics(Tree):
    def setUp(self):
        super().setUp()
        self.write("compiler/diag/diagnostics.def", 'SODC_DIAG(7, Lost, Error, "x")\n')
        self.write("compiler/sema/a.cpp", "Diagnose<DiagKind::Lost>(span).To(sink);\n")
        self.write("docs/diagnostics.md", "## SOD0007 `Lost`\n")
        self.write("tests/diagnostics/SOD0007.sod", "// expect: SOD0007 2:1\nx\n")
        self.sodc = self.root / "sodc"

    def fake_sodc(self, *codes):
        diagnostics = ", ".join(f'{{"code": "{c}", "file": "SOD0007.sod", "begin": {{"line": 2, "column": 1}}}}' for c in codes)
        self.sodc.write_text(f"#!/bin/sh\necho '{{\"diagnostics\": [{diagnostics}]}}' >&2\nexit 3\n", encoding="utf-8")
        self.sodc.chmod(0o755)

    def problems(self, sodc=None):
        return check_diagnostics.check(self.root, sodc)[0]

    def test_accepts_the_four_in_step(self):
        self.fake_sodc("SOD0007")
        self.expect(self.problems(str(self.sodc)))

    def test_finds_a_wrong_and_a_surplus_diagnostic(self):
        self.fake_sodc("SOD0008")
        self.expect(self.problems(str(self.sodc)), "got SOD0008")
        self.fake_sodc("SOD0007", "SOD0007")
        self.expect(self.problems(str(self.sodc)), "alone, got")

    def test_finds_what_nothing_reports(self):
        self.write("compiler/sema/a.cpp", "// DiagKind::Lost\n")
        self.expect(self.problems(), "nothing reports SOD0007")

    def test_finds_a_missing_section_and_example(self):
        self.write("docs/diagnostics.md", "## SOD0008 `Other`\n")
        (self.root / "tests/diagnostics/SOD0007.sod").unlink()
        self.expect(self.problems(), "no section", "SOD0008 is no diagnostic", "is missing")

    def test_finds_an_example_without_expectation(self):
        self.write("tests/diagnostics/SOD0007.sod", "x\n")
        self.expect(self.problems(), "first line")


if __name__ == "__main__":
    unittest.main()
