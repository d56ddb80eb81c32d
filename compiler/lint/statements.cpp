// Findings about statements that do not go together, and about names.
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/lint/findings.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::DutyId;
using model::Model;
using model::Modality;

uint64_t OrderedPair(DutyId from, DutyId to) { return (uint64_t{from.index} << 32) | to.index; }

// The duties a separation names, its group expanded.
std::vector<DutyId> TargetsOf(const Model& model, const model::Separation& separation) {
  if (const auto* duty = std::get_if<DutyId>(&separation.target)) return {*duty};
  return model.groups[std::get<model::GroupId>(separation.target)].members;
}

std::string Folded(const std::string& name) {
  std::string folded = name;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

using NamesSeen = std::unordered_map<std::string, const model::Common*>;

void CompareName(const model::Common& common, NamesSeen& seen, Sink& sink) {
  const auto [it, is_new] = seen.try_emplace(Folded(common.name), &common);
  if (is_new || it->second->name == common.name || (!common.is_own && !it->second->is_own)) return;
  const model::Common& later = common.is_own ? common : *it->second;
  const model::Common& first = common.is_own ? *it->second : common;
  Diagnose<DiagKind::NamesDifferInCase>(later.span, later.name, first.name)
      .Label(first.span, "the other one")
      .Help("rename one of them, so that nobody takes it for the other")
      .To(sink);
}

template <typename Rows>
void FindLookAlikesIn(const Rows& rows, NamesSeen& seen, Sink& sink) {
  for (const auto& row : rows) CompareName(row.common, seen, sink);
}

std::unordered_set<uint32_t> SetOf(const std::vector<DutyId>& duties) {
  std::unordered_set<uint32_t> set;
  for (DutyId duty : duties) set.insert(duty.index);
  return set;
}

struct CompatibleSets {
  const model::Compatible* statement;
  std::unordered_set<uint32_t> left, right;

  bool Contains(DutyId a, DutyId b) const { return left.count(a.index) != 0 && right.count(b.index) != 0; }
};

void ReportContradiction(const Model& model, const Conflict& conflict, DutyId a, DutyId b,
                         const model::Compatible& compatible, Sink& sink) {
  Diagnose<DiagKind::CompatiblePairConflicts>(compatible.span, model.duties[a].common.name, model.duties[b].common.name,
                                              conflict.common.name)
      .Label(conflict.common.span, "the conflict")
      .Help("keep the statement that is true")
      .To(sink);
}

}  // namespace

void FindSoftDenials(const Model& model, Sink& sink) {
  for (const Conflict& conflict : model.conflicts) {
    const bool denies = conflict.mode_is_declared && conflict.mode == model::Mode::Deny;
    if (conflict.modality != Modality::Should || !denies) continue;
    Diagnose<DiagKind::SoftConflictDenies>(conflict.common.span, conflict.common.name)
        .Help("say `must`, or choose the mode `warn` or `approve`")
        .To(sink);
  }
}

void FindDifferentModalities(const Model& model, Sink& sink) {
  std::unordered_map<uint64_t, const model::Separation*> musts;
  for (const model::Separation& separation : model.separations) {
    if (separation.modality != Modality::Must) continue;
    for (DutyId target : TargetsOf(model, separation)) musts.emplace(OrderedPair(separation.duty, target), &separation);
  }
  for (const model::Separation& separation : model.separations) {
    if (separation.modality != Modality::Should) continue;
    for (DutyId target : TargetsOf(model, separation)) {
      const auto must = musts.find(OrderedPair(target, separation.duty));
      if (must == musts.end()) continue;
      Diagnose<DiagKind::ModalityDiffersBySide>(separation.span, model.duties[target].common.name,
                                                model.duties[separation.duty].common.name)
          .Label(must->second->span, "`must` is stated here")
          .Help("the rule is a `must`; say the same on both sides")
          .To(sink);
    }
  }
}

void FindMissingOwners(const Model& model, const LintOptions& options, Sink& sink) {
  if (model.policy.owner.is_valid() || model.conflicts.size() <= options.conflicts_without_owners) return;
  size_t count = 0;
  for (const Conflict& conflict : model.conflicts) count += !conflict.owner.is_valid();
  if (count == 0) return;
  Diagnose<DiagKind::OwnerMissing>(model.policy.common.span, count, model.conflicts.size())
      .Help("name an `owner` in the policy, or one in each conflict")
      .To(sink);
}

void FindLookAlikes(const Model& model, Sink& sink) {
  NamesSeen seen;
  FindLookAlikesIn(model.scales, seen, sink);
  FindLookAlikesIn(model.duties, seen, sink);
  FindLookAlikesIn(model.groups, seen, sink);
  FindLookAlikesIn(model.roles, seen, sink);
  FindLookAlikesIn(model.actors, seen, sink);
  FindLookAlikesIn(model.systems, seen, sink);
  FindLookAlikesIn(model.controls, seen, sink);
  FindLookAlikesIn(model.frameworks, seen, sink);
  FindLookAlikesIn(model.documents, seen, sink);
  for (const Conflict& conflict : model.conflicts) {
    if (conflict.is_named) CompareName(conflict.common, seen, sink);
  }
}

void FindContradictedPairs(const Model& model, Sink& sink) {
  std::vector<CompatibleSets> statements;
  for (const model::Compatible& compatible : model.compatibles) {
    statements.push_back({&compatible, SetOf(compatible.left), SetOf(compatible.right)});
  }
  if (statements.empty()) return;
  for (const Conflict& conflict : model.conflicts) {
    if (conflict.kind != model::ConflictKind::Pair || conflict.sides.size() != 2) continue;
    const auto* a = std::get_if<DutyId>(&conflict.sides[0].elements.front().what);
    const auto* b = std::get_if<DutyId>(&conflict.sides[1].elements.front().what);
    if (a == nullptr || b == nullptr) continue;
    for (const CompatibleSets& sets : statements) {
      if (sets.Contains(*a, *b) || sets.Contains(*b, *a)) {
        ReportContradiction(model, conflict, *a, *b, *sets.statement, sink);
      }
    }
  }
}

}  // namespace sodc::lint
