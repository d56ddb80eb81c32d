#include "compiler/policy_tests/read_facts.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/policy_tests/history_facts.h"

namespace sodc {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

class FactReader {
 public:
  FactReader(const model::Model& model, const sod::Table& table) : model_(model), table_(table) {}

  CaseQuestion Run(const PolicyCase& policy_case) {
    has_acts_ = HasActs(policy_case);
    ReadSubject(policy_case);
    for (const ProvisionAttribute* fact : policy_case.facts) ReadHeld(*fact);
    // What is taken away is taken from all that the case gives, wherever that stands.
    for (const ProvisionAttribute* fact : policy_case.facts) ReadChange(*fact);
    Settle();
    return std::move(question_);
  }

 private:
  void NotJudged(std::string why) {
    if (question_.not_judged.empty()) question_.not_judged = std::move(why);
  }

  void ReadSubject(const PolicyCase& policy_case) {
    question_.subject = sod::AnonymousSubject({});
    for (const ProvisionAttribute* fact : policy_case.facts) {
      if (fact->keyword != "person") continue;
      const std::vector<std::string> names = NamesOf(model_, fact->values);
      const auto row = names.empty() ? std::nullopt : table_.FindPerson(names.front());
      if (!row) return NotJudged("the person is not in the table");
      auto subject = sod::SubjectOf(table_, {sod::NameKind::Person, *row});
      if (!subject) return NotJudged(subject.error().message);
      question_.subject = std::move(subject.value());
    }
  }

  void ReadHeld(const ProvisionAttribute& fact) {
    if (fact.keyword != "someone" && fact.keyword != "holding") return;
    for (const ProvisionAttribute& item : fact.nested) {
      for (const sod::Holding& holding : HoldingsOf(item)) question_.subject.holdings.push_back(holding);
    }
  }

  void ReadChange(const ProvisionAttribute& fact) {
    const bool is_of_holdings = fact.keyword == "without" || fact.keyword == "when granted" || fact.keyword == "when revoked";
    if (has_acts_ && is_of_holdings) return NotJudged(fmt::format("`{}` beside acts is not judged by this version", fact.keyword));
    if (fact.keyword == "without") return ReadWithout(fact);
    if (fact.keyword == "when granted") return ReadRequest(fact);
    if (fact.keyword == "when revoked") return ReadRevoked(fact);
    if (fact.keyword == "as of") return ReadAsOf(fact);
    if (fact.keyword == "relation" && !has_acts_) return NotJudged("a relation to an object matters to an act, and none is stated");
  }

  void ReadWithout(const ProvisionAttribute& fact) {
    constexpr std::array kKinds = {sod::NameKind::Control};
    for (const std::string& name : NamesOf(model_, fact.values)) {
      const auto control = table_.Find(name, kKinds);
      if (!control) return NotJudged(control.error().message);
      question_.options.without_controls.push_back(control->index);
    }
  }

  void ReadRequest(const ProvisionAttribute& fact) {
    for (sod::Holding& holding : ChangedBy(fact)) question_.request.grants.push_back(holding);
  }

  std::vector<sod::Holding> ChangedBy(const ProvisionAttribute& fact) {
    std::vector<sod::Holding> holdings;
    for (const ProvisionAttribute& item : fact.nested) {
      for (const sod::Holding& holding : HoldingsOf(item)) holdings.push_back(holding);
    }
    for (sod::Holding& holding : holdings) {
      for (const ProvisionAttribute& bound : fact.nested) ReadBound(bound, holding);
    }
    return holdings;
  }

  static void ReadBound(const ProvisionAttribute& bound, sod::Holding& holding) {
    if (bound.values.empty()) return;
    if (bound.keyword == "from") holding.from = bound.values.front().number;
    if (bound.keyword == "until" || bound.keyword == "through") holding.until = bound.values.front().number;
  }

  void ReadRevoked(const ProvisionAttribute& fact) {
    const std::vector<sod::Holding> gone = ChangedBy(fact);
    question_.request.revocations.insert(question_.request.revocations.end(), gone.begin(), gone.end());
    for (const uint32_t count : sod::Revoke(table_, question_.subject, gone).counts) {
      if (count == 0) question_.not_held.push_back(&fact);
    }
  }

  // Without a grant, what is left on the day is asked about, and not what the change does.
  void Settle() {
    sod::Request& request = question_.request;
    if (!request.grants.empty() || request.revocations.empty()) return;
    question_.subject.holdings = sod::Revoke(table_, question_.subject, request.revocations).holdings;
    request.revocations.clear();
  }

  void ReadAsOf(const ProvisionAttribute& fact) {
    if (fact.values.empty()) return;
    question_.as_of = fact.values.front().number;
    question_.as_of_text = fact.values.front().text;
  }

  // One for each duty, role or entitlement of the item, in each place that it names.
  std::vector<sod::Holding> HoldingsOf(const ProvisionAttribute& item) {
    std::vector<sod::Holding> holdings;
    if (item.keyword != "holding") return holdings;
    for (const ProvisionValue& value : item.values) {
      sod::Holding holding;
      if (!FindTarget(value, holding)) continue;
      for (const ProvisionAttribute& clause : item.nested) ReadClause(clause, holding);
      for (const sod::ScopeBox& box : BoxesOf(item)) {
        holding.box = box;
        holdings.push_back(holding);
      }
    }
    return holdings;
  }

  bool FindTarget(const ProvisionValue& value, sod::Holding& holding) {
    constexpr std::array kHeld = {sod::NameKind::Duty, sod::NameKind::Role, sod::NameKind::Entitlement};
    const std::string name = value.kind == ProvisionValue::Kind::Reference ? NameOf(model_, value.reference) : "";
    const auto entity = table_.Find(name, kHeld);
    if (!entity) {
      NotJudged(fmt::format("`{}` is not in the table", name));
      return false;
    }
    holding.target = entity->index;
    if (entity->kind == sod::NameKind::Role) holding.kind = sod::HeldKind::Role;
    if (entity->kind == sod::NameKind::Entitlement) holding.kind = sod::HeldKind::Entitlement;
    return true;
  }

  void ReadClause(const ProvisionAttribute& clause, sod::Holding& holding) {
    const std::vector<std::string> names = NamesOf(model_, clause.values);
    ReadBound(clause, holding);
    if (names.empty()) return;
    if (clause.keyword == "at") {
      const auto level = table_.FindLevel(names.front());
      level ? void(holding.level = level.value()) : NotJudged(level.error().message);
    }
    if (clause.keyword == "as") {
      const auto capacity = table_.FindCapacity(names.front());
      capacity ? void(holding.capacity = capacity.value()) : NotJudged(capacity.error().message);
    }
  }

  // Values of one scope are alternatives, of several scopes they hold together.
  std::vector<sod::ScopeBox> BoxesOf(const ProvisionAttribute& item) {
    std::vector<sod::ScopeBox> boxes = {sod::ScopeBox{}};
    std::vector<std::vector<sod::ScopeInterval>> places(sod::kMaxDimensions);
    for (const ProvisionAttribute& clause : item.nested) {
      if (clause.keyword != "in") continue;
      for (const ProvisionValue& value : clause.values) AddPlace(value, places);
    }
    for (size_t dimension = 0; dimension < places.size(); ++dimension) {
      if (places[dimension].empty()) continue;
      std::vector<sod::ScopeBox> more;
      for (const sod::ScopeBox& box : boxes) {
        for (const sod::ScopeInterval& interval : places[dimension]) {
          more.push_back(box);
          more.back()[dimension] = interval;
        }
      }
      boxes = std::move(more);
    }
    return boxes;
  }

  void AddPlace(const ProvisionValue& value, std::vector<std::vector<sod::ScopeInterval>>& places) {
    if (value.kind != ProvisionValue::Kind::Reference || value.reference.kind != Reference::Kind::ScopeNode) return;
    const model::ScopeNode& node = model_.scope_nodes[model::ScopeNodeId{value.reference.index}];
    const auto place = table_.FindScope(model_.scope_dimensions[node.dimension].common.name, node.common.name);
    if (!place) return NotJudged(place.error().message);
    places[place->dimension].push_back(place->interval);
  }

  const model::Model& model_;
  const sod::Table& table_;
  CaseQuestion question_;
  bool has_acts_ = false;
};

}  // namespace

CaseQuestion ReadFacts(const model::Model& model, const sod::Table& table, const PolicyCase& policy_case) {
  return FactReader(model, table).Run(policy_case);
}

}  // namespace sodc
