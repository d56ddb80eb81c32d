// What every part of lowering shares: the image under construction, the string
// interner and the small translations from model to file values.
#ifndef SODC_LOWER_BUILDER_H_
#define SODC_LOWER_BUILDER_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/StringMap.h>

#include "compiler/lower/image.h"
#include "compiler/lower/lower.h"
#include "compiler/model/model.h"
#include "compiler/source/source_manager.h"

namespace sodc::lower {

namespace format = sod::format;

// State of one lowering. Rows of duties, groups, roles, systems, frameworks,
// clauses, scales and rules equal their model ids; actors are renumbered because
// people can be left out, controls because those of the library that nothing names are.
class Builder {
 public:
  Builder(const model::Model& model_arg, const SourceManager& sources_arg,
          const LowerOptions& options_arg);

  const model::Model& model;
  const SourceManager& sources;
  const LowerOptions& options;
  TableImage image;

  uint32_t Text(std::string_view text);

  // Rows of optional things; kNone when the id is invalid.
  template <typename Tag>
  static uint32_t Row(Id<Tag> id) {
    return id.index;
  }
  static uint32_t Row(model::ActorId) = delete;
  static uint32_t Row(model::ControlId) = delete;
  uint32_t ActorRow(model::ActorId id) const;
  uint32_t ControlRow(model::ControlId id) const;
  bool HasActor(model::ActorId id) const { return ActorRow(id) != format::kNone; }

  // The row of the scope, added when it is new; kNone for everywhere.
  uint32_t ScopeRow(const model::Scope& scope);

  // Ranks; `Rank` of an invalid level is the top one, 0 without an access scale.
  uint32_t Rank(model::ScaleMemberId level) const;
  uint32_t TriggerRank(model::ScaleMemberId trigger) const;

  // Writes line, column and source row of the span into fields named `<f>_file` ….
  template <typename Record>
  void Place(Record& record, Span span) {
    if (!span.is_valid()) return;
    const Position position = sources.PositionOf(span);
    record.place_file = file_rows_.lookup(span.file.index);
    record.place_line = position.line;
    record.place_column = position.column;
  }

  // Those of the actors and controls that are in the table, appended; the range.
  void ActorRange(const std::vector<model::ActorId>& actors, std::vector<format::ActorRefRecord>& section, uint32_t& first,
                  uint32_t& count) const;
  void ControlRange(const std::vector<model::ControlId>& controls, std::vector<format::ControlRefRecord>& section,
                    uint32_t& first, uint32_t& count) const;
  // An actor who is left out is nobody against whom anything is known.
  void ImmutableRange(const std::vector<model::ImmutableAgainst>& against, const model::Duration& cadence,
                      std::vector<format::ImmutableAgainstRecord>& section, uint32_t& first, uint32_t& count);

  // Appends texts to a section of TextRecords and returns the range.
  void TextRange(const std::vector<std::string>& texts, std::vector<format::TextRecord>& section,
                 uint32_t& first, uint32_t& count);

 private:
  void NumberActors();
  void NumberControls();
  void AddSources();

  llvm::StringMap<uint32_t> text_indices_;
  std::map<std::vector<std::vector<uint32_t>>, uint32_t> scope_rows_;
  llvm::DenseMap<uint32_t, uint32_t> file_rows_;
  std::vector<uint32_t> actor_rows_;
  std::vector<uint32_t> control_rows_;
  uint32_t top_rank_ = 0;
};

// File values of enums that several sections hold.
format::Mode FileValue(model::Mode mode);
format::Modality FileValue(model::Modality modality);
format::NameKind NameKindOf(format::ActorKind kind);

// Starts a range in `section`: its first row is the section's present size.
template <typename Row>
uint32_t Begin(const std::vector<Row>& section) {
  return static_cast<uint32_t>(section.size());
}
// The number of rows added since.
template <typename Row>
uint32_t CountSince(const std::vector<Row>& section, uint32_t first) {
  return static_cast<uint32_t>(section.size()) - first;
}

// Each fills the sections its name says, from the model and from what earlier
// ones filled. Lower (lower.cpp) lists them in their order.
void LowerVocabularies(Builder& builder);   // Scales, ScaleMembers, Frameworks, Clauses
void LowerScopes(Builder& builder);         // ScopeDimensions, ScopeNodes
void LowerActors(Builder& builder);         // Actors, Accounts, TeamMembers, Systems, Assignments
void LowerControls(Builder& builder);       // Controls and their lists
void LowerDuties(Builder& builder);         // Duties, Groups, Separations, Compatibles (no atoms yet)
void LowerRoles(Builder& builder);          // Roles, Includes, Grants, Restrictions (no closures yet)
void LowerForeignIds(Builder& builder);     // ForeignIds
void LowerRules(Builder& builder);          // Rules, Sides, Elements, Atoms, RuleMembers, adjacency
void LowerClosures(Builder& builder);       // DutyAtoms, RoleDuties, RoleAtoms
void LowerWaivers(Builder& builder);        // Waivers and their lists
void LowerExemptions(Builder& builder);     // Exemptions and their lists
void LowerActivations(Builder& builder);    // Activations and their lists
void LowerConditions(Builder& builder);     // Guards, what they read and whose they are
void LowerProvisions(Builder& builder);     // Provisions with their attributes and values
void LowerObjects(Builder& builder);        // ObjectKinds … ActExclusions, behind Provisions
void LowerDeadlines(Builder& builder);      // Deadlines with who keeps them
void LowerLosses(Builder& builder);         // RuleLosses; after the rules
void LowerDocuments(Builder& builder);      // Documents, nodes, Claims
void LowerMeta(Builder& builder);           // Meta, Modules
void LowerNames(Builder& builder);          // Names

}  // namespace sodc::lower

#endif  // SODC_LOWER_BUILDER_H_
