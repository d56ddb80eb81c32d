#!/usr/bin/env python3
"""Builds the libFuzzer programs with clang, and runs one of them for a while.

usage: fuzz_test.py build SOURCE_ROOT BUILD_FOLDER
       fuzz_test.py run SOURCE_ROOT BUILD_FOLDER source|format|table SECONDS [SEED]

The same tree tries the same inputs, as far as the time goes: the seed is 1 unless another one is given, 0 is a new one each
time. A longer hunt: fuzz_test.py run . build/fuzz source 3600 0 after a `build`.
New inputs stay in BUILD_FOLDER/found/<target>; what broke the program lies in BUILD_FOLDER/broken/<target>-*. Seeds
are tests/fuzz/corpus/<target> and, for texts, tests/diagnostics and tests/unit/parse/forms.h.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

TARGETS = {"source": "source_fuzz", "format": "format_fuzz", "table": "table_fuzz"}
INSTALL = "the fuzzers need clang 19 and its runtime: run scripts/setup, or install clang-19 and libclang-rt-19-dev"
SANITIZERS = "fuzzer-no-link,address,undefined"


def require_clang(build):
    """Fails with what to install unless a program can be linked with libFuzzer."""
    compiler = shutil.which("clang++-19")
    if not compiler:
        sys.exit(f"clang++-19 is not there; {INSTALL}")
    probe = build / "probe.cpp"
    probe.write_text('extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n', encoding="utf-8")
    run = subprocess.run([compiler, "-fsanitize=fuzzer,address", str(probe), "-o", str(build / "probe")],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"clang++-19 cannot link a fuzzer; {INSTALL}\n{run.stderr}")
    return compiler


def run_quietly(command, environment):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, check=False)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{run.stdout[-6000:]}")


def build_all(root, build):
    build.mkdir(parents=True, exist_ok=True)
    compiler = require_clang(build)
    environment = dict(os.environ, CXX=compiler, CC=compiler.replace("clang++", "clang"))
    run_quietly(["cmake", "-S", str(root), "-B", str(build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DSODC_FUZZ=ON", "-DSODC_UNITY_BUILD=ON",
                 f"-DSODC_SANITIZE={SANITIZERS}", "-DCMAKE_CXX_FLAGS=-O1 -gline-tables-only"], environment)
    run_quietly(["cmake", "--build", str(build), "-j", str(os.cpu_count()), "--target", *TARGETS.values()], environment)
    print("built " + ", ".join(TARGETS.values()))


def write_seeds(root, folder):
    """The forms of the language as one file each, and the examples of the diagnostics."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = (root / "tests/unit/parse/forms.h").read_text(encoding="utf-8")
    for i, text in enumerate(re.findall(r'\{R"~\((.*?)\)~",', forms, re.S)):
        (folder / f"form_{i}.sod").write_text(f'policy p "P" {{ language 1 }}\n{text}\n', encoding="utf-8")
    for path in (root / "tests/diagnostics").glob("*.sod"):
        shutil.copy(path, folder / path.name)


def write_dictionary(root, path):
    words = re.findall(r'^SODC_\w+\(\w+, \w+, "([^"]+)"\)', (root / "compiler/parse/scan/tokens.def").read_text(encoding="utf-8"), re.M)
    path.write_text("".join(f'"{word} "\n' for word in words), encoding="utf-8")


def run_one(root, build, target, seconds, seed):
    found, seeds, broken = build / "found" / target, build / "seeds" / target, build / "broken"
    for folder in (found, seeds, broken):
        folder.mkdir(parents=True, exist_ok=True)
    command = [str(build / "bin" / TARGETS[target]), f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=20", "-rss_limit_mb=2048",
               "-print_final_stats=1", f"-artifact_prefix={broken}/{target}-", str(found), str(root / "tests/fuzz/corpus" / target)]
    if target == "table":
        command.insert(1, "-max_len=65536")
        run_quietly([str(build / "bin/table_fuzz_seeded"), "--corpus", str(seeds)], dict(os.environ))
    else:
        write_seeds(root, seeds)
        write_dictionary(root, build / "sod.dict")
        command[1:1] = ["-max_len=2000", f"-dict={build / 'sod.dict'}"]
    command.append(str(seeds))
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=1", UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=broken, env=environment,
                         timeout=seconds * 3 + 120, check=False)
    output = run.stdout.decode("utf-8", "replace")
    units = re.search(r"number_of_executed_units: (\d+)", output)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{output[-8000:]}")
    if not units or int(units.group(1)) < 200:
        sys.exit(f"{TARGETS[target]} tried next to nothing\n{output[-2000:]}")
    print(f"{TARGETS[target]}: {units.group(1)} inputs in {seconds} s, no crash")


def main():
    mode, root, build = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    if mode == "build":
        TARGETS["table seeds"] = "table_fuzz_seeded"
        build_all(root, build)
    else:
        run_one(root, build, sys.argv[4], int(sys.argv[5]), sys.argv[6] if len(sys.argv) > 6 else "1")


if __name__ == "__main__":
    main()
