# One folder a phase or verb; tests are policies (.sod) or shell stories (.test).
#
#   %sodc     the program            %sodc-verify  `// expect-error@+1 [Name] words` on the lines
#   %examples examples/              %tools        tests/tools/
#   %schemas  docs/schema/           %official     tests/schemas/
#   FileCheck, not, split-file, count
#
# A policy whose file name starts with fail_ must not compile, and no other may:
# checked by sod_test.py for every .sod test, so that a test that silently starts to pass
# is caught by its name.
import os
import sys

site = lit_config.params.get("site")
if not site:
    lit_config.fatal("run through ctest, or give --param site=build/tests/lit/lit.site.cfg.py")
lit_config.load_config(config, site)

# A module of its own: lit hands tests to its workers by name.
sys.path.insert(0, os.path.dirname(__file__))
from sod_test import SodTest  # noqa: E402

config.name = "sodc"
config.test_format = SodTest(execute_external=False)
config.suffixes = [".sod", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)

config.sodc = os.path.join(config.sodc_bin_dir, "sodc")
tools = os.path.join(config.sodc_source_dir, "tests", "tools")
config.environment["PATH"] = os.pathsep.join([config.sodc_llvm_tools_dir, "/usr/bin", "/bin"])
# Nothing of the machine reaches a test: no colour, no clock, no locale.
for name, value in {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": "1767225600", "TZ": "UTC", "LC_ALL": "C.UTF-8"}.items():
    config.environment[name] = value

config.substitutions = [
    ("%sodc-verify", f"{config.sodc_python} {tools}/verify_diagnostics.py {config.sodc}"),
    ("%sodc", config.sodc),
    ("%examples", os.path.join(config.sodc_source_dir, "examples")),
    ("%schemas", os.path.join(config.sodc_source_dir, "docs", "schema")),
    ("%official", os.path.join(config.sodc_source_dir, "tests", "schemas")),
    ("%tools", tools),
    ("%python", config.sodc_python),
]
