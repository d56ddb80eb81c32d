// The head of the policy, its assignments and the claims of its documents.
#include <limits>

#include "compiler/sema/enforcement.h"
#include "compiler/sema/entitlements.h"
#include "compiler/sema/holdings.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/same_name.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

const ast::Integer* FirstInteger(const ast::Attribute* attribute) {
  return attribute == nullptr || attribute->values.empty() ? nullptr
                                                           : std::get_if<ast::Integer>(&attribute->values.front());
}

void SetNumbers(Context& context, const Attributes& attributes, model::Policy& policy) {
  if (const ast::Integer* language = FirstInteger(Find(attributes, AttributeKind::Language))) {
    if (language->value != 1) {
      Diagnose<DiagKind::LanguageUnknown>(language->span, language->value)
          .Help("a newer sodc may know it")
          .Fix(language->span, "1")
          .To(context.sink);
    }
  }
  const ast::Integer* revision = FirstInteger(Find(attributes, AttributeKind::Revision));
  if (revision == nullptr) return;
  constexpr int64_t kMax = 0xfffffffe;  // the table's field
  if (revision->value < 0 || revision->value > kMax) {
    Diagnose<DiagKind::NumberOutOfRange>(revision->span, "this revision", "at least 0, at most 4294967294")
        .To(context.sink);
    return;
  }
  policy.revision = revision->value;
}

model::ActorId ActorOf(Context& context, const Attributes& attributes, AttributeKind kind) {
  const auto path = FirstPath(Find(attributes, kind));
  return path ? ResolveTo<model::Actor>(context, context.policy_module, *path, kActor) : model::ActorId{};
}

void SetModes(Context& context, const Attributes& attributes, model::Policy& policy) {
  if (const auto named = FirstPath(Find(attributes, AttributeKind::DefaultMode))) {
    policy.default_mode = WordOf(context, *named, "mode", kModes);
  }
  if (const auto named = FirstPath(Find(attributes, AttributeKind::DefaultEnforcement))) {
    policy.default_enforcement = ResolveTo<model::Provision>(context, context.policy_module, *named, kEnforcement);
  }
  const ast::Attribute* mode = Find(attributes, AttributeKind::Mode);
  const auto path = FirstPath(mode);
  if (!path) return;
  if (Find(mode->nested, AttributeKind::AtMost) == nullptr) {
    Diagnose<DiagKind::ModeFormMisplaced>(mode->span, "a policy limits the modes of its conflicts with `mode at most`")
        .Help("`default mode` is the mode of conflicts that state none")
        .Fix(path->span, "at most " + path->Joined())
        .To(context.sink);
    return;
  }
  policy.mode_ceiling = WordOf(context, *path, "mode", kModes).value_or(policy.mode_ceiling);
}

void SetRisks(Context& context, const Attributes& attributes, model::Policy& policy) {
  const auto appetite = FirstPath(Find(attributes, AttributeKind::Appetite));
  policy.appetite = ResolveMember(context, appetite, model::ScaleMeasures::Risk);
  policy.appetite_is_declared = appetite.has_value();
  policy.default_risk = ResolveMember(context, FirstPath(Find(attributes, AttributeKind::DefaultRisk)),
                                      model::ScaleMeasures::Risk);
  if (policy.appetite.is_valid() || !context.model.risk_scale.is_valid()) return;
  const auto& members = context.model.scales[context.model.risk_scale].members;
  if (!members.empty()) policy.appetite = members.front();
}

}  // namespace

void ResolvePolicy(Context& context) {
  if (context.policy == nullptr) return;
  context.sink.is_muted = context.policy->is_damaged;
  const Attributes& attributes = context.policy->attributes;
  model::Policy& policy = context.model.policy;
  policy.common = CommonOf(*context.policy, true);
  SetNumbers(context, attributes, policy);
  policy.author = ActorOf(context, attributes, AttributeKind::Author);
  policy.approver = ActorOf(context, attributes, AttributeKind::Approver);
  policy.owner = ActorOf(context, attributes, AttributeKind::Owner);
  if (const ast::Attribute* author = Find(attributes, AttributeKind::Author)) policy.author_span = author->span;
  if (const ast::Attribute* approver = Find(attributes, AttributeKind::Approver)) policy.approver_span = approver->span;
  SetRisks(context, attributes, policy);
  SetModes(context, attributes, policy);
  AppendNames(context, context.policy_module, attributes, AttributeKind::MitigatedBy, kControl, policy.controls);
  if (const ast::Attribute* organization = Find(attributes, AttributeKind::Organization)) {
    policy.organization = TextOf(organization);
    policy.organization_legal = TextOf(Find(organization->nested, AttributeKind::Legal));
  }
  policy.references = TextsOf(attributes, AttributeKind::Reference);
  policy.version = TextOf(Find(attributes, AttributeKind::Version));
  policy.classification = TextOf(Find(attributes, AttributeKind::Classification));
  context.sink.is_muted = false;
}

namespace {

// The assignment without its target, or nothing when the subject is unknown.
std::optional<model::Assignment> SubjectOf(Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  if (!declaration.subject) return std::nullopt;
  model::Assignment assignment;
  const NamePath path = PathOf(*declaration.subject);
  if (declaration.subject_account) {
    assignment.account_system = ResolveTo<model::System>(context, module, path, kSystem);
    if (!assignment.account_system.is_valid()) return std::nullopt;
    const std::string& identifier = declaration.subject_account->value;
    const auto known = context.actors_known_as.find(AccountKey(context, assignment.account_system, identifier));
    if (known != context.actors_known_as.end()) {
      assignment.account_system = {};
      assignment.actor = known->second;
    } else {
      assignment.account_identifier = AccountAsDeclared(context, assignment.account_system, identifier);
    }
  } else {
    assignment.actor = ResolveTo<model::Actor>(context, module, path, kActor);
    if (!assignment.actor.is_valid()) return std::nullopt;
  }
  assignment.scope = ScopeOf(context, module, declaration.attributes);
  assignment.state = StateOf(Find(declaration.attributes, AttributeKind::State));
  assignment.capacity = ResolveMember(context, FirstPath(Find(declaration.attributes, AttributeKind::As)), model::ScaleMeasures::Capacity);
  const Interval interval = ValidityOf(context, declaration.attributes);
  assignment.from = interval.from;
  assignment.until = interval.until;
  assignment.source = TextOf(Find(declaration.attributes, AttributeKind::Source));
  return assignment;
}

void Assign(Context& context, ModuleIndex module, model::Assignment assignment, const ast::Side& target) {
  assignment.span = target.span;
  if (target.set.kind == ast::SetExpression::Kind::Entitlement) {
    const model::EntitlementId id = ResolveEntitlement(context, module, target.set, EntitlementUse::Granted);
    assignment.target = id;
    if (assignment.capacity.is_valid()) {
      Diagnose<DiagKind::EntitlementHeldWhole>(target.span, "as")
          .Help("what an entitlement confers is held in full; assign the duty itself where it is not")
          .To(context.sink);
    }
    if (id.is_valid()) context.model.assignments.push_back(assignment);
    return;
  }
  const std::optional<NamePath> level = target.level ? std::optional(PathOf(*target.level)) : std::nullopt;
  const auto path = BareName(target.set);
  if (!path) {
    const DutySet set = Expand(context, module, target.set);
    CheckNotEmpty(context, set, target.span);
    assignment.level = ResolveLevel(context, level, LevelUse::Holding);
    for (model::DutyId duty : set.duties) {
      assignment.target = duty;
      context.model.assignments.push_back(assignment);
    }
    return;
  }
  const Symbol* symbol = Resolve(context, module, *path, kDutyOrRole);
  if (symbol == nullptr) return;
  if (symbol->kind == EntityKind::Role) {
    if (level) {
      Diagnose<DiagKind::LevelOfRole>(level->span).Label(NameSpan(*symbol), "the role is declared here")
          .Help("state the level in the role: `grants duty at level`")
          .To(context.sink);
    }
    assignment.target = model::RoleId{symbol->index};
  } else {
    assignment.level = ResolveLevel(context, level, LevelUse::Holding);
    assignment.target = model::DutyId{symbol->index};
  }
  context.model.assignments.push_back(assignment);
}

DutySet SideDuties(Context& context, ModuleIndex module, const ast::Value& value) {
  const ast::Side* side = ast::AsSide(value);
  if (side == nullptr) return {{}, false};
  if (side->is_role) {
    const auto path = BareName(side->set);
    if (path) Resolve(context, module, *path, kDutyOrGroup);
    return {{}, false};
  }
  return Expand(context, module, side->set);
}

void AddDisclosures(Context& context, ModuleIndex module, const ast::Attribute& attribute, model::Claims& claims) {
  if (attribute.values.size() < 2) return;
  const DutySet first = SideDuties(context, module, attribute.values[0]);
  const DutySet second = SideDuties(context, module, attribute.values[1]);
  model::RoleId role;
  if (const auto path = FirstPath(Find(attribute.nested, AttributeKind::In))) {
    role = ResolveTo<model::Role>(context, module, *path, kRole);
  }
  const std::string because = TextOf(Find(attribute.nested, AttributeKind::Because));
  for (model::DutyId a : first.duties) {
    for (model::DutyId b : second.duties) {
      if (a != b) claims.disclosures.push_back({a, b, role, because, attribute.span});
    }
  }
}

void AddList(Context& context, ModuleIndex module, const ast::Attribute& attribute, model::Claims& claims) {
  model::ClaimedList list;
  const auto path = FirstPath(&attribute);
  if (path) list.role = ResolveTo<model::Role>(context, module, *path, kRole);
  list.duties = ExpandAll(context, module, attribute).duties;
  list.span = attribute.span;
  if (list.role.is_valid()) claims.lists.push_back(std::move(list));
}

}  // namespace

void CollectAssignments(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    if (declaration.kind != ast::DeclarationKind::Assign) return;
    const auto assignment = SubjectOf(context, declaration, module);
    for (const ast::Side& target : declaration.targets) {
      Assign(context, module, assignment.value_or(model::Assignment{}), target);
    }
  });
  std::erase_if(context.model.assignments, [](const model::Assignment& assignment) {
    return !assignment.actor.is_valid() && !assignment.account_system.is_valid();
  });
}

void CollectClaims(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    if (declaration.kind != ast::DeclarationKind::Claims) return;
    model::Claims claims;
    claims.place = declaration.title ? declaration.title->value : "";
    claims.span = declaration.title ? declaration.title->span : declaration.keyword_span;
    for (const ast::Attribute& attribute : declaration.attributes) {
      if (attribute.kind == AttributeKind::Discloses) AddDisclosures(context, module, attribute, claims);
      if (attribute.kind == AttributeKind::Lists) AddList(context, module, attribute, claims);
    }
    context.model.claims.push_back(std::move(claims));
  });
}

}  // namespace sodc::sema
