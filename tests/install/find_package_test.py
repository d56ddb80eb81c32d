"""Installs the component `sod`, builds examples/embed_cpp against it from a scratch folder, and runs the
commands of its README, comparing what they print."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def run(command, **options):
    done = subprocess.run(command, text=True, capture_output=True, **options)
    if done.returncode != 0:
        sys.exit(f"{command} failed with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def console_blocks(readme):
    """(command, expected output) of every `$ ` line in ```console blocks."""
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            yield command, expected


def build_table(arguments, example, table):
    if arguments.sodc:
        run([arguments.sodc, "build", str(example / "payments.sod"), "-o", str(table)])
    else:
        run([arguments.table_writer, str(table)])


def check_answers(readme, program, table):
    commands = list(console_blocks(readme))
    if not commands:
        sys.exit("the README shows no command")
    for command, expected in commands:
        words = command.split()
        done = subprocess.run([str(program), str(table)] + words[2:], text=True, capture_output=True)
        shown = (done.stdout + done.stderr).rstrip("\n")
        if shown != expected.rstrip("\n"):
            sys.exit(f"{command} printed\n{shown}\nthe README says\n{expected}")
    return len(commands)


HISTORIES = {
    "CMakeLists.txt": """cmake_minimum_required(VERSION 3.25)
project(acts LANGUAGES CXX)
find_package(sod REQUIRED)
add_executable(acts main.cpp)
target_link_libraries(acts PRIVATE sod::histories)
""",
    "main.cpp": """#include <cstdio>
#include <sod/history.h>
int main(int, char** argv) {
  auto table = sod::Table::LoadFile(argv[1]);
  if (!table) return 1;
  sod::Workspace workspace(table.value());
  const auto report = sod::JudgeHistory(table.value(), workspace, {});
  std::printf("%s\\n", report ? std::string(SpellingOf(report.value().verdict)).c_str() : "error");
}
""",
}


def check_histories(arguments, prefix, scratch, table):
    """A program of a stranger links sod::histories, and an empty history is clear."""
    folder = pathlib.Path(scratch) / "acts"
    folder.mkdir()
    for name, text in HISTORIES.items():
        (folder / name).write_text(text)
    run([arguments.cmake, "-G", "Ninja", "-S", str(folder), "-B", str(folder / "build"), f"-DCMAKE_PREFIX_PATH={prefix}",
         f"-DCMAKE_CXX_COMPILER={arguments.cxx}", f"-DCMAKE_CXX_FLAGS={arguments.cxx_flags}"])
    run([arguments.cmake, "--build", str(folder / "build")])
    shown = run([str(folder / "build" / "acts"), str(table)])
    if shown != "clear\n":
        sys.exit(f"an empty history is {shown}")


def check_packages(prefix):
    configs = list(prefix.rglob("sodConfig.cmake")) + list(prefix.rglob("sod.pc"))
    if len(configs) != 2:
        sys.exit(f"expected sodConfig.cmake and sod.pc, found {configs}")
    for file in prefix.rglob("*.h"):
        for line in file.read_text().splitlines():
            if re.match(r'#include\s+"(?!sod/)', line):
                sys.exit(f"{file.name} includes something that is not installed: {line}")


def main():
    parser = argparse.ArgumentParser()
    for name in ("cmake", "build", "source", "cxx", "table-writer"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--cxx-flags", default="")
    parser.add_argument("--sodc")
    arguments = parser.parse_args()
    example = pathlib.Path(arguments.source) / "examples" / "embed_cpp"
    with tempfile.TemporaryDirectory() as scratch:
        prefix, build = pathlib.Path(scratch) / "prefix", pathlib.Path(scratch) / "build"
        run([arguments.cmake, "--install", arguments.build, "--component", "sod", "--prefix", str(prefix)])
        check_packages(prefix)
        run([arguments.cmake, "-G", "Ninja", "-S", str(example), "-B", str(build), f"-DCMAKE_PREFIX_PATH={prefix}",
             f"-DCMAKE_CXX_COMPILER={arguments.cxx}", f"-DCMAKE_CXX_FLAGS={arguments.cxx_flags}"])
        run([arguments.cmake, "--build", str(build)])
        table = pathlib.Path(scratch) / "payments.sodt"
        build_table(arguments, example, table)
        check_histories(arguments, prefix, scratch, table)
        count = check_answers((example / "README.md").read_text(), build / "embed_cpp", table)
    print(f"{count} commands of the README answered as it says")


if __name__ == "__main__":
    os.environ.pop("DESTDIR", None)
    main()
