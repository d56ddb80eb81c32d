#include "compiler/driver/policy_itself.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "compiler/driver/pipeline.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "compiler/model/carried.h"
#include "sod/query.h"

namespace sodc {
namespace {

using model::ActorId;
using model::Model;

constexpr std::string_view kSource = "policy itself { language 1 }\nimport std.this_policy_conflicts\n";
constexpr std::string_view kWriting = "writing_this_policy", kApproving = "approving_this_policy", kReviewing = "reviewing_this_policy";

// The rules of the module with the actors of the policy, who hold nothing but their part in it.
class PolicyWorld {
 public:
  PolicyWorld(const Model& policy, Model rules) : world_(std::move(rules)) {
    for (const model::Actor& actor : policy.actors) {
      model::Actor copy;
      copy.common = actor.common;
      copy.kind = actor.kind;
      copy.is_vacant = actor.is_vacant;
      copy.members = actor.members;
      copy.acts_as = actor.acts_as;
      copy.controlled_by = actor.controlled_by;
      copy.common.description.clear();
      copy.common.span = PlaceInModule();
      world_.actors.Add(std::move(copy));
    }
    Assign(policy.policy.author, kWriting);
    Assign(policy.policy.approver, kApproving);
    for (const model::Provision& review : policy.provisions) {
      if (review.kind != "review" || !review.common.is_own || review.is_attribute_holder) continue;
      const model::ProvisionAttribute* reviewer = model::FindAttribute(review.attributes, "reviewer");
      if (reviewer == nullptr) continue;
      for (const uint32_t actor : model::References(*reviewer, model::Reference::Kind::Actor)) Assign(ActorId{actor}, kReviewing);
    }
  }

  const Model& world() const { return world_; }

 private:
  // Places of the policy mean nothing among the sources of the module, and nobody is told of this table.
  Span PlaceInModule() const { return world_.duties.empty() ? Span{} : world_.duties[world_.duties.IdAt(0)].common.span; }

  void Assign(ActorId actor, std::string_view duty) {
    if (!actor.is_valid()) return;
    for (size_t i = 0; i < world_.duties.size(); ++i) {
      if (world_.duties[world_.duties.IdAt(i)].common.name != duty) continue;
      model::Assignment assignment;
      assignment.actor = actor;
      assignment.target = world_.duties.IdAt(i);
      assignment.span = PlaceInModule();
      world_.assignments.push_back(std::move(assignment));
    }
  }

  Model world_;
};

std::vector<ConflictOnPolicy> Ask(const Model& world, const sod::Table& table) {
  std::vector<ConflictOnPolicy> found;
  sod::Workspace workspace(table);
  for (const sod::Subject& subject : sod::AllSubjects(table)) {
    if (subject.actor == sod::kNone) continue;
    for (const uint32_t rule : workspace.Violations(subject.holdings, 0)) {
      ConflictOnPolicy conflict{ActorId{subject.actor}};
      const model::Conflict& row = world.conflicts[model::ConflictId{rule}];
      for (const model::ConflictSide& side : row.sides) {
        for (const model::SideElement& element : side.elements) {
          const auto* duty = std::get_if<model::DutyId>(&element.what);
          if (duty == nullptr) continue;
          const std::string& name = world.duties[*duty].common.name;
          conflict.approves |= name == kApproving;
          conflict.reviews |= name == kReviewing;
        }
      }
      found.push_back(conflict);
    }
  }
  return found;
}

}  // namespace

std::vector<ConflictOnPolicy> AskAboutPolicy(const Model& model) {
  if (!model.policy.author.is_valid()) return {};
  Compilation rules;
  PipelineOptions options{.last = Phase::Lower, .keeps_model = true};
  options.standard_input = std::string(kSource);
  Compile("-", options, rules);
  if (!rules.is_complete) return {};
  const PolicyWorld world(model, std::move(rules.model));
  CollectingSink untold;
  const std::string bytes = Emit(Lower(world.world(), rules.sources, LowerOptions{}), untold);
  const auto table = sod::Table::Load(std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (!table) return {};
  return Ask(world.world(), table.value());
}

}  // namespace sodc
