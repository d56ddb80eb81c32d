#include "compiler/policy_tests/coverage.h"

#include <algorithm>
#include <set>

namespace sodc {
namespace {

using model::ProvisionAttribute;

// What a case assumes, each thing in its own words: "holding pay at full", "without trail".
using Facts = std::multiset<std::pair<std::string, std::string>>;

class Measuring {
 public:
  Measuring(const model::Model& model, const sod::Table& table, const CaseJudge& judge, const std::vector<PolicyCase>& cases,
            const std::vector<CaseResult>& results)
      : model_(model), table_(table), cases_(cases), results_(results) {
    for (const PolicyCase& policy_case : cases) facts_.push_back(FactsOf(judge, policy_case));
  }

  Coverage Run() {
    Coverage coverage;
    for (const model::Conflict& rule : model_.conflicts) {
      if (!rule.common.is_own) continue;
      Add(coverage, "rule", rule.common, [&](size_t i) { return IsRuleHit(rule, i); }, [&](size_t i) { return IsRuleMissed(rule, i); });
    }
    for (const model::Control& control : model_.controls) {
      if (!control.common.is_own || !CoversSomething(control)) continue;
      const std::string& name = control.common.name;
      Add(coverage, "control", control.common, [&](size_t i) { return IsControlHit(name, i); }, [&](size_t i) { return IsControlMissed(name, i); });
    }
    for (const model::Provision& waiver : model_.provisions) {
      if (waiver.kind != "waiver" || waiver.is_attribute_holder) continue;
      const std::string& name = waiver.common.name;
      Add(coverage, "waiver", waiver.common, [&](size_t i) { return IsWaiverHit(name, i); }, [&](size_t i) { return IsWaiverMissed(name, i); });
    }
    return coverage;
  }

 private:
  Facts FactsOf(const CaseJudge& judge, const PolicyCase& policy_case) const {
    Facts facts;
    for (const ProvisionAttribute* fact : policy_case.facts) {
      if (fact->keyword == "person") facts.emplace("person", judge.WordsOf(fact->span));
      for (const ProvisionAttribute& item : fact->nested) {
        const bool is_given = fact->keyword == "someone" || fact->keyword == "holding";
        facts.emplace(is_given ? "holding" : fact->keyword, judge.WordsOf(item.span));
      }
      for (const std::string& name : NamesOf(model_, fact->values)) {
        const bool is_each_a_fact = fact->keyword == "without" || fact->keyword == "session" || fact->keyword == "when activated";
        if (is_each_a_fact) facts.emplace(fact->keyword, name);
      }
      if (fact->keyword == "as of") facts.emplace("as of", judge.WordsOf(fact->span));
    }
    return facts;
  }

  // One fact more, one less, or one in the place of another of its sort.
  static bool DifferInOne(const Facts& a, const Facts& b) {
    std::vector<std::pair<std::string, std::string>> only_a, only_b;
    std::ranges::set_difference(a, b, std::back_inserter(only_a));
    std::ranges::set_difference(b, a, std::back_inserter(only_b));
    if (only_a.size() + only_b.size() == 1) return true;
    return only_a.size() == 1 && only_b.size() == 1 && only_a.front().first == only_b.front().first;
  }

  template <typename IsHit, typename IsMiss>
  void Add(Coverage& coverage, const char* kind, const model::Common& common, IsHit is_hit, IsMiss is_miss) const {
    CoveredItem item{.kind = kind, .name = common.name, .span = common.span};
    std::vector<size_t> hits;
    for (size_t i = 0; i < cases_.size(); ++i) {
      if (results_[i].outcome == Outcome::Passed && is_hit(i)) hits.push_back(i);
    }
    item.has_hit = !hits.empty();
    for (size_t i = 0; i < cases_.size() && !item.has_miss; ++i) {
      if (results_[i].outcome != Outcome::Passed || !is_miss(i)) continue;
      // A session is asked about some of the rules: it says nothing of the others.
      item.has_miss = std::ranges::any_of(hits, [&](size_t hit) {
        return results_[hit].is_of_session == results_[i].is_of_session && DifferInOne(facts_[hit], facts_[i]);
      });
    }
    coverage.wanted += 2;
    coverage.held += (item.has_hit ? 1 : 0) + (item.has_miss ? 1 : 0);
    coverage.items.push_back(std::move(item));
  }

  const sod::Conflict* FindConflict(size_t i, std::string_view rule) const {
    for (const sod::Conflict& conflict : results_[i].answer->conflicts) {
      if (table_.rule(conflict.rule).name == rule) return &conflict;
    }
    return nullptr;
  }

  // An expectation of this sort that names it, itself or behind `by`.
  bool Expects(size_t i, std::string_view keyword, std::string_view name) const {
    return std::ranges::any_of(cases_[i].expectations, [&](const ProvisionAttribute* expectation) {
      if (expectation->keyword != keyword) return false;
      const auto names = [&](const ProvisionAttribute& part) { return Contains(NamesOf(model_, part.values), name); };
      return names(*expectation) || std::ranges::any_of(expectation->nested, names);
    });
  }
  static bool Contains(const std::vector<std::string>& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

  // Says all that is violated, so that what is not named is known not to be.
  bool ListsConflicts(size_t i) const {
    return std::ranges::any_of(cases_[i].expectations, [](const ProvisionAttribute* expectation) {
      if (expectation->keyword == "expect") return expectation->values.front().text == "clear";
      return expectation->keyword == "expect conflicts" || expectation->keyword == "expect no conflicts";
    });
  }

  // Says what becomes of the rule, and what remains of its risk.
  bool TellsConsequence(size_t i, const sod::Conflict& conflict) const {
    const std::string_view rule = table_.rule(conflict.rule).name;
    const bool tells_disposition = Expects(i, "expect", rule) || Expects(i, "expect disposition", rule);
    return tells_disposition && (conflict.residual == sod::kNone || Expects(i, "expect residual", rule));
  }

  bool IsRuleHit(const model::Conflict& rule, size_t i) const {
    const sod::Conflict* conflict = FindConflict(i, rule.common.name);
    return conflict != nullptr && TellsConsequence(i, *conflict);
  }
  bool IsRuleMissed(const model::Conflict& rule, size_t i) const { return FindConflict(i, rule.common.name) == nullptr && ListsConflicts(i); }

  bool IsControlHit(const std::string& name, size_t i) const {
    return std::ranges::any_of(results_[i].answer->conflicts, [&](const sod::Conflict& conflict) {
      const bool is_there = std::ranges::any_of(conflict.controls, [&](const auto& control) {
        return control.name.name == name && (control.counts() ? Expects(i, "expect counted", name) : IsRejectionTold(i, name, conflict));
      });
      return is_there && TellsConsequence(i, conflict);
    });
  }
  bool IsRejectionTold(size_t i, std::string_view name, const sod::Conflict& conflict) const {
    return Expects(i, "expect rejected", name) && Expects(i, "expect rejected", table_.rule(conflict.rule).name);
  }

  // It covers nothing there, or is rejected because it is taken away, and the case says so.
  bool IsControlMissed(const std::string& name, size_t i) const {
    bool covers = false;
    for (const sod::Conflict& conflict : results_[i].answer->conflicts) {
      for (const sod::JudgedControl& control : conflict.controls) {
        if (control.name.name != name) continue;
        covers = true;
        if (!control.counts() && IsTakenAway(control) && (ListsConflicts(i) || IsRejectionTold(i, name, conflict))) return true;
      }
    }
    return !covers && ListsConflicts(i);
  }
  static bool IsTakenAway(const sod::JudgedControl& control) {
    return std::ranges::any_of(control.because, [](const auto& because) { return because.reason == sod::Rejection::TakenAway; });
  }

  static bool Excuses(const sod::Conflict& conflict, std::string_view waiver) {
    return std::ranges::any_of(conflict.waivers, [&](const auto& judged) { return judged.is_used && judged.name.name == waiver; });
  }
  bool IsWaiverHit(const std::string& name, size_t i) const {
    return std::ranges::any_of(results_[i].answer->conflicts, [&](const auto& conflict) { return Excuses(conflict, name) && TellsConsequence(i, conflict); });
  }
  // It excuses nothing there, and the case says what becomes of a rule that it names, or that none is broken.
  bool IsWaiverMissed(const std::string& name, size_t i) const {
    const auto& conflicts = results_[i].answer->conflicts;
    if (std::ranges::any_of(conflicts, [&](const auto& conflict) { return Excuses(conflict, name); })) return false;
    return ListsConflicts(i) || std::ranges::any_of(conflicts, [&](const auto& conflict) {
             const bool is_named = std::ranges::any_of(conflict.waivers, [&](const auto& judged) { return judged.name.name == name; });
             return is_named && TellsConsequence(i, conflict);
           });
  }

  bool CoversSomething(const model::Control& control) const {
    const auto names = [&](const std::vector<model::ControlId>& controls) {
      return std::ranges::any_of(controls, [&](model::ControlId id) { return &model_.controls[id] == &control; });
    };
    return names(model_.policy.controls) || std::ranges::any_of(model_.conflicts, [&](const auto& rule) { return names(rule.controls); }) ||
           std::ranges::any_of(model_.roles, [&](const auto& role) { return names(role.controls); }) ||
           std::ranges::any_of(model_.actors, [&](const auto& actor) { return names(actor.controls); });
  }

  const model::Model& model_;
  const sod::Table& table_;
  const std::vector<PolicyCase>& cases_;
  const std::vector<CaseResult>& results_;
  std::vector<Facts> facts_;
};

}  // namespace

Coverage CoverageOf(const model::Model& model, const sod::Table& table, const CaseJudge& judge, const std::vector<PolicyCase>& cases,
                    const std::vector<CaseResult>& results) {
  return Measuring(model, table, judge, cases, results).Run();
}

}  // namespace sodc
