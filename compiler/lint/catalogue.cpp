// Duties that stand for one of a catalogue (`is std.it.development`) beside rules on that one.
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::DutyId;
using model::Model;

std::unordered_set<uint32_t> DutiesOf(const Conflict& conflict) {
  std::unordered_set<uint32_t> duties;
  for (const model::ConflictSide& side : conflict.sides) {
    for (const model::SideElement& element : side.elements) {
      if (const auto* duty = std::get_if<DutyId>(&element.what)) duties.insert(duty->index);
    }
  }
  return duties;
}

struct MissingRules {
  const Conflict* first = nullptr;
  size_t count = 0;
};

}  // namespace

// Somebody who holds only the stand-in is not judged by those rules, and nothing would say so.
void FindStandInsBesideRules(const Model& model, Sink& sink) {
  std::unordered_map<uint32_t, std::vector<uint32_t>> stand_ins;  // by duty of the catalogue
  for (uint32_t i = 0; i < model.duties.size(); ++i) {
    const DutyId entry = model.duties[DutyId{i}].catalogue_entry;
    if (entry.is_valid()) stand_ins[entry.index].push_back(i);
  }
  if (stand_ins.empty()) return;
  std::vector<MissingRules> missing(model.duties.size());
  for (const Conflict& conflict : model.conflicts) {
    const auto duties = DutiesOf(conflict);
    for (const uint32_t duty : duties) {
      const auto found = stand_ins.find(duty);
      if (found == stand_ins.end()) continue;
      for (const uint32_t stand_in : found->second) {
        if (duties.count(stand_in) != 0) continue;
        if (missing[stand_in].count++ == 0) missing[stand_in].first = &conflict;
      }
    }
  }
  for (uint32_t i = 0; i < missing.size(); ++i) {
    if (missing[i].count == 0) continue;
    const model::Duty& duty = model.duties[DutyId{i}];
    const std::string& entry = model.duties[duty.catalogue_entry].common.name;
    Diagnose<DiagKind::RulesMissStandIn>(duty.common.span, duty.common.name, entry, missing[i].count)
        .Label(missing[i].first->common.span, missing[i].count == 1 ? "the rule" : "the first of them")
        .Help("grant and assign `" + entry + "` itself, or state the rules on `" + duty.common.name + "`, too")
        .To(sink);
  }
}

// Two names for one duty: a rule on the first is no rule on the second.
void FindSharedEntries(const Model& model, Sink& sink) {
  std::unordered_map<uint32_t, std::vector<const model::Common*>> by_entry;
  std::vector<uint32_t> order;
  for (const model::Duty& duty : model.duties) {
    if (!duty.common.is_own || !duty.catalogue_entry.is_valid()) continue;
    auto& duties = by_entry[duty.catalogue_entry.index];
    if (duties.empty()) order.push_back(duty.catalogue_entry.index);
    duties.push_back(&duty.common);
  }
  for (const uint32_t entry : order) {
    const auto& duties = by_entry[entry];
    if (duties.size() < 2) continue;
    std::vector<std::string> names;
    for (const model::Common* duty : duties) names.push_back("`" + duty->name + "`");
    const model::Common& shared = model.duties[DutyId{entry}].common;
    auto finding = Diagnose<DiagKind::DutiesShareCatalogueEntry>(duties[1]->span, ListOf(names), shared.name);
    for (size_t i = 0; i < duties.size() && i < kMostPlaces; ++i) {
      if (i != 1) finding = std::move(finding).Label(duties[i]->span, "\"" + duties[i]->title + "\" is \"" + shared.title + "\", too");
    }
    std::move(finding).Help("keep one of them, or say of each with what it conflicts").To(sink);
  }
}

}  // namespace sodc::lint
