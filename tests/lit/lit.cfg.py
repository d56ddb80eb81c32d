# One folder a phase or verb; tests are policies (.sod) or shell stories (.test).
#
#   %sodc     the program            %sodc-verify  `// expect-error@+1 [Name] words` on the lines
#   %examples examples/              %tools        tests/tools/
#   FileCheck, not, split-file, count
#
# A policy whose file name starts with fail_ must not compile, and no other may:
# checked here for every .sod test, so that a test that silently starts to pass
# is caught by its name.
import os
import subprocess

import lit.Test
import lit.formats

site = lit_config.params.get("site")
if not site:
    lit_config.fatal("run through ctest, or give --param site=build/tests/lit/lit.site.cfg.py")
lit_config.load_config(config, site)

LANGUAGE_ERROR = 3


class SodTest(lit.formats.ShTest):
    def execute(self, test, lit_config):
        result = super().execute(test, lit_config)
        if result.code != lit.Test.PASS:
            return result
        return self._name_tells_the_truth(test) or result

    def _name_tells_the_truth(self, test):
        path = test.getSourcePath()
        if not path.endswith(".sod"):
            return None
        with open(path, "rb") as source:
            if b"split-file" in source.read():
                return None
        run = subprocess.run([test.config.sodc, "check", path], capture_output=True)
        should_fail = os.path.basename(path).startswith("fail_")
        if (run.returncode == LANGUAGE_ERROR) == should_fail:
            return None
        said = "has the prefix fail_" if should_fail else "has no prefix fail_"
        return lit.Test.Result(
            lit.Test.FAIL,
            f"the file {said} and sodc check ends with {run.returncode}\n{run.stderr.decode(errors='replace')}")


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
    ("%tools", tools),
    ("%python", config.sodc_python),
]
