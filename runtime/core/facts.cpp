// Numbers of people, counted by the day (second-ring E17).
#include <algorithm>
#include <map>

#include "runtime/core/guards.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"

namespace sod {
namespace core {
namespace {

bool IsWanted(const Image& image, const format::CountedElementRecord& element, const GivenDuty& given) {
  return given.duty == element.duty && given.level >= element.level && CountsInCapacity(image, given.capacity, element.capacity);
}

bool GivesElement(const Image& image, const Holding& holding, const format::CountedElementRecord& element) {
  if (element.role != format::kNone) {
    if (holding.kind != HeldKind::Role) return false;
    if (element.capacity != format::kNone ? image.ScaleMembers()[element.capacity].rank != holding.capacity : !Confers(image, holding)) return false;
    return element.is_direct != 0 ? holding.target == element.role : std::ranges::binary_search(RoleClosure(image, holding.target), element.role);
  }
  bool is_given = false;
  ForEachDuty(image, holding, [&](const GivenDuty& given) { is_given |= IsWanted(image, element, given); });
  return is_given;
}

bool HoldsAny(const Image& image, std::span<const Holding> holdings, std::span<const format::CountedElementRecord> elements, Instant at) {
  const auto joint = JointDutiesOf(image, holdings, at);
  return std::ranges::any_of(elements, [&](const format::CountedElementRecord& element) {
    const auto gives = [&](const Holding& holding) {
      const bool is_usable = element.capacity != format::kNone ? IsHeldAt(holding, at) && holding.state != HoldingState::Requested && holding.state != HoldingState::Suspended
                                                               : IsUsableAt(image, holding, at);
      return is_usable && GivesElement(image, holding, element);
    };
    if (std::ranges::any_of(holdings, gives)) return true;
    return element.duty != format::kNone && std::ranges::any_of(joint, [&](const JointDuty& one) {
      return IsWanted(image, element, {one.duty, image.top_level(), kNone, one.boxes.front()});
    });
  });
}

// How the number changes, by the instant.
using Changes = std::map<Instant, int64_t>;

void CountPerson(const Image& image, const Subject& person, std::span<const format::CountedElementRecord> elements, Changes& changes) {
  if (elements.empty()) {
    ++changes[kBeginningOfTime];
    return;
  }
  std::vector<Holding> own;
  std::vector<Instant> instants = {kBeginningOfTime};
  for (const Holding& holding : person.holdings) {
    if (holding.delegation != kNone) continue;
    own.push_back(holding);
    if (holding.kind == HeldKind::Duty && holding.level == kNone) own.back().level = image.top_level();
    instants.insert(instants.end(), {holding.from, holding.until});
  }
  std::ranges::sort(instants);
  bool holds = false;
  for (const Instant at : instants) {
    const bool is_held = HoldsAny(image, own, elements, at);
    if (is_held != holds) changes[at] += is_held ? 1 : -1;
    holds = is_held;
  }
}

}  // namespace
}  // namespace core

namespace {

void CountInto(const Table& table, std::span<const Subject> people, FactSteps& steps) {
  const core::Image& image = table.image();
  for (uint32_t row = 0; row < image.GuardSources().size(); ++row) {
    const format::GuardSourceRecord& source = image.GuardSources()[row];
    if (source.is_counted == 0) continue;
    core::Changes changes;
    changes[kBeginningOfTime] = 0;
    for (const Subject& person : people) {
      const bool is_vacant = person.actor != kNone && image.Actors()[person.actor].is_vacant != 0;
      if (person.kind != SubjectKind::Person || is_vacant) continue;
      core::CountPerson(image, person, core::Slice(image.CountedElements(), source.counted_first, source.counted_count), changes);
    }
    int64_t count = 0;
    for (const auto& [at, change] : changes) {
      if (change == 0 && at != kBeginningOfTime) continue;
      count += change;
      if (at != kEndOfTime) steps.push_back({row, at, count});
    }
  }
}

}  // namespace

FactSteps CountFacts(const Table& table, std::span<const Subject> people) {
  FactSteps steps;
  CountInto(table, people, steps);
  return steps;
}

const FactSteps& Workspace::facts() {
  if (facts_ != nullptr) return *facts_;
  const core::Image& image = table_.image();
  const bool counts = std::ranges::any_of(image.GuardSources(), [](const auto& source) { return source.is_counted != 0; });
  auto steps = std::make_unique<FactSteps>();
  if (counts && image.meta().without_people == 0) CountInto(table_, AllSubjects(table_), *steps);
  facts_ = std::move(steps);
  return *facts_;
}

}  // namespace sod
