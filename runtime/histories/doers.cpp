// The fewest and the most people who may have done something.
#include "runtime/histories/doers.h"

#include <algorithm>
#include <set>

namespace sod::histories {
namespace {

using Choices = std::vector<std::vector<uint32_t>>;

// Whether the act finds somebody who is free, moving others to whom else they may have been.
bool Assign(const Choices& acts, size_t act, std::map<uint32_t, size_t>& taken, std::set<uint32_t>& seen) {
  for (const uint32_t person : acts[act]) {
    if (!seen.insert(person).second) continue;
    const auto holder = taken.find(person);
    if (holder != taken.end() && !Assign(acts, holder->second, taken, seen)) continue;
    taken[person] = act;
    return true;
  }
  return false;
}

// Whether at most `most` people can have done all of these; true if the search is given up.
bool CanBeDoneBy(const Choices& acts, std::set<uint32_t>& chosen, uint32_t most, uint32_t& steps_left) {
  if (steps_left == 0) return true;
  --steps_left;
  const auto open = std::ranges::find_if(acts, [&](const std::vector<uint32_t>& people) {
    return std::ranges::none_of(people, [&](uint32_t person) { return chosen.contains(person); });
  });
  if (open == acts.end()) return true;
  if (chosen.size() >= most) return false;
  for (const uint32_t person : *open) {
    chosen.insert(person);
    if (CanBeDoneBy(acts, chosen, most, steps_left)) return true;
    chosen.erase(person);
  }
  return false;
}

}  // namespace

bool Doers::Add(const std::vector<Party>& act) {
  std::vector<uint32_t> known;
  Unsure unsure;
  uint32_t unknown = 0;
  for (const Party& party : act) {
    if (party.is_certain()) {
      if (!parties_.IsMachine(party.people[0])) known.push_back(party.people[0]);
      continue;
    }
    ++unknown;
    unsure.is_anyone |= party.is_anyone;
    for (const uint32_t person : party.people) {
      if (parties_.IsMachine(person)) unsure.may_be_nobody = true;
      else unsure.people.push_back(person);
    }
  }
  for (const uint32_t person : known) {
    leader_.try_emplace(person, person);
    const uint32_t from = LeaderOf(person), to = LeaderOf(known[0]);
    if (from != to) leader_[from] = to;
  }
  if (unknown == 0) return true;
  perhaps_one_ += known.empty() ? unknown - 1 : unknown;
  if (known.empty()) unsure_.push_back(std::move(unsure));
  return false;
}

uint32_t Doers::LeaderOf(uint32_t person) const {
  for (auto found = leader_.find(person); found != leader_.end() && found->second != person; found = leader_.find(person)) person = found->second;
  return person;
}

std::vector<uint32_t> Doers::LeadersOf(const Unsure& act) const {
  std::set<uint32_t> leaders;
  for (const uint32_t person : act.people) leaders.insert(LeaderOf(person));
  return {leaders.begin(), leaders.end()};
}

uint32_t Doers::KnownCount() const {
  return static_cast<uint32_t>(std::ranges::count_if(leader_, [](const auto& entry) { return entry.first == entry.second; }));
}

uint32_t Doers::Most() const {
  uint32_t most = KnownCount();
  if (unsure_.size() > kMaxUnsure) return most + static_cast<uint32_t>(unsure_.size());
  Choices acts;
  for (const Unsure& act : unsure_) {
    if (act.is_anyone) {
      ++most;
      continue;
    }
    acts.push_back(LeadersOf(act));
    std::erase_if(acts.back(), [&](uint32_t leader) { return IsKnown(leader); });
  }
  std::map<uint32_t, size_t> taken;
  for (size_t act = 0; act < acts.size(); ++act) {
    std::set<uint32_t> seen;
    if (Assign(acts, act, taken, seen)) ++most;
  }
  return most;
}

bool Doers::AreAtLeast(uint32_t wanted) const {
  const uint32_t known = KnownCount();
  if (wanted <= 1) return known >= wanted || std::ranges::any_of(unsure_, [](const Unsure& act) { return !act.may_be_nobody; });
  const uint32_t needed = wanted + perhaps_one_;
  if (known >= needed) return true;
  if (unsure_.size() > kMaxUnsure) return false;
  Choices acts;
  for (const Unsure& act : unsure_) {
    if (act.is_anyone || act.may_be_nobody) continue;
    std::vector<uint32_t> leaders = LeadersOf(act);
    if (std::ranges::none_of(leaders, [&](uint32_t leader) { return IsKnown(leader); })) acts.push_back(std::move(leaders));
  }
  std::ranges::sort(acts);
  const auto twice = std::ranges::unique(acts);
  acts.erase(twice.begin(), twice.end());
  std::set<uint32_t> chosen;
  uint32_t steps_left = 1000;
  return !CanBeDoneBy(acts, chosen, needed - known - 1, steps_left);
}

}  // namespace sod::histories
