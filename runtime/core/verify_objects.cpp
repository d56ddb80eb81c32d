// Pass 3 for objects and what is done on them.
#include <tuple>

#include "runtime/core/verify_cycles.h"
#include "runtime/core/verify_meaning.h"

namespace sod::core {
namespace {

using namespace format;  // NOLINT: every line here names records

bool IsDeclared(const Image& image, uint32_t provision, std::string_view kind) {
  const ProvisionRecord& record = image.Provisions()[provision];
  return record.is_attribute_holder == 0 && image.Text(record.kind) == kind;
}

// Rows strictly ascending by a key.
template <typename Record, typename Key>
bool IsAscending(std::span<const Record> rows, Key key) {
  for (size_t i = 1; i < rows.size(); ++i) {
    if (key(rows[i - 1]) >= key(rows[i])) return false;
  }
  return true;
}

uint32_t HowMany(std::initializer_list<uint32_t> rows) {
  uint32_t count = 0;
  for (const uint32_t row : rows) count += row != kNone ? 1 : 0;
  return count;
}

bool HasTwoDuties(ActConstraintKind kind) {
  return kind == ActConstraintKind::Order || kind == ActConstraintKind::Restart || kind == ActConstraintKind::Apart;
}

}  // namespace

Fault CheckObjects(const Image& image) {
  const auto kinds = image.ObjectKinds();
  for (const ObjectKindRecord& kind : kinds) {
    if (!IsDeclared(image, kind.provision, "object")) return "a kind of object is declared as something else";
    if (kind.part_of != kNone && kind.part_of >= kinds.size()) return "a kind is part of none";
  }
  if (!IsAscending(kinds, [](const auto& row) { return row.provision; })) return "kinds of objects are out of order";
  const auto whole = [&](uint32_t kind) { return kinds.subspan(kind, kinds[kind].part_of == kNone ? 0 : 1); };
  if (HasCycle(static_cast<uint32_t>(kinds.size()), whole, [](const ObjectKindRecord& kind) { return kind.part_of; })) {
    return "a kind of object is part of itself";
  }
  const auto key = [](const DutyObjectRecord& row) { return std::tuple(row.duty, row.creates); };
  if (!IsAscending(image.DutyObjects(), key)) return "objects of duties are out of order";
  for (const OwnActionRuleRecord& rule : image.OwnActionRules()) {
    if (image.Restrictions()[rule.restriction].on_own_actions == 0) return "a rule about own actions is another restriction";
  }
  return IsAscending(image.OwnActionRules(), [](const auto& row) { return row.restriction; }) ? nullptr : "rules about own actions are out of order";
}

Fault CheckActs(const Image& image) {
  for (const ActProcessRecord& process : image.ActProcesses()) {
    if (!IsDeclared(image, process.provision, "process")) return "a process is declared as something else";
  }
  if (!IsAscending(image.ActProcesses(), [](const auto& row) { return row.provision; })) return "processes are out of order";
  for (const ActConstraintRecord& row : image.ActConstraints()) {
    if (HasTwoDuties(row.kind) != (row.second != kNone)) return "a statement of a process has the wrong number of steps";
  }
  for (const ActQualifierRecord& row : image.ActQualifiers()) {
    if (HowMany({row.duty, row.role, row.entitlement, row.actor}) != 1) return "what qualifies for an approval is not one thing";
    if (!IsLevel(image, row.level)) return "what qualifies for an approval has no such level";
  }
  for (const ActExclusionRecord& row : image.ActExclusions()) {
    if (HowMany({row.duty, row.relation}) != 1) return "what excludes from an approval is not one thing";
  }
  return nullptr;
}

}  // namespace sod::core
