// What follows from `on violation` for one answer: nothing of it is carried out, and no verdict depends on it.
#include "sod/losses.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runtime/core/image.h"

namespace sod {
namespace {

using format::RuleLoss;

using Things = std::map<std::pair<HeldKind, uint32_t>, std::set<uint32_t>>;  // with the rules

class Losing {
 public:
  Losing(const core::Image& image, const Answer& answer) : image_(image), answer_(answer) {}

  Losses Run() {
    for (const Conflict& conflict : answer_.conflicts) {
      if (conflict.disposition > Verdict::Warned) continue;
      const auto losses = image_.RuleLosses();
      const auto found = std::ranges::lower_bound(losses, conflict.rule, {}, &format::RuleLossOfRuleRecord::rule);
      if (found != losses.end() && found->rule == conflict.rule) Add(conflict, *found);
    }
    return {ListOf(suspended_), ListOf(removes_), {refused_.begin(), refused_.end()}};
  }

 private:
  static std::vector<Lost> ListOf(const Things& things) {
    std::vector<Lost> list;
    for (const auto& [thing, rules] : things) list.push_back({thing.first, thing.second, {rules.begin(), rules.end()}});
    return list;
  }

  static void Lose(const Conflict& conflict, const ConflictSide& side, Things& things) {
    for (const Witness& witness : side.witnesses) things[{witness.kind, witness.target}].insert(conflict.rule);
  }

  void Add(const Conflict& conflict, const format::RuleLossOfRuleRecord& loss) {
    switch (loss.loss) {
      case RuleLoss::SuspendSide:
      case RuleLoss::SuspendBoth:
        for (const ConflictSide& side : conflict.sides) {
          if (loss.side == kNone || side.side == loss.side) Lose(conflict, side, suspended_);
        }
        return;
      case RuleLoss::Refuse:
        if (conflict.introduced) refused_.insert(conflict.rule);
        return;
      case RuleLoss::OldestWins:
        if (conflict.introduced) {
          refused_.insert(conflict.rule);
        } else {
          Rank(conflict, false, conflict.sides, KeptOf(conflict), suspended_);
        }
        return;
      case RuleLoss::NewestWins:
        conflict.introduced ? Displace(conflict) : Rank(conflict, true, conflict.sides, KeptOf(conflict), suspended_);
        return;
    }
  }

  // How many sides may be held.
  size_t KeptOf(const Conflict& conflict) const {
    const format::RuleRecord& rule = image_.Rules()[conflict.rule];
    return rule.sides_count < 2 ? 0 : rule.kind == format::RuleKind::AtMost ? rule.at_most : 1;
  }

  // What is asked for displaces what is held; what is asked for at once and excludes each other is refused.
  void Displace(const Conflict& conflict) {
    std::vector<ConflictSide> old;
    for (const ConflictSide& side : conflict.sides) {
      if (std::ranges::none_of(side.witnesses, &Witness::is_new)) old.push_back(side);
    }
    const size_t asked = conflict.sides.size() - old.size(), kept = KeptOf(conflict);
    if (asked > kept) {
      refused_.insert(conflict.rule);
    } else {
      Rank(conflict, true, old, kept - asked, removes_);
    }
  }

  // A side of which anything is enough is held since the first of it, one of which all is needed since the last.
  Instant SinceOf(const ConflictSide& side) const {
    const bool needs_all = image_.Sides()[side.side].quantifier == format::Quantifier::All;
    const auto [first, last] = std::ranges::minmax(side.witnesses, {}, &Witness::since);
    return needs_all ? last.since : first.since;
  }

  // The newest, or the oldest, of the sides stay, `kept` of them; who began together with one that goes, goes, too.
  void Rank(const Conflict& conflict, bool newest_stay, const std::vector<ConflictSide>& sides, size_t kept, Things& things) const {
    for (const ConflictSide& side : sides) {
      const Instant since = SinceOf(side);
      const auto is_ahead = [&](const ConflictSide& other) {
        const Instant its = SinceOf(other);
        return &other == &side || its == since || (newest_stay ? its > since : its < since);
      };
      if (static_cast<size_t>(std::ranges::count_if(sides, is_ahead)) > kept) Lose(conflict, side, things);
    }
  }

  const core::Image& image_;
  const Answer& answer_;
  Things suspended_, removes_;
  std::set<uint32_t> refused_;
};

}  // namespace

Losses LossesOf(const Table& table, const Answer& answer) { return Losing(table.image(), answer).Run(); }

}  // namespace sod
