// From what an author writes to one list of plain rules.
#include "plain_rules.h"

#include <algorithm>
#include <utility>

namespace oracle {

namespace {

// What one sentence says about must and should; a conflict block may leave it open.
enum class Modality : uint8_t { Unsaid, Should, Must };

// One sentence of the policy about two single duties, two roles, or a role and a duty.
struct PairStatement {
  PlainElement first, second;
  std::string name;          // of a named conflict
  std::string id;            // else
  Modality modality = Modality::Unsaid;
  std::optional<Mode> mode;
  Days valid;
  bool is_block = false;     // a conflict, not a `separated from`
};

std::string PairId(const std::string& a, const std::string& b) {
  return a < b ? a + "/" + b : b + "/" + a;
}

bool SamePair(const PairStatement& a, const PairStatement& b) {
  return std::minmax(a.first, a.second) == std::minmax(b.first, b.second);
}

class Rules {
 public:
  explicit Rules(const World& world) : world_(world) {}

  std::vector<PlainRule> Collect() {
    CollectSeparations();
    for (const Rule& rule : world_.rules) CollectRule(rule);
    CollectRestrictions();
    JoinPairs();
    return std::move(rules_);
  }

 private:
  int DefaultTrigger() const { return world_.level_count > 0 ? 1 : 0; }
  int TriggerOf(const Side& side) const {
    return side.trigger == kUnsaid ? DefaultTrigger() : side.trigger;
  }
  PlainElement DutyElement(int duty, int trigger) const { return {false, duty, trigger, false}; }

  std::vector<int> DutiesOf(int duty, int group) const {
    return duty != kUnsaid ? std::vector<int>{duty} : DutiesOfGroup(world_, group);
  }

  PlainSide PlainSideOf(const Side& side) const {
    PlainSide plain{side.quantifier == Quantifier::All, {}};
    for (int duty : DutiesOfSide(world_, side)) {
      plain.elements.push_back(DutyElement(duty, TriggerOf(side)));
    }
    for (int role : RolesOfSide(world_, side)) plain.elements.push_back({true, role, 0, side.is_direct});
    return plain;
  }

  static bool IsPair(const PlainSide& first, const PlainSide& second) {
    return first.elements.size() == 1 && second.elements.size() == 1;
  }

  static Modality ModalityOf(bool is_should) {
    return is_should ? Modality::Should : Modality::Must;
  }
  static Modality ModalityOf(const Rule& rule) {
    if (rule.is_should) return Modality::Should;
    return rule.says_must ? Modality::Must : Modality::Unsaid;
  }

  void CollectSeparations() {
    for (int i = 0; i < static_cast<int>(world_.duties.size()); ++i) {
      if (world_.duties[i].is_absent) continue;
      for (const Separation& separation : world_.duties[i].separations) {
        for (int other : DutiesOf(separation.duty, separation.group)) {
          if (other == i) continue;
          pairs_.push_back({DutyElement(i, DefaultTrigger()), DutyElement(other, DefaultTrigger()),
                            "", PairId(world_.duties[i].name, world_.duties[other].name),
                            ModalityOf(separation.is_should), std::nullopt, {}, false});
        }
      }
    }
  }

  void CollectRule(const Rule& rule) {
    if (rule.is_at_most) {
      CollectAtMost(rule);
      return;
    }
    const PlainSide first = PlainSideOf(rule.sides[0]);
    const PlainSide second = PlainSideOf(rule.sides[1]);
    const bool is_each = rule.sides[0].quantifier == Quantifier::Each ||
                         rule.sides[1].quantifier == Quantifier::Each;
    if (is_each || IsPair(first, second)) {
      for (const PlainElement& a : first.elements) {
        for (const PlainElement& b : second.elements) {
          pairs_.push_back({a, b, rule.name, PairId(NameOf(a), NameOf(b)), ModalityOf(rule),
                            rule.mode, rule.valid, true});
        }
      }
      return;
    }
    rules_.push_back({rule.name, {first, second}, 1, rule.is_should, rule.mode, rule.valid});
  }

  const std::string& NameOf(const PlainElement& element) const {
    return element.is_role ? world_.roles[element.index].name : world_.duties[element.index].name;
  }

  void CollectAtMost(const Rule& rule) {
    PlainRule plain{rule.name, {}, rule.at_most, rule.is_should, rule.mode, rule.valid};
    for (const Side& side : rule.sides) {
      const PlainSide items = PlainSideOf(side);
      if (side.quantifier != Quantifier::Each) {
        plain.sides.push_back(items);
        continue;
      }
      for (const PlainElement& element : items.elements) plain.sides.push_back({false, {element}});
    }
    rules_.push_back(plain);
  }

  // A named conflict stays its own rule; everything else said about its pair joins it.
  void JoinPairs() {
    std::vector<bool> is_done(pairs_.size(), false);
    for (size_t i = 0; i < pairs_.size(); ++i) {
      if (is_done[i] || !IsPrimary(i)) continue;
      PairStatement joined = pairs_[i];
      for (size_t j = 0; j < pairs_.size(); ++j) {
        if (j == i || !SamePair(pairs_[i], pairs_[j]) || !pairs_[j].name.empty()) continue;
        Refine(joined, pairs_[j]);
        is_done[j] = true;
      }
      AddPair(joined);
    }
  }

  // Unnamed statements stand back when a named one speaks about the same pair.
  bool IsPrimary(size_t i) const {
    if (!pairs_[i].name.empty()) return true;
    return std::none_of(pairs_.begin(), pairs_.end(), [&](const PairStatement& other) {
      return !other.name.empty() && SamePair(other, pairs_[i]);
    });
  }

  static void Refine(PairStatement& joined, const PairStatement& other) {
    joined.modality = std::max(joined.modality, other.modality);
    if (!other.is_block) return;
    if (other.mode) joined.mode = other.mode;
    if (!joined.is_block) joined.valid = other.valid;
    joined.is_block = true;
  }

  void AddPair(const PairStatement& pair) {
    const std::string& id = pair.name.empty() ? pair.id : pair.name;
    rules_.push_back({id, {{false, {pair.first}}, {false, {pair.second}}}, 1,
                      pair.modality == Modality::Should, pair.mode, pair.valid});
  }

  void CollectRestrictions() {
    for (int i = 0; i < static_cast<int>(world_.roles.size()); ++i) {
      if (world_.roles[i].is_absent) continue;
      for (const Restriction& restriction : world_.roles[i].restrictions) {
        if (!restriction.on_own_actions) CollectRestriction(i, restriction);
      }
    }
  }

  // A role and what it restricts; a single duty may be spoken about by a named conflict, too.
  void CollectRestriction(int role, const Restriction& restriction) {
    const std::string& item = restriction.duty != kUnsaid ? world_.duties[restriction.duty].name
                                                          : world_.groups[restriction.group].name;
    const std::string id = PairId(world_.roles[role].name, item);
    const PlainElement holder{true, role, 0, false};
    PlainSide side;
    for (int duty : DutiesOf(restriction.duty, restriction.group)) {
      side.elements.push_back(DutyElement(duty, DefaultTrigger()));
    }
    if (side.elements.size() == 1) {
      pairs_.push_back({holder, side.elements[0], "", id, ModalityOf(restriction.is_should),
                        std::nullopt, {}, false});
      return;
    }
    rules_.push_back({id, {{false, {holder}}, side}, 1, restriction.is_should, std::nullopt, {}});
  }

  const World& world_;
  std::vector<PairStatement> pairs_;
  std::vector<PlainRule> rules_;
};

}  // namespace

std::vector<PlainRule> PlainRulesOf(const World& world) { return Rules(world).Collect(); }

std::vector<std::string> SelfRulesOf(const World& world, const std::vector<int>& roles) {
  std::vector<std::string> ids;
  for (int role : roles) {
    for (const Restriction& restriction : world.roles[role].restrictions) {
      if (!restriction.on_own_actions) continue;
      const std::string item = restriction.duty != kUnsaid ? world.duties[restriction.duty].name
                                                           : world.groups[restriction.group].name;
      ids.push_back(world.roles[role].name + " restricts " + item + " on own actions");
    }
  }
  return ids;
}

}  // namespace oracle
