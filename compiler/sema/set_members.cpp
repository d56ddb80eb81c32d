// What the leaves of set expressions stand for: names, `all`, the duties of a role,
// entitlements, relations to objects.
#include <algorithm>

#include "compiler/sema/entitlements.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::SetExpression;
using Kind = Element::Kind;

constexpr Wanted kRoleOrGroup{Bit(EntityKind::Role) | Bit(EntityKind::Group), "a role or a group of roles"};
constexpr Wanted kObject{Bit(EntityKind::Object), "an object"};

// A role named where a duty or a group is wanted, without the word `role`: true after a report.
// The role of that bare name, where no role may stand: whoever asked says what to write instead.
std::optional<uint32_t> BareRole(const Context& context, ModuleIndex module, const NamePath& path) {
  const Symbol* symbol = Lookup(context, module, path);
  return symbol != nullptr && symbol->kind == EntityKind::Role ? std::optional(symbol->index) : std::nullopt;
}

bool ReportBareRole(Context& context, ModuleIndex module, const NamePath& path) {
  const Symbol* symbol = Lookup(context, module, path);
  if (symbol == nullptr || symbol->kind != EntityKind::Role) return false;
  Diagnose<DiagKind::NameOfAnotherKind>(path.span, path.Joined(), "a role", "a duty or a group")
      .Label(NameSpan(*symbol), "declared here")
      .Help("write `role " + path.Joined() + "` when the role itself is meant")
      .To(context.sink);
  return true;
}

ElementSet MembersOf(const Context& context, uint32_t row) {
  const model::Group& group = context.model.groups[model::GroupId{row}];
  ElementSet set{{}, context.incomplete_groups.count(row) == 0};
  set.elements.reserve(group.members.size() + group.roles.size());
  for (const model::DutyId duty : group.members) set.elements.push_back({Kind::Duty, duty.index});
  for (const model::RoleId role : group.roles) set.elements.push_back({Kind::Role, role.index});
  return set;
}

}  // namespace

std::string_view NounOf(Kind kind) {
  constexpr std::string_view kNouns[] = {"a duty", "a role", "an entitlement", "a relation to an object"};
  return kNouns[static_cast<size_t>(kind)];
}

std::string NameOf(const Context& context, Element element) {
  const model::Model& model = context.model;
  switch (element.kind) {
    case Kind::Duty: return model.duties[model::DutyId{element.index}].common.name;
    case Kind::Role: return model.roles[model::RoleId{element.index}].common.name;
    case Kind::Entitlement: return model.entitlements[model::EntitlementId{element.index}].common.name;
    case Kind::Being: break;
  }
  const model::Being& being = context.beings[element.index];
  return "being " + being.relation() + " of " + model.provisions[being.object].common.name;
}

ElementSet ExpandName(Context& context, ModuleIndex module, const NamePath& path, BareNames names) {
  const bool are_roles = names == BareNames::RolesAndGroups;
  if (names == BareNames::DutiesAndGroups && ReportBareRole(context, module, path)) return {{}, false};
  if (names == BareNames::Duties) {
    if (const auto role = BareRole(context, module, path)) return {{{Kind::Role, *role}}, true};
  }
  const Symbol* symbol = Resolve(context, module, path, are_roles ? kRoleOrGroup : kDutyOrGroup);
  if (symbol == nullptr) return {{}, false};
  if (symbol->kind == EntityKind::Group) return MembersOf(context, symbol->index);
  return {{{are_roles ? Kind::Role : Kind::Duty, symbol->index}}, true};
}

// `all`: the policy's own; `all from m`: those of the module (rulings SEM-29).
ElementSet ExpandEverything(Context& context, const SetExpression& expression, Kind kind) {
  std::optional<ModuleIndex> wanted;
  if (expression.ref) {
    wanted = ResolveModule(context, PathOf(*expression.ref));
    if (!wanted) return {{}, false};
  }
  const EntityKind entity = kind == Kind::Role ? EntityKind::Role : EntityKind::Duty;
  ElementSet set{{}, !context.has_lost_text};
  for (const Symbol& symbol : context.names.symbols) {
    if (symbol.kind != entity) continue;
    const bool is_own = !context.program.modules[symbol.module].is_standard_library;
    if (wanted ? symbol.module == *wanted : is_own) set.elements.push_back({kind, symbol.index});
  }
  return set;
}

ElementSet DutiesOfRole(Context& context, ModuleIndex module, const SetExpression& expression) {
  const auto role = expression.ref ? ResolveTo<model::Role>(context, module, PathOf(*expression.ref), kRole) : model::RoleId{};
  if (!role.is_valid()) return {{}, false};
  ElementSet set;
  std::unordered_set<uint32_t> seen, duties;
  std::vector<model::RoleId> open = {role};
  seen.insert(role.index);
  for (size_t i = 0; i < open.size(); ++i) {
    const model::Role& next = context.model.roles[open[i]];
    set.is_complete &= context.incomplete_roles.count(open[i].index) == 0;
    for (const model::Grant& grant : next.grants) {
      if (grant.is_undecided || !grant.duty.is_valid() || !duties.insert(grant.duty.index).second) continue;
      set.elements.push_back({Kind::Duty, grant.duty.index});
    }
    for (const model::RoleId included : next.includes) {
      if (seen.insert(included.index).second) open.push_back(included);
    }
  }
  return set;
}

// The one place where an entitlement of a set becomes a row of the model: declared (`expression.ref`),
// or raw (`ref` is the system, `expression.text` its name there or a pattern).
ElementSet ExpandEntitlement(Context& context, ModuleIndex module, const SetExpression& expression) {
  const model::EntitlementId id = ResolveEntitlement(context, module, expression, EntitlementUse::Demanded);
  if (!id.is_valid()) return {{}, false};
  return {{{Kind::Entitlement, id.index}}, true};
}

namespace {

// The relations that an object declares; its author is known without a word: who made it.
std::vector<std::string_view> RelationsOf(const Symbol& object) {
  std::vector<std::string_view> relations = {"author"};
  ForEachPath(object.declaration->attributes, AttributeKind::Relations, [&](const NamePath& path) {
    relations.push_back(path.last());
  });
  return relations;
}

}  // namespace

ElementSet ExpandBeing(Context& context, ModuleIndex module, const SetExpression& expression) {
  if (!expression.ref || !expression.filter) return {{}, false};
  const Symbol* object = Resolve(context, module, PathOf(*expression.ref), kObject);
  if (object == nullptr) return {{}, false};
  const ast::Name& relation = *expression.filter;
  const auto relations = RelationsOf(*object);
  if (std::find(relations.begin(), relations.end(), relation.text) == relations.end()) {
    Diagnose<DiagKind::RelationUnknown>(relation.span, object->declaration->name.text, relation.text)
        .Label(NameSpan(*object), "declared here")
        .Help(DidYouMean(relation.text, relations, "an object names its own with `relations owner, receiver`"))
        .To(context.sink);
    return {{}, false};
  }
  model::Being being(model::ProvisionId{object->index}, relation.text);
  const auto found = std::find_if(context.beings.begin(), context.beings.end(), [&](const model::Being& other) {
    return other.object == being.object && other.relation() == being.relation();
  });
  const auto row = static_cast<uint32_t>(found - context.beings.begin());
  if (found == context.beings.end()) {
    AddCreators(context, being);
    context.beings.push_back(std::move(being));
  }
  return {{{Kind::Being, row}}, true};
}

}  // namespace sodc::sema
