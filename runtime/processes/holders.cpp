// How many hold a duty or role (class C13).
#include "sod/holders.h"

#include <algorithm>
#include <map>
#include <set>

#include "runtime/core/judge.h"
#include "runtime/core/provisions.h"
#include "runtime/processes/held_by.h"
#include "runtime/processes/people.h"

namespace sod {
namespace {

using processes::HeldBy;
using processes::HeldByReader;

std::map<uint32_t, uint32_t> CountedByActor(const core::Image& image, std::span<const Subject> people) {
  std::map<uint32_t, uint32_t> by_actor;
  for (uint32_t i = 0; i < people.size(); ++i) {
    if (people[i].actor != kNone && processes::IsCounted(image, people[i])) by_actor.emplace(people[i].actor, i);
  }
  return by_actor;
}

// People with whoever stands in for them. `is_possible`: also by what is undecided.
std::map<uint32_t, std::vector<uint32_t>> Joined(const std::map<uint32_t, HeldBy>& held, size_t people, bool is_possible) {
  processes::Merging merging(people);
  for (const auto& [person, one] : held) {
    for (const uint32_t delegator : one.delegators) merging.Join(person, delegator);
    if (!is_possible) continue;
    for (const uint32_t delegator : one.may_delegate) merging.Join(person, delegator);
  }
  std::map<uint32_t, std::vector<uint32_t>> together;
  for (const auto& [person, one] : held) together[merging.Of(person)].push_back(person);
  return together;
}

// Who counts for certain: each who holds it otherwise than by standing in; else all who stand in for each other, as one.
void CountCertain(const std::map<uint32_t, HeldBy>& held, size_t people, HolderCount& count) {
  std::vector<uint32_t> for_others;
  for (const auto& [first, members] : Joined(held, people, /*is_possible=*/true)) {
    std::vector<uint32_t> stand_ins;
    const size_t before = count.holders.size();
    for (const uint32_t person : members) {
      const HeldBy& one = held.at(person);
      if (one.is_own) count.holders.push_back({person});
      else if (one.stands_in) stand_ins.push_back(person);
      else if (one.is_for_others) for_others.push_back(person);
    }
    if (count.holders.size() == before && !stand_ins.empty()) count.holders.push_back(std::move(stand_ins));
    else count.stand_ins.insert(count.stand_ins.end(), stand_ins.begin(), stand_ins.end());
  }
  // Whoever they stand in for, somebody holds it.
  if (count.holders.empty() && !for_others.empty()) count.holders.push_back({for_others.front()});
  std::ranges::sort(count.holders);
  std::ranges::sort(count.stand_ins);
  count.least = static_cast<uint32_t>(count.holders.size());
}

uint32_t MostOf(const std::map<uint32_t, HeldBy>& held, size_t people) {
  uint32_t most = 0;
  for (const auto& [first, members] : Joined(held, people, /*is_possible=*/false)) {
    uint32_t own = 0, more = 0;
    bool is_stood_in = false;
    for (const uint32_t person : members) {
      const HeldBy& one = held.at(person);
      is_stood_in |= one.stands_in;
      if (one.may_be_own) ++own;
      else if (!one.stands_in && (one.is_for_others || one.may_stand_in)) ++more;
    }
    most += std::max(own, is_stood_in ? 1u : 0u) + more;
  }
  return most;
}

void TellUnknown(const Subject& subject, const HeldBy& held, std::vector<std::string>& unknown) {
  const std::string name = processes::NameIn(subject);
  if ((held.may_be_own && !held.is_own) || (held.may_stand_in && !held.is_certain())) unknown.push_back("what " + name + " holds");
  else if (held.is_for_others && !held.is_own && !held.stands_in) unknown.push_back("for whom " + name + " stands in");
}

void JudgeBounds(const core::Image& image, HolderCount& count) {
  const HolderBound& bound = count.bound;
  if (bound.at_least && count.least < *bound.at_least) count.at_least = count.most < *bound.at_least ? BoundKept::No : BoundKept::Unknown;
  if (bound.at_most && count.most > *bound.at_most) count.at_most = count.least > *bound.at_most ? BoundKept::No : BoundKept::Unknown;
  if (count.at_least == BoundKept::No || count.at_most == BoundKept::No) {
    count.verdict = core::DispositionOf(std::min(format::Mode::Deny, image.meta().mode_ceiling));
  } else if (count.at_least == BoundKept::Unknown || count.at_most == BoundKept::Unknown) {
    count.verdict = Verdict::NotEvaluable;
  }
  if (count.at_least != BoundKept::Unknown && count.at_most != BoundKept::Unknown) count.unknown.clear();
}

HolderCount Count(const core::Image& image, std::span<const Subject> people, const HolderBound& bound, const HeldByReader& reader, Instant at) {
  HolderCount count;
  count.bound = bound;
  std::map<uint32_t, HeldBy> held;
  uint32_t unowned = 0;
  bool is_any_number = false;
  for (uint32_t i = 0; i < people.size(); ++i) {
    const Subject& subject = people[i];
    const bool is_account = subject.kind == SubjectKind::Account, is_team = subject.kind == SubjectKind::Team;
    if (is_account || is_team) {
      if (!reader.MayHold(subject, at)) continue;
      count.unknown.push_back(processes::WhoItIs(subject));
      unowned += is_account ? 1 : 0;
      is_any_number |= is_team;
    } else if (processes::IsCounted(image, subject)) {
      HeldBy one = reader.Of(subject, at);
      TellUnknown(subject, one, count.unknown);
      if (one != HeldBy()) held.emplace(i, std::move(one));
    }
  }
  CountCertain(held, people.size(), count);
  count.most = is_any_number ? kNone : MostOf(held, people.size()) + unowned;
  JudgeBounds(image, count);
  return count;
}

// Nothing: the request makes nothing worse at that moment.
std::optional<HolderChange> ChangeOf(const core::Image& image, HolderCount&& before, HolderCount&& after, Instant at) {
  HolderChange change;
  const bool is_fewer = after.least < before.least || after.most < before.most;
  const bool is_more = after.least > before.least || after.most > before.most;
  change.is_few = after.at_least != BoundKept::Yes && is_fewer;
  change.is_many = after.at_most != BoundKept::Yes && is_more;
  if (!change.is_few && !change.is_many) return std::nullopt;
  const bool is_violated = (change.is_few && after.at_least == BoundKept::No) || (change.is_many && after.at_most == BoundKept::No);
  if (is_violated) change.verdict = core::DispositionOf(std::min(format::Mode::Deny, image.meta().mode_ceiling));
  change.before = std::move(before);
  change.after = std::move(after);
  change.at = at;
  return change;
}

// The state of people without and with a request of one of them, for one bound.
class Comparing {
 public:
  Comparing(const core::Image& image, std::span<const Subject> before, std::span<const Subject> after, uint32_t person, const HolderBound& bound)
      : image_(image), before_(before), after_(after), person_(person), bound_(bound), by_actor_(CountedByActor(image, before)),
        reader_(image, bound, by_actor_) {}

  // False: it would have to be looked at at too many moments.
  bool Run(Instant from, Instant until, std::optional<HolderChange>& worst) const {
    size_t looked_at = 0;
    for (const Instant at : Instants(from, until)) {
      if (reader_.Of(before_[person_], at) == reader_.Of(after_[person_], at)) continue;
      if (++looked_at > kMaxHolderInstants) return false;
      auto change = ChangeOf(image_, Count(image_, before_, bound_, reader_, at), Count(image_, after_, bound_, reader_, at), at);
      if (!change) continue;
      if (!worst || change->verdict < worst->verdict) worst = std::move(change);
    }
    return true;
  }

 private:
  std::set<Instant> Instants(Instant from, Instant until) const {
    std::set<Instant> instants = {from};
    const auto add = [&](const Holding& holding) {
      for (const Instant at : {holding.from, holding.until}) {
        if (from < at && at < until && reader_.MayGive(holding)) instants.insert(at);
      }
    };
    for (const Subject& subject : before_) std::ranges::for_each(subject.holdings, add);
    std::ranges::for_each(after_[person_].holdings, add);
    return instants;
  }

  const core::Image& image_;
  const std::span<const Subject> before_, after_;
  const uint32_t person_;
  const HolderBound& bound_;
  const std::map<uint32_t, uint32_t> by_actor_;
  const HeldByReader reader_;
};

}  // namespace

std::vector<HolderBound> HolderBoundsOf(const Table& table) {
  const core::Image& image = table.image();
  std::vector<HolderBound> bounds;
  for (uint32_t row = 0; row < image.Provisions().size(); ++row) {
    const format::ProvisionRecord& provision = image.Provisions()[row];
    const std::string_view kind = image.Text(provision.kind);
    if (provision.is_attribute_holder == 0 || (kind != "duty" && kind != "role")) continue;
    HolderBound bound;
    bound.at_least = core::NumberIn(image, row, "holders at least");
    bound.at_most = core::NumberIn(image, row, "holders at most");
    if (!bound.at_least && !bound.at_most) continue;
    const std::string_view name = image.Text(provision.name);
    bound.is_role = kind == "role";
    const std::optional<uint32_t> found = bound.is_role ? table.FindRole(name) : table.FindDuty(name);
    if (!found) continue;
    bound.provision = row;
    bound.row = *found;
    bound.name = bound.is_role ? Named{table.role(*found).name, table.role(*found).title} : Named{table.duty(*found).name, table.duty(*found).title};
    bounds.push_back(bound);
  }
  return bounds;
}

HolderJudge::HolderJudge(const Table& table, std::span<const Subject> people) : table_(table), people_(people) {}

HolderCount HolderJudge::Judge(const HolderBound& bound, Instant at) const {
  const std::map<uint32_t, uint32_t> by_actor = CountedByActor(table_.image(), people_);
  return Count(table_.image(), people_, bound, HeldByReader(table_.image(), bound, by_actor), at);
}

std::string HolderJudge::HolderInWords(const std::vector<uint32_t>& holder) const {
  std::string words;
  for (const uint32_t index : holder) words += (words.empty() ? "" : " with ") + processes::NameIn(people_[index]);
  return words;
}

HolderChanges ChangesOfHolders(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request, Instant as_of) {
  HolderChanges changes;
  const auto [from, until] = processes::TimeOf(request, as_of);
  if (from >= until) return changes;
  const std::vector<Subject> after = processes::WithRequest(table, people, person, request);
  const HolderJudge judge(table, after);
  for (const HolderBound& bound : HolderBoundsOf(table)) {
    std::optional<HolderChange> worst;
    if (Comparing(table.image(), people, after, person, bound).Run(from, until, worst)) changes.judged.push_back(bound);
    if (!worst) continue;
    for (const std::vector<uint32_t>& holder : worst->after.holders) worst->holders.push_back(judge.HolderInWords(holder));
    changes.worse.push_back(std::move(*worst));
  }
  return changes;
}

void CountHolders(const Table& table, const HolderChanges& changes, Answer& answer) {
  for (const HolderChange& change : changes.worse) {
    answer.request_verdict = std::min(answer.request_verdict.value_or(Verdict::Clear), change.verdict);
    answer.verdict = std::min(answer.verdict, change.verdict);
  }
  for (const HolderBound& bound : changes.judged) {
    core::TakeOffNotChecked(table.image(), bound.provision, "holders at least", answer);
    core::TakeOffNotChecked(table.image(), bound.provision, "holders at most", answer);
  }
}

}  // namespace sod
