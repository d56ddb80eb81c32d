#include "runtime/processes/people.h"

#include "runtime/core/boxes.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"

namespace sod::processes {
namespace {

uint32_t BitOf(std::span<const uint32_t> duties, uint32_t duty) {
  const auto found = std::ranges::find(duties, duty);
  return found == duties.end() ? 0 : 1u << (found - duties.begin());
}

}  // namespace

bool IsVacant(const Image& image, const Subject& subject) { return subject.actor != kNone && image.Actors()[subject.actor].is_vacant != 0; }

bool IsCounted(const Image& image, const Subject& subject) {
  return (subject.kind == SubjectKind::Person || subject.kind == SubjectKind::External) && !IsVacant(image, subject);
}

bool MayHoldMore(const Subject& subject) {
  return std::ranges::any_of(subject.incomplete, [](const Incompleteness& gap) {
    return gap.reason != "vacant" && gap.reason != "undecided" && gap.reason != "unknown_attribute" && gap.reason != "account_without_owner";
  });
}

std::string NameIn(const Subject& subject) { return subject.title.empty() ? subject.id : subject.title; }

std::string WhoItIs(const Subject& subject) {
  return subject.kind == SubjectKind::Account ? "whose " + subject.id + " is" : "who is in " + NameIn(subject);
}

uint32_t StepsOf(const Image& image, const Holding& holding, std::span<const uint32_t> duties) {
  uint32_t steps = 0;
  core::ForEachDuty(image, holding, [&](const core::GivenDuty& given) {
    if (core::CountsInCapacity(image, given.capacity, kNone)) steps |= BitOf(duties, given.duty);
  });
  return steps;
}

uint32_t UndecidedSteps(const Image& image, const Holding& holding, std::span<const uint32_t> duties) {
  uint32_t steps = 0;
  if (holding.kind != HeldKind::Role) return steps;
  core::ForEachUndecidedDuty(image, core::RoleClosure(image, holding.target), [&](uint32_t duty) { steps |= BitOf(duties, duty); });
  return steps;
}

bool HasUndecided(const Image& image) {
  return std::ranges::any_of(image.Grants(), [](const format::GrantRecord& grant) { return grant.is_undecided != 0; });
}

uint32_t StepsHeld(const Image& image, std::span<const Holding> holdings, std::span<const uint32_t> duties, Instant at) {
  uint32_t steps = 0;
  for (const Holding& holding : holdings) {
    if (core::CountsAt(image, holding, at)) steps |= StepsOf(image, holding, duties);
  }
  for (const core::JointDuty& joint : core::JointDutiesOf(image, holdings, at)) steps |= BitOf(duties, joint.duty);
  return steps;
}

std::vector<Subject> WithRequest(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request) {
  std::vector<Subject> after(people.begin(), people.end());
  after[person].holdings = Revoke(table, people[person], request.revocations).holdings;
  for (Holding grant : request.grants) {
    grant.always_counts = true;
    after[person].holdings.push_back(grant);
  }
  return after;
}

std::pair<Instant, Instant> TimeOf(const Request& request, Instant as_of) {
  Instant from = kEndOfTime, until = kBeginningOfTime;
  for (const std::vector<Holding>* asked : {&request.grants, &request.revocations}) {
    for (const Holding& holding : *asked) {
      from = std::min(from, std::max(holding.from, as_of));
      until = std::max(until, holding.until);
    }
  }
  return {from, until};
}

std::set<Instant> InstantsWithin(std::span<const Subject> people, std::span<const Holding> more, Instant from, Instant until) {
  std::set<Instant> instants = {from};
  const auto add = [&](const Holding& holding) {
    for (const Instant at : {holding.from, holding.until}) {
      if (from < at && at < until) instants.insert(at);
    }
  };
  for (const Subject& subject : people) std::ranges::for_each(subject.holdings, add);
  std::ranges::for_each(more, add);
  return instants;
}

}  // namespace sod::processes
