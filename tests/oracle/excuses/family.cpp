#include "family.h"

#include <algorithm>
#include <cstdio>

namespace oracle::excuses {
namespace {

std::string Words(const Found& found) {
  std::string text = found.disposition;
  for (const auto& [name, excuses] : found.excuses) text += " " + name + (excuses ? " excuses" : " does not");
  return text;
}

}  // namespace

void Tally::Compare(const std::string& about, const Found& found, const std::function<Found(int)>& expected) {
  ++cases_;
  if (found.disposition != "clear") ++hits_;
  if (found.disposition == "waived") ++excused_;
  const Found right = expected(0);
  if (!(found == right) && ++wrong_ <= 5) {
    std::printf("%s: expected %s, answered %s\n", about.c_str(), Words(right).c_str(), Words(found).c_str());
  }
  for (size_t i = 0; i < readings_.size(); ++i) {
    if (!(found == expected(static_cast<int>(i) + 1))) ++caught_[i];
  }
}

bool Tally::Report(long wanted) const {
  std::printf("%s: %ld answers, %ld conflicts, %ld excused, %ld disagreements\n", family_.c_str(), cases_, hits_, excused_, wrong_);
  for (size_t i = 0; i < readings_.size(); ++i) std::printf("  %s: contradicted by %ld answers\n", readings_[i], caught_[i]);
  return cases_ == wanted && wrong_ == 0 && std::all_of(caught_.begin(), caught_.end(), [](long count) { return count > 0; });
}

sod::Subject PersonOf(const sod::Table& table, const std::string& name) {
  constexpr sod::NameKind kKinds[] = {sod::NameKind::Person};
  return sod::SubjectOf(table, table.Find(name, kKinds).value()).value();
}

std::map<std::string, Found> Ask(PolicyUnderTest& policy, const Question& question) {
  std::map<std::string, Found> found;
  const auto answer = policy.Ask(question.subject, question.at, question.request);
  if (!answer) {
    std::printf("%s: %s\n", question.name.c_str(), answer.error().message.c_str());
    return found;
  }
  for (const sod::Conflict& conflict : answer.value().conflicts) {
    Found& one = found[std::string(policy.table().rule(conflict.rule).name)];
    one.disposition = SpellingOf(conflict.disposition);
    for (const sod::JudgedWaiver& waiver : conflict.waivers) one.excuses[std::string(waiver.name.name)] = waiver.excuses();
  }
  return found;
}

}  // namespace oracle::excuses

int main() {
  const bool exemptions = oracle::excuses::Exemptions();
  const bool grandfatherings = oracle::excuses::Grandfatherings();
  const bool emergencies = oracle::excuses::Emergencies();
  return exemptions && grandfatherings && emergencies ? 0 : 1;
}
