// The dump in parts. Private to compiler/model.
#ifndef SODC_MODEL_DUMPER_H_
#define SODC_MODEL_DUMPER_H_

#include <ostream>
#include <string>
#include <string_view>

#include "compiler/model/model.h"

namespace sodc::model {

struct Dumper {
  const Model& model;
  std::ostream& out;

  // Names of rows; `?` for none.
  std::string NameOf(ScaleMemberId id) const { return id.is_valid() ? model.scale_members[id].common.name : "?"; }
  std::string NameOf(DutyId id) const { return id.is_valid() ? model.duties[id].common.name : "?"; }
  std::string NameOf(GroupId id) const { return id.is_valid() ? model.groups[id].common.name : "?"; }
  std::string NameOf(RoleId id) const { return id.is_valid() ? model.roles[id].common.name : "?"; }
  std::string NameOf(ActorId id) const { return id.is_valid() ? model.actors[id].common.name : "?"; }
  std::string NameOf(SystemId id) const { return id.is_valid() ? model.systems[id].common.name : "?"; }
  std::string NameOf(ControlId id) const { return id.is_valid() ? model.controls[id].common.name : "?"; }
  std::string NameOf(FrameworkId id) const { return id.is_valid() ? model.frameworks[id].common.name : "?"; }
  std::string NameOf(ClauseId id) const;
  std::string NameOf(EntitlementId id) const { return id.is_valid() ? model.entitlements[id].common.name : "?"; }
  std::string NameOf(ProvisionId id) const { return id.is_valid() ? model.provisions[id].common.name : "?"; }
  std::string NameOf(ScopeDimensionId id) const { return id.is_valid() ? model.scope_dimensions[id].common.name : "?"; }
  std::string NameOf(ScopeNodeId id) const { return id.is_valid() ? model.scope_nodes[id].common.name : "?"; }
  std::string NameOf(const Being& being) const { return "being " + being.relation() + " of " + NameOf(being.object); }
  std::string NameOf(ScaleId id) const { return id.is_valid() ? model.scales[id].common.name : "?"; }
  std::string NameOf(ConflictId id) const { return id.is_valid() ? model.conflicts[id].common.name : "?"; }

  // `word "text"` on a line of its own, when there is a text.
  void TextLine(std::string_view word, const std::string& text) const;
  // `word a, b` on a line of its own, when there is one.
  template <typename Row>
  void ListLine(std::string_view word, const std::vector<Id<Row>>& ids) const {
    if (ids.empty()) return;
    out << "  " << word << ' ' << Join(ids) << '\n';
  }
  template <typename Row>
  void NameLine(std::string_view word, Id<Row> id) const {
    if (id.is_valid()) out << "  " << word << ' ' << NameOf(id) << '\n';
  }
  template <typename Row>
  std::string Join(const std::vector<Id<Row>>& ids) const {
    std::string text;
    for (Id<Row> id : ids) text += (text.empty() ? "" : ", ") + NameOf(id);
    return text;
  }
  std::string Where(const Scope& scope) const;              // ` in region north and team a, b`; empty: everywhere
  std::string Interval(Instant from, Instant until) const;  // ` from 2026-01-01 until 2026-06-30`
  void Head(std::string_view word, const Common& common) const;

  void Policy() const;
  void Scales() const;
  void Modules() const;
  void Scopes() const;
  void Duties() const;
  void Entitlements() const;
  void Roles() const;
  void Actors() const;
  void ForeignIds() const;
  void Frameworks() const;
  void Controls() const;
  void Conflicts() const;
  void Provisions() const;
  void Documents() const;
  void Claims() const;
  void Findings() const;
};

std::string Quoted(const std::string& text);
std::string_view WordOf(Modality modality);
std::string_view WordOf(Mode mode);
std::string TextOf(Duration duration);  // `3mo`

}  // namespace sodc::model

#endif  // SODC_MODEL_DUMPER_H_
