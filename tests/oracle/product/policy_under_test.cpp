#include "policy_under_test.h"

#include <cstdio>
#include <span>

#include "compile_world.h"

namespace oracle {
namespace {

bool HasWays(const sod::Conflict& conflict) {
  for (const sod::ConflictSide& side : conflict.sides) {
    for (const sod::Witness& witness : side.witnesses) {
      if (witness.paths.empty()) return false;
    }
  }
  return true;
}

std::string Listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += " [" + name + "]";
  return text.empty() ? " nothing" : text;
}

}  // namespace

PolicyUnderTest::PolicyUnderTest(const std::string& text, const std::string& folder) {
  const Compiled compiled = CompileText(text, folder);
  if (compiled.bytes.empty()) {
    problem_ = "refused:\n" + compiled.problem.substr(0, 2000);
    return;
  }
  auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes)));
  if (!table) {
    problem_ = table.error().message;
    return;
  }
  table_ = table.value();
  workspace_.emplace(*table_);
  subjects_ = sod::AllSubjects(*table_);
}

std::set<std::string> PolicyUnderTest::Violations(const sod::Subject& subject, sod::Instant at) {
  std::set<std::string> names;
  for (const uint32_t rule : workspace_->Violations(subject.holdings, at)) names.emplace(table_->rule(rule).name);
  return names;
}

sod::Result<sod::Answer> PolicyUnderTest::Ask(const sod::Subject& subject, sod::Instant at, const std::optional<sod::Holding>& request) {
  return sod::Ask(*table_, *workspace_, subject, at, request, {.max_paths = 100000});
}

std::set<std::string> PolicyUnderTest::Conflicts(const sod::Subject& subject, sod::Instant at) {
  const auto answer = Ask(subject, at);
  if (!answer) return {answer.error().message};
  std::set<std::string> names;
  for (const sod::Conflict& conflict : answer.value().conflicts) {
    names.insert(std::string(table_->rule(conflict.rule).name) + (HasWays(conflict) ? "" : " without a way"));
  }
  return names;
}

void Agreement::Compare(const std::string& about, const std::set<std::string>& expected, const std::set<std::string>& got) {
  ++answers;
  hits += expected.size();
  if (got == expected || ++wrong > 3) return;
  std::printf("%s: expected%s, got%s\n", about.c_str(), Listed(expected).c_str(), Listed(got).c_str());
}

bool Agreement::IsComplete(const std::string& name, uint64_t wanted_answers, uint64_t wanted_hits) const {
  std::printf("%s: %llu answers, %llu hits, %llu disagreements\n", name.c_str(), static_cast<unsigned long long>(answers),
              static_cast<unsigned long long>(hits), static_cast<unsigned long long>(wrong));
  return answers == wanted_answers && hits == wanted_hits && wrong == 0;
}

}  // namespace oracle
