#include "compiler/driver/fix.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "compiler/driver/check_report.h"
#include "compiler/driver/write_file.h"
#include "compiler/load/load.h"

namespace sodc {

namespace {

// A fix can uncover what another one is for; a policy that needs more is run again.
constexpr int kMostRounds = 20;

// What is left to do: what cannot be read first, since it hides the rest. Findings do not
// count: they are looked for only when there is no error.
using Weight = std::pair<size_t, size_t>;

Weight WeightOf(const Compilation& compilation) {
  Weight weight;
  for (const Diagnostic& diagnostic : compilation.diagnostics.diagnostics()) {
    if (IsFinding(diagnostic.kind)) continue;
    const bool is_syntax = CodeOf(diagnostic.kind) < "SOD1";
    (is_syntax ? weight.first : weight.second) += 1 + diagnostic.labels.size();
  }
  return weight;
}

bool IsOwnFile(const Compilation& compilation, FileId id) {
  const SourceFile& file = compilation.sources.file(id);
  return !file.is_standard_library && file.path != "<stdin>";
}

// Two insertions at one place have no order, so that they overlap, too.
bool Overlap(const FixIt& a, const FixIt& b) {
  if (a.span.file != b.span.file) return false;
  if (a.span.begin == b.span.begin) return true;
  return a.span.begin < b.span.end && b.span.begin < a.span.end;
}

class Round {
 public:
  explicit Round(const Compilation& compilation) : compilation_(compilation) {
    for (const Diagnostic& diagnostic : compilation.diagnostics.diagnostics()) Take(diagnostic);
    std::sort(fixes_.begin(), fixes_.end(), [](const FixIt& a, const FixIt& b) { return a.span < b.span; });
  }

  bool is_empty() const { return fixes_.empty(); }
  const std::map<FileId, size_t>& fixed() const { return fixed_; }

  std::string TextOf(FileId file) const {
    const std::string& before = compilation_.sources.file(file).text;
    std::string after;
    size_t at = 0;
    for (const FixIt& fix : fixes_) {
      if (fix.span.file != file) continue;
      after.append(before, at, fix.span.begin - at);
      after += fix.replacement;
      at = fix.span.end;
    }
    return after.append(before, at);
  }

 private:
  // All fixes of a diagnostic or none.
  void Take(const Diagnostic& diagnostic) {
    const auto is_unusable = [&](const FixIt& fix) {
      const auto overlaps = [&](const FixIt& other) { return Overlap(fix, other); };
      return !IsOwnFile(compilation_, fix.span.file) ||
             std::any_of(fixes_.begin(), fixes_.end(), overlaps);
    };
    if (diagnostic.fixes.empty() || HasGuessedFixes(diagnostic.kind)) return;
    if (std::any_of(diagnostic.fixes.begin(), diagnostic.fixes.end(), is_unusable)) return;
    fixes_.insert(fixes_.end(), diagnostic.fixes.begin(), diagnostic.fixes.end());
    for (const FixIt& fix : diagnostic.fixes) fixed_[fix.span.file];
    ++fixed_[diagnostic.fixes.front().span.file];
  }

  const Compilation& compilation_;
  std::vector<FixIt> fixes_;
  std::map<FileId, size_t> fixed_;  // diagnostics by the file of their first fix
};

// The fixes with those of a round on top.
Fixes With(Fixes fixes, const Round& round, const Compilation& compilation, const std::string& main_path) {
  const size_t slash = main_path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : main_path.substr(0, slash + 1);
  for (const auto& [id, count] : round.fixed()) {
    const SourceFile& source = compilation.sources.file(id);
    const std::string disk = folder + source.path;
    const std::string key = KeyOfFile(disk);
    FixedFile& file = fixes.files.try_emplace(key, FixedFile{FromHere(disk), disk, source.text, 0}).first->second;
    file.fixed += count;
    fixes.texts[key] = round.TextOf(id);
  }
  return fixes;
}

}  // namespace

void AddFixes(const std::string& main_path, Fixes& fixes) {
  const auto compile = [&](const Fixes& with, Compilation& compilation) {
    Compile(main_path, {.last = Phase::Check, .import_root = with.import_root, .unsaved = &with.texts}, compilation);
  };
  auto before = std::make_unique<Compilation>();
  compile(fixes, *before);
  for (int i = 0; i < kMostRounds; ++i) {
    const Round round(*before);
    if (round.is_empty()) return;
    Fixes with = With(fixes, round, *before, main_path);
    auto after = std::make_unique<Compilation>();
    compile(with, *after);
    if (WeightOf(*after) >= WeightOf(*before)) return;
    fixes = std::move(with);
    before = std::move(after);
  }
}

std::string WriteFixes(const Fixes& fixes) {
  for (const auto& [key, file] : fixes.files) {
    std::string sentence = ReplaceFile(file.disk, file.path, file.before, fixes.texts.at(key));
    if (!sentence.empty()) return sentence;
  }
  return {};
}

}  // namespace sodc
