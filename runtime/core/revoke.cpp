// What is left when something is taken away (second-ring E41).
#include <algorithm>

#include "runtime/core/boxes.h"
#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod {
namespace {

// Given to the subject or an account of it, not to a team or by a delegation, and not to what it acts as.
bool IsOwn(const core::Image& image, const Subject& subject, const Holding& held) {
  if (held.delegation != kNone) return false;
  if (held.assignment == kNone) return true;
  const format::AssignmentRecord& assignment = image.Assignments()[held.assignment];
  return assignment.account != format::kNone || assignment.actor == subject.actor;
}

bool IsMeant(const core::Dimensions& dimensions, const Holding& held, const Holding& gone, uint32_t top_level) {
  const bool is_level = gone.level == kNone || std::min(held.level, top_level) == gone.level;
  const bool is_capacity = gone.capacity == kNone || held.capacity == gone.capacity;
  return held.kind == gone.kind && held.target == gone.target && is_level && is_capacity &&
         dimensions.Contains(dimensions.WrittenOut(gone.box), dimensions.WrittenOut(held.box));
}

}  // namespace

Revoked Revoke(const Table& table, const Subject& subject, std::span<const Holding> revocations) {
  const core::Image& image = table.image();
  const core::Dimensions dimensions(image);
  Revoked left = {subject.holdings, std::vector<uint32_t>(revocations.size(), 0)};
  for (size_t i = 0; i < revocations.size(); ++i) {
    const Holding& gone = revocations[i];
    std::vector<Holding> rest;
    for (const Holding& held : left.holdings) {
      const bool is_touched = held.from < gone.until && gone.from < held.until;
      if (!is_touched || !IsOwn(image, subject, held) || !IsMeant(dimensions, held, gone, image.top_level())) {
        rest.push_back(held);
        continue;
      }
      ++left.counts[i];
      for (const auto& [from, until] : {std::pair(held.from, gone.from), std::pair(gone.until, held.until)}) {
        if (from >= until) continue;
        rest.push_back(held);
        rest.back().from = from;
        rest.back().until = until;
      }
    }
    left.holdings = std::move(rest);
  }
  return left;
}

}  // namespace sod
