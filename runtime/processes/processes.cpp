// The smallest groups that hold every step of a process.
#include "sod/processes.h"

#include <algorithm>

#include "runtime/core/judge.h"
#include "runtime/processes/crowd.h"

namespace sod {
namespace {

uint32_t AllOf(size_t steps) { return static_cast<uint32_t>((uint64_t{1} << steps) - 1); }

// With what may be anybody's in the hands of the group; it has at least one person.
processes::Cover PossibleGroups(const processes::Crowd& crowd, uint32_t wanted) {
  std::vector<uint32_t> masks;
  for (const processes::Member& member : crowd.members) masks.push_back(member.possible);
  const uint32_t missing = wanted & ~crowd.unowned;
  if (missing != 0) return processes::SmallestGroups(masks, missing, 0);
  processes::Cover one;
  one.size = 1;
  return one;
}

}  // namespace

std::vector<uint32_t> ProcessesOf(const Table& table) {
  std::vector<uint32_t> rows;
  const core::Image& image = table.image();
  for (uint32_t row = 0; row < image.Provisions().size(); ++row) {
    const format::ProvisionRecord& provision = image.Provisions()[row];
    if (provision.is_attribute_holder == 0 && image.Text(provision.kind) == "process") rows.push_back(row);
  }
  return rows;
}

Named NameOfProcess(const Table& table, uint32_t process) {
  const format::ProvisionRecord& provision = table.image().Provisions()[process];
  return {table.image().Text(provision.name), table.image().Text(provision.title)};
}

bool IsOnlyAboutPeople(const Table& table, uint32_t process) { return processes::Read(table.image(), process).is_only_people; }

std::optional<uint32_t> FindProcess(const Table& table, std::string_view name) {
  std::optional<uint32_t> by_title;
  for (const uint32_t row : ProcessesOf(table)) {
    const Named named = NameOfProcess(table, row);
    if (named.name == name) return row;
    if (named.title == name && !by_title) by_title = row;
  }
  return by_title;
}

ProcessJudge::ProcessJudge(const Table& table, std::span<const Subject> people) : table_(table), people_(people) {}

ProcessAnswer ProcessJudge::Judge(uint32_t process, Instant at) const {
  const core::Image& image = table_.image();
  const processes::Outline outline = processes::Read(image, process);
  ProcessAnswer answer;
  answer.process = process;
  answer.name = NameOfProcess(table_, process);
  answer.needs = outline.needs;
  answer.is_conditional = outline.is_conditional;
  for (const uint32_t duty : outline.steps) answer.steps.push_back({duty, {}});
  if (outline.steps.size() > kMaxProcessSteps) {
    answer.unknown.push_back("it has more than " + std::to_string(kMaxProcessSteps) + " steps");
    answer.verdict = outline.needs > 1 ? Verdict::NotEvaluable : Verdict::Clear;
    return answer;
  }
  const processes::Crowd crowd = processes::CrowdOf(image, people_, outline.steps, at);
  const uint32_t wanted = AllOf(outline.steps.size());
  std::vector<uint32_t> masks;
  for (uint32_t i = 0; i < crowd.members.size(); ++i) {
    const processes::Member& member = crowd.members[i];
    masks.push_back(member.certain);
    answer.people.push_back(member.people);
    for (size_t step = 0; step < answer.steps.size(); ++step) {
      if ((member.certain >> step & 1) != 0) answer.steps[step].holders.push_back(i);
    }
  }
  processes::Cover cover = processes::SmallestGroups(masks, wanted, kMaxProcessGroups);
  answer.size = cover.size;
  answer.group_count = cover.count;
  answer.groups = std::move(cover.groups);
  const processes::Cover possible_cover = crowd.unknown.empty() ? cover : PossibleGroups(crowd, wanted);
  answer.possible_size = possible_cover.size;
  if (outline.needs < 2) return answer;
  if (outline.steps.empty()) {
    answer.unknown.push_back("it has no steps");
    answer.verdict = Verdict::NotEvaluable;
    return answer;
  }
  if (answer.size && *answer.size < outline.needs) {
    answer.verdict = core::DispositionOf(std::min(format::Mode::Deny, image.meta().mode_ceiling));
    return answer;
  }
  const bool may_be_fewer = answer.possible_size && *answer.possible_size < outline.needs;
  if (may_be_fewer) answer.unknown = crowd.unknown;
  if (cover.is_over || possible_cover.is_over) answer.unknown.push_back("the search for the smallest group was given up");
  uint32_t possible = crowd.unowned;
  for (const processes::Member& member : crowd.members) possible |= member.possible;
  for (size_t i = 0; i < answer.steps.size(); ++i) {
    const ProcessStep& step = answer.steps[i];
    const bool may_be_held = (possible >> i & 1) != 0;
    if (step.holders.empty()) answer.unknown.push_back((may_be_held ? "nobody is known to hold " : "nobody holds ") + std::string(table_.duty(step.duty).title));
  }
  if (!answer.unknown.empty()) answer.verdict = Verdict::NotEvaluable;
  return answer;
}

std::string ProcessJudge::PersonInWords(const OnePerson& person) const {
  std::string words;
  for (const uint32_t index : person) {
    words += (words.empty() ? "" : " with ") + processes::NameIn(people_[index]);
  }
  return words;
}

}  // namespace sod
