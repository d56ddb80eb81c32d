"""A shell test that also holds the prefix fail_: a policy has it exactly when it does not compile."""

import os
import subprocess

import lit.Test
import lit.formats

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
