// Rules that decide nothing: another one covers them, or nobody can break them (rulings SEM-24).
#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/lint/covering.h"
#include "compiler/lint/findings.h"
#include "compiler/model/carried.h"
#include "compiler/model/exemptions.h"
#include "compiler/model/waivers.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::ConflictId;
using model::ConflictKind;
using model::Model;

template <typename Id>
bool HasAllOf(const std::vector<Id>& many, const std::vector<Id>& some) {
  return std::ranges::all_of(some, [&](Id one) { return std::ranges::find(many, one) != many.end(); });
}

// What a rule means besides whom it stops: a risk, clauses, controls, exceptions.
class Meaning {
 public:
  explicit Meaning(const Model& model) : model_(model), carried_(model) {
    const model::Waivers waivers(model);
    for (const model::Waiver& waiver : waivers.all()) AddExcepted(waiver.conflicts);
    for (const model::Exemption& exemption : model::ExemptionsOf(model, carried_)) AddExcepted(exemption.conflicts);
  }

  // Whether the other rule says all that this one says.
  bool IsIn(const Conflict& rule, ConflictId by_id) const {
    const Conflict& by = model_.conflicts[by_id];
    const bool is_excepted = excepted_.count(by_id.index) != 0;
    const bool is_permitted = !carried_.Of(by, "permitted with").empty() || !carried_.Of(rule, "permitted with").empty();
    const bool has_its_risk = !rule.risk.is_valid() ? !by.risk.is_valid()
                              : by.risk.is_valid() && model_.scale_members[by.risk].rank >= model_.scale_members[rule.risk].rank;
    return !is_excepted && !is_permitted && !SaysMore(rule) && has_its_risk && HasAllOf(by.clauses, rule.clauses) && HasAllOf(rule.controls, by.controls);
  }

 private:
  // Who may excuse it and for how long, what has to be there besides, what follows.
  bool SaysMore(const Conflict& rule) const {
    constexpr std::string_view kWords[] = {"never waived", "longest",      "waived by",        "approved by",  "requires",
                                           "requires control", "on violation", "remediate within", "review within", "review"};
    return std::ranges::any_of(kWords, [&](std::string_view word) { return !carried_.Of(rule, word).empty(); });
  }

  void AddExcepted(const std::vector<ConflictId>& conflicts) {
    for (const ConflictId conflict : conflicts) excepted_.insert(conflict.index);
  }

  const Model& model_;
  const model::Carried carried_;
  std::set<uint32_t> excepted_;
};

// A restriction and a reservation say something of a role, too.
bool IsRuleAlone(const Conflict& conflict) {
  return conflict.common.is_own && conflict.kind != ConflictKind::Restriction && conflict.kind != ConflictKind::Reserved;
}

// The values of the scope in which the rule applies, as leaves: [lo, hi) of each.
size_t LeavesOf(const Model& model, const Conflict& conflict) {
  if (conflict.only_in.boxes.empty()) return model.scope_dimensions[conflict.dimension].leaf_count;
  std::set<uint32_t> leaves;
  for (const auto& box : conflict.only_in.boxes) {
    bool is_named = false;
    for (const model::ScopeNodeId id : box) {
      const model::ScopeNode& node = model.scope_nodes[id];
      if (node.dimension != conflict.dimension) continue;
      is_named = true;
      for (uint32_t leaf = node.lo; leaf < node.hi && leaves.size() < 2; ++leaf) leaves.insert(leaf);
    }
    if (!is_named) return model.scope_dimensions[conflict.dimension].leaf_count;
  }
  return leaves.size();
}

}  // namespace

void FindCovered(const Model& model, Sink& sink) {
  const std::vector<CoveredRule> covered = FindCoveredRules(model);
  if (covered.empty()) return;
  const Meaning meaning(model);
  std::set<std::tuple<uint32_t, uint32_t, uint32_t>> told;  // a statement with `each of` is many rules
  for (const auto& [id, by_id] : covered) {
    const Conflict& rule = model.conflicts[id];
    const Conflict& by = model.conflicts[by_id];
    const Span& place = rule.sources.front();
    if (!IsRuleAlone(rule) || !meaning.IsIn(rule, by_id) || !told.emplace(place.file.index, place.begin, by_id.index).second) continue;
    Diagnose<DiagKind::RuleCovered>(place, rule.common.name, by.common.name)
        .Label(by.sources.front(), "covers it")
        .Help("take `" + rule.common.name + "` out, or write in it what the other does not say: a stricter mode, a higher risk, a clause")
        .To(sink);
  }
}

void FindNeverBroken(const Model& model, Sink& sink) {
  for (const Conflict& conflict : model.conflicts) {
    if (conflict.match != model::ScopeMatch::Across || !conflict.common.is_own || LeavesOf(model, conflict) > 1) continue;
    Diagnose<DiagKind::RuleNeverBroken>(conflict.sources.front(), conflict.common.name, model.scope_dimensions[conflict.dimension].common.name)
        .Help("let it apply in more values of the scope, or drop `across`")
        .To(sink);
  }
}

}  // namespace sodc::lint
