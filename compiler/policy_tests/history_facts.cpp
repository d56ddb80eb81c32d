// `act D by A on KIND "ID" at T` and `relation R of KIND "ID" is A, …` (docs/histories.md).
#include "compiler/policy_tests/history_facts.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/policy_tests/judge_case.h"
#include "sod/history.h"

namespace sodc {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

class ActReader {
 public:
  ActReader(const model::Model& model, const sod::Table& table) : model_(model), table_(table) {}

  // Nothing, or why the fact cannot be read.
  std::string Read(const ProvisionAttribute& fact) {
    sod::HistoryEvent event;
    std::vector<uint32_t> actors;
    std::string relation;
    bool has_duty = false;
    std::optional<uint32_t> kind;
    std::string id;
    for (const ProvisionValue& value : fact.values) {
      if (value.kind == ProvisionValue::Kind::Word) relation = value.text;
      if (value.kind == ProvisionValue::Kind::Text) id = value.text;
      if (value.kind == ProvisionValue::Kind::Time) event.at = value.number;
      if (value.kind != ProvisionValue::Kind::Reference) continue;
      if (value.reference.kind == Reference::Kind::Provision) {
        kind = sod::FindObjectKind(table_, model_.provisions[model::ProvisionId{value.reference.index}].common.name);
        continue;
      }
      constexpr sod::NameKind kKinds[] = {sod::NameKind::Duty,    sod::NameKind::Person, sod::NameKind::Team, sod::NameKind::External,
                                          sod::NameKind::Service, sod::NameKind::Tool,   sod::NameKind::Agent};
      const std::string name = NameOf(model_, value.reference);
      const auto entity = table_.Find(name, kKinds);
      if (!entity) return fmt::format("`{}` is not in the table", name);
      has_duty |= entity->kind == sod::NameKind::Duty;
      if (entity->kind == sod::NameKind::Duty) event.row = entity->index;
      else actors.push_back(entity->index);
    }
    if (!kind) return "the object is not in the table";
    event.object = ObjectOf(*kind, id);
    if (!has_duty) {
      event.kind = sod::EventKind::Relation;
      const auto row = sod::FindRelation(table_, *kind, relation);
      if (!row) return fmt::format("the object has no relation `{}`", relation);
      event.row = *row;
    }
    for (const uint32_t actor : actors) {
      event.actor = actor;
      (has_duty ? acts_ : relations_).push_back(event);
    }
    return "";
  }

  sod::Result<sod::HistoryReport> Ask(sod::Workspace& workspace) {
    const sod::HistoryEvent last = acts_.back();
    acts_.pop_back();
    relations_.insert(relations_.end(), acts_.begin(), acts_.end());
    return sod::JudgeAct(table_, workspace, {objects_, relations_}, last);
  }
  sod::Instant last() const { return acts_.back().at; }

 private:
  uint32_t ObjectOf(uint32_t kind, const std::string& id) {
    const auto [place, is_new] = rows_.try_emplace({kind, id}, static_cast<uint32_t>(objects_.size()));
    if (is_new) objects_.push_back({kind, place->first.second, sod::kNone});
    return place->second;
  }

  const model::Model& model_;
  const sod::Table& table_;
  std::map<std::pair<uint32_t, std::string>, uint32_t> rows_;
  std::vector<sod::HistoryObject> objects_;
  std::vector<sod::HistoryEvent> acts_, relations_;
};

}  // namespace

bool HasActs(const PolicyCase& policy_case) {
  return std::ranges::any_of(policy_case.facts, [](const ProvisionAttribute* fact) { return fact->keyword == "act"; });
}

sod::Result<sod::Answer> AskAboutActs(const model::Model& model, const sod::Table& table, sod::Workspace& workspace, const PolicyCase& policy_case) {
  ActReader reader(model, table);
  for (const ProvisionAttribute* fact : policy_case.facts) {
    if (fact->keyword != "act" && fact->keyword != "relation") continue;
    if (std::string why = reader.Read(*fact); !why.empty()) return sod::Error{sod::ErrorCode::BadArgument, std::move(why), ""};
  }
  sod::Answer answer;
  answer.as_of = reader.last();
  const auto report = reader.Ask(workspace);
  if (!report) return report.error();
  answer.verdict = report->verdict;
  for (const sod::HistoryFinding& finding : report->findings) {
    if (finding.kind != sod::FindingKind::Rule) continue;
    sod::Conflict conflict;
    conflict.rule = finding.rule;
    conflict.disposition = finding.disposition;
    conflict.inherent = finding.inherent;
    conflict.residual = finding.residual;
    conflict.appetite = finding.appetite;
    conflict.controls = finding.controls;
    conflict.waivers = finding.waivers;
    answer.conflicts.push_back(std::move(conflict));
  }
  return answer;
}

}  // namespace sodc
