#include "compiler/driver/held_numbers.h"

#include <algorithm>

#include "compiler/driver/held_processes.h"
#include "compiler/model/carried.h"
#include "sod/holders.h"

namespace sodc {
namespace {

constexpr size_t kMostNumbers = 200;

bool HasBound(const model::Provision& provision) {
  const bool is_said = model::FindAttribute(provision.attributes, "holders at least") != nullptr || model::FindAttribute(provision.attributes, "holders at most") != nullptr;
  return provision.common.is_own && provision.is_attribute_holder && is_said;
}

HeldNumber HeldNumberOf(const sod::HolderJudge& judge, const sod::HolderCount& count) {
  HeldNumber number{model::ProvisionId{count.bound.provision}};
  number.count = count.least;
  number.is_few = count.at_least == sod::BoundKept::No;
  number.is_many = count.at_most == sod::BoundKept::No;
  number.unknown = count.unknown;
  for (const std::vector<uint32_t>& holder : count.holders) number.holders.push_back(judge.HolderInWords(holder));
  for (const uint32_t person : count.stand_ins) number.stand_ins.push_back(judge.HolderInWords({person}));
  return number;
}

}  // namespace

std::vector<HeldNumber> AskHowManyHold(const model::Model& model, const SourceManager& sources, Instant as_of) {
  if (std::ranges::none_of(model.provisions, HasBound)) return {};
  const std::optional<sod::Table> table = TableOf(model, sources);
  if (!table) return {};
  const std::vector<sod::Subject> people = sod::AllSubjects(*table);
  if (!GivesToPeople(*table, people)) return {};
  const sod::HolderJudge judge(*table, people);
  std::vector<HeldNumber> numbers;
  size_t asked = 0;
  for (const sod::HolderBound& bound : sod::HolderBoundsOf(*table)) {
    if (!HasBound(model.provisions[model::ProvisionId{bound.provision}])) continue;
    if (++asked > kMostNumbers) break;
    const sod::HolderCount count = judge.Judge(bound, as_of);
    if (count.at_least != sod::BoundKept::Yes || count.at_most != sod::BoundKept::Yes) numbers.push_back(HeldNumberOf(judge, count));
  }
  return numbers;
}

}  // namespace sodc
