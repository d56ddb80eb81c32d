// Seeded single mistakes in the examples (drop, duplicate or swap a token, misspell a name,
// remove a declaration): exactly one error in at least 95 %, never more than 3. Two mistakes
// in different declarations: both reported in at least 95 % (ACC-4).
//
// usage: mutation_test [-v]     -v prints every mutant with another number of errors
#include <cstdio>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/diag/sinks.h"
#include "compiler/load/load.h"
#include "compiler/parse/scan/scanner.h"
#include "compiler/parse/slices.h"
#include "compiler/sema/check.h"

namespace sodc {
namespace {

constexpr uint32_t kSeed = 20260317;
constexpr int kSingles = 1000;
constexpr int kDoubles = 500;

// Replaces [begin, end) of the text.
struct Change {
  size_t begin = 0;
  size_t end = 0;
  std::string replacement;
  std::string what;
  size_t declaration = 0;
};

struct Example {
  std::string name;
  std::string text;
  std::vector<Token> tokens;
  std::vector<Slice> slices;
};

struct Outcome {
  std::vector<std::string> errors;  // kind and message
  std::string rendered;
};

Outcome Compile(const std::string& text) {
  SourceManager sources;
  CollectingSink sink;
  LoadOptions options;
  options.standard_input = text;
  const Program program = Load("-", sources, options, sink);
  Check(program, sources, {}, sink);
  sink.Sort();
  Outcome outcome;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != Severity::Error || IsFinding(diagnostic.kind)) continue;
    outcome.errors.push_back(CodeOf(diagnostic.kind) + " " + diagnostic.message);
  }
  outcome.rendered = RenderText(sink.diagnostics(), sources, {});
  return outcome;
}

Example ReadExample(const std::string& name) {
  std::ifstream in(std::string(SODC_SOURCE_FOLDER) + "/examples/" + name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  Example example{name, text.str(), {}, {}};
  example.tokens = Scan(example.text, {}).tokens;
  example.slices = SliceByDeclaration(example.text, example.tokens);
  return example;
}

class Mutator {
 public:
  Mutator(const Example& example, std::mt19937& random) : example_(example), random_(random) {}

  Change Next() {
    Change change;
    do {
      change = MakeOne();
    } while (change.what.empty());
    while (example_.tokens[example_.slices[change.declaration].end - 1].begin < change.begin) ++change.declaration;
    return change;
  }

 private:
  size_t Below(size_t limit) { return random_() % limit; }

  Change MakeOne() {
    const size_t i = Below(example_.tokens.size());
    const Token token = example_.tokens[i];
    const std::string text(token.Text(example_.text));
    switch (Below(5)) {
      case 0: return {token.begin, token.end(), " ", "drop " + text, 0};
      case 1: return {token.begin, token.end(), text + " " + text, "duplicate " + text, 0};
      case 2: return Swap(i);
      case 3: return Misspell(token, text);
      default: return Remove(example_.slices[Below(example_.slices.size())]);
    }
  }

  Change Swap(size_t i) {
    if (i + 1 >= example_.tokens.size()) return {};
    const Token first = example_.tokens[i];
    const Token second = example_.tokens[i + 1];
    const std::string between = example_.text.substr(first.end(), second.begin - first.end());
    return {first.begin, second.end(),
            " " + std::string(second.Text(example_.text)) + (between.empty() ? " " : between) +
                std::string(first.Text(example_.text)) + " ",
            "swap " + std::string(first.Text(example_.text)) + " | " + std::string(second.Text(example_.text)), 0};
  }

  Change Misspell(Token token, std::string text) {
    if (token.kind() != TokenKind::PlainName) return {};
    const size_t at = Below(text.size());
    const std::string before = text;
    text[at] = text[at] == 'x' ? 'y' : 'x';
    if (at == 0 && text.size() == 1) text += "x";
    return {token.begin, token.end(), text, "misspell " + before + " as " + text, 0};
  }

  Change Remove(Slice slice) {
    const Token first = example_.tokens[slice.begin];
    return {first.begin, example_.tokens[slice.end - 1].end(), "", "remove " + std::string(first.Text(example_.text)) + " " +
            std::string(slice.end - slice.begin > 1 ? example_.tokens[slice.begin + 1].Text(example_.text) : ""), 0};
  }

  const Example& example_;
  std::mt19937& random_;
};

std::string Apply(std::string text, const Change& change) {
  return text.replace(change.begin, change.end - change.begin, change.replacement);
}

bool Includes(const std::vector<std::string>& all, const std::string& wanted) {
  for (const std::string& one : all) {
    if (one == wanted) return true;
  }
  return false;
}

void Show(const char* title, const std::string& example, const std::string& what, const Outcome& outcome) {
  std::printf("---- %s %s: %s\n%s\n", title, example.c_str(), what.c_str(), outcome.rendered.c_str());
}

// Mutants until `kSingles` of them are no valid policy any more.
bool RunSingles(const std::vector<Example>& examples, bool is_verbose) {
  std::mt19937 random(kSeed);
  std::map<size_t, int> by_errors;
  int wrong = 0;
  while (wrong < kSingles) {
    const Example& example = examples[random() % examples.size()];
    const Change change = Mutator(example, random).Next();
    const Outcome outcome = Compile(Apply(example.text, change));
    ++by_errors[outcome.errors.size()];
    if (!outcome.errors.empty()) ++wrong;
    if (is_verbose && outcome.errors.size() != 1) {
      Show(std::to_string(outcome.errors.size()).c_str(), example.name, change.what, outcome);
    }
  }
  std::printf("single mistakes: %d; still a valid policy: %d\n", wrong, by_errors[0]);
  for (const auto& [count, mutants] : by_errors) {
    if (count > 0) std::printf("  %zu error%s: %d\n", count, count == 1 ? "" : "s", mutants);
  }
  return by_errors[1] * 100 >= wrong * 95 && by_errors.rbegin()->first <= 3;
}

bool RunDoubles(const std::vector<Example>& examples, bool is_verbose) {
  std::mt19937 random(kSeed + 1);
  int pairs = 0;
  int both = 0;
  while (pairs < kDoubles) {
    const Example& example = examples[random() % examples.size()];
    Mutator mutator(example, random);
    Change first = mutator.Next();
    Change second = mutator.Next();
    if (second.begin < first.begin) std::swap(first, second);
    if (first.declaration == second.declaration || first.end > second.begin) continue;
    const Outcome alone_first = Compile(Apply(example.text, first));
    const Outcome alone_second = Compile(Apply(example.text, second));
    if (alone_first.errors.empty() || alone_second.errors.empty()) continue;
    ++pairs;
    const Outcome together = Compile(Apply(Apply(example.text, second), first));
    const bool has_both = Includes(together.errors, alone_first.errors.front()) &&
                          Includes(together.errors, alone_second.errors.front());
    both += has_both;
    if (is_verbose && !has_both) Show("not both", example.name, first.what + " // " + second.what, together);
  }
  std::printf("two mistakes in different declarations: %d; both reported: %d\n", pairs, both);
  return both * 100 >= pairs * 95;
}

int Run(bool is_verbose) {
  std::vector<Example> examples;
  for (const char* name : {"h33/h33.sod", "mactech/mactech.sod", "ten_lines/ten_lines.sod"}) {
    examples.push_back(ReadExample(name));
    const Outcome outcome = Compile(examples.back().text);
    if (!outcome.errors.empty() || examples.back().slices.empty()) {
      std::printf("%s does not compile\n%s", name, outcome.rendered.c_str());
      return 1;
    }
  }
  const bool are_singles_fine = RunSingles(examples, is_verbose);
  const bool are_doubles_fine = RunDoubles(examples, is_verbose);
  return are_singles_fine && are_doubles_fine ? 0 : 1;
}

}  // namespace
}  // namespace sodc

int main(int argc, char** argv) { return sodc::Run(argc > 1 && std::string(argv[1]) == "-v"); }
