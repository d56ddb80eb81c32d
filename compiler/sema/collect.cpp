// Declares every name: one row and one symbol each, in the order of the passes.
#include <algorithm>

#include "compiler/sema/names.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/provisions.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::DeclarationKind;

std::optional<EntityKind> EntityOf(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::Scale: return EntityKind::Scale;
    case DeclarationKind::Duty: return EntityKind::Duty;
    case DeclarationKind::Group: return EntityKind::Group;
    case DeclarationKind::Person: return EntityKind::Person;
    case DeclarationKind::Team: return EntityKind::Team;
    case DeclarationKind::External: return EntityKind::External;
    case DeclarationKind::System: return EntityKind::System;
    case DeclarationKind::Role: return EntityKind::Role;
    case DeclarationKind::Conflict: return EntityKind::Conflict;
    case DeclarationKind::Control: return EntityKind::Control;
    case DeclarationKind::Framework: return EntityKind::Framework;
    case DeclarationKind::Document: return EntityKind::Document;
    case DeclarationKind::Scope: return EntityKind::Scope;
    case DeclarationKind::Service: return EntityKind::Service;
    case DeclarationKind::Tool: return EntityKind::Tool;
    case DeclarationKind::Agent: return EntityKind::Agent;
    case DeclarationKind::Entitlement: return EntityKind::Entitlement;
    case DeclarationKind::Policy:
    case DeclarationKind::Module:
    case DeclarationKind::Import:
    case DeclarationKind::Assign:
    case DeclarationKind::Compatible:
    case DeclarationKind::Claims: return std::nullopt;
    default: return ProvisionEntityOf(kind);
  }
}

template <typename Row>
uint32_t AddRow(Store<Row>& store, const model::Common& common) {
  Row row;
  row.common = common;
  return store.Add(std::move(row)).index;
}

uint32_t AddActor(Context& context, const ast::Declaration& declaration, const model::Common& common,
                  model::ActorKind kind) {
  model::Actor actor;
  actor.common = common;
  actor.kind = kind;
  actor.is_vacant = declaration.is_vacant;
  return context.model.actors.Add(std::move(actor)).index;
}

uint32_t AddEntity(Context& context, EntityKind kind, const ast::Declaration& declaration, bool is_own) {
  model::Model& model = context.model;
  const model::Common common = CommonOf(declaration, is_own);
  switch (kind) {
    case EntityKind::Scale: return AddRow(model.scales, common);
    case EntityKind::Duty: return AddRow(model.duties, common);
    case EntityKind::Group: return AddRow(model.groups, common);
    case EntityKind::Person: return AddActor(context, declaration, common, model::ActorKind::Person);
    case EntityKind::Team: return AddActor(context, declaration, common, model::ActorKind::Team);
    case EntityKind::External: return AddActor(context, declaration, common, model::ActorKind::External);
    case EntityKind::System: return AddRow(model.systems, common);
    case EntityKind::Role: {
      const uint32_t index = AddRow(model.roles, common);
      model.roles[model::RoleId{index}].is_position = declaration.is_position;
      return index;
    }
    case EntityKind::Control: return AddRow(model.controls, common);
    case EntityKind::Framework: return AddRow(model.frameworks, common);
    case EntityKind::Document: {
      model::Document document;
      document.common = common;
      model.documents.push_back(std::move(document));
      return static_cast<uint32_t>(model.documents.size() - 1);
    }
    case EntityKind::Scope: return AddRow(model.scope_dimensions, common);
    case EntityKind::Entitlement: return AddRow(model.entitlements, common);
    case EntityKind::Service: return AddActor(context, declaration, common, model::ActorKind::Service);
    case EntityKind::Tool: return AddActor(context, declaration, common, model::ActorKind::Tool);
    case EntityKind::Agent: return AddActor(context, declaration, common, model::ActorKind::Agent);
    case EntityKind::Conflict: return UINT32_MAX;  // rules are made later
    default: return AddProvision(context, declaration, is_own);
  }
}

void ReportDeclaredTwice(Context& context, const ast::Declaration& declaration, uint32_t first) {
  Diagnose<DiagKind::NameDeclaredTwice>(declaration.name.span, declaration.name.text)
      .Label(NameSpan(context.names.symbols[first]), "first declared here")
      .Help("all declarations of a policy share one set of names; rename one of them")
      .To(context.sink);
}

// Own modules are one policy with one set of names; a name of the standard
// library is hidden by an own one.
void Declare(Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  const auto kind = EntityOf(declaration.kind);
  if (!kind || declaration.name.text.empty()) return;
  Names& names = context.names;
  const bool is_own = !context.program.modules[module].is_standard_library;
  const uint32_t index = static_cast<uint32_t>(names.symbols.size());
  names.symbols.push_back({*kind, module, &declaration, AddEntity(context, *kind, declaration, is_own)});
  names.by_declaration.emplace(&declaration, index);
  auto& scope = is_own ? names.own : names.by_module[module];
  const auto [it, is_new] = scope.try_emplace(declaration.name.text, index);
  const bool hides_damage = !is_new && context.IsDamaged(*names.symbols[it->second].declaration);
  if (!is_new && !hides_damage) ReportDeclaredTwice(context, declaration, it->second);
  names.has_duplicates |= !is_new;
  if (hides_damage) it->second = index;
  const auto [visible, is_first] = names.by_module[module].try_emplace(declaration.name.text, index);
  if (!is_first && hides_damage) visible->second = index;
}

void RecordModule(Context& context, const ast::Declaration& head) {
  if (!head.path) return;
  model::Module module;
  module.name = PathOf(*head.path).Joined();
  const model::Common common = CommonOf(head, true);
  module.title = head.title ? head.title->value : module.name;
  module.version = TextOf(Find(head.attributes, ast::AttributeKind::Version));
  module.description = common.description;
  context.model.modules.push_back(std::move(module));
}

void DeclareModule(Context& context, ModuleIndex index) {
  const LoadedModule& module = context.program.modules[index];
  if (!module.module_name.empty()) context.names.modules.try_emplace(module.module_name, index);
  for (const ast::Name& name : module.file.other_names) context.names.unreadable.insert(name.text);
  const ast::Declaration* head = nullptr;
  for (const ast::Declaration& declaration : module.file.declarations) {
    const bool is_policy = declaration.kind == DeclarationKind::Policy;
    if (!is_policy && declaration.kind != DeclarationKind::Module) continue;
    if (head != nullptr) {
      Diagnose<DiagKind::PolicyRepeated>(declaration.keyword_span).Label(head->keyword_span, "the first").To(context.sink);
      continue;
    }
    head = &declaration;
    RecordModule(context, declaration);
    if (declaration.path) context.names.modules.try_emplace(PathOf(*declaration.path).Joined(), index);
    if (is_policy && &module == &context.program.main()) context.policy = head;
  }
}

template <typename Row>
bool Exceeds(const Store<Row>& store, const CheckOptions& options) {
  return store.size() > options.max_declarations;
}

void CheckCounts(Context& context) {
  const model::Model& model = context.model;
  const CheckOptions& options = context.options;
  if (Exceeds(model.duties, options) || Exceeds(model.roles, options) || Exceeds(model.actors, options) ||
      Exceeds(model.groups, options) || Exceeds(model.controls, options) || Exceeds(model.systems, options) ||
      Exceeds(model.entitlements, options)) {
    Diagnose<DiagKind::TooManyDeclarations>(Span{}, options.max_declarations).To(context.sink);
  }
}

void OrderModules(Context& context) {
  const auto& modules = context.program.modules;
  for (const bool is_library : {false, true}) {
    for (ModuleIndex i = 0; i < modules.size(); ++i) {
      if (modules[i].is_standard_library == is_library) context.order.push_back(i);
    }
  }
  context.model.files.push_back(context.program.main().file.file);
  for (ModuleIndex i = 0; i + 1 < modules.size(); ++i) context.model.files.push_back(modules[i].file.file);
}

bool IsFirstOnItsLine(const Context& context, const ast::Declaration& declaration) {
  const std::string_view text = context.sources.file(declaration.keyword_span.file).text;
  const std::string_view before = text.substr(0, declaration.keyword_span.begin);
  const size_t last = before.find_last_not_of(" \t");
  return last == std::string_view::npos || before[last] == '\n';
}

void FindDebris(Context& context) {
  for (const LoadedModule& module : context.program.modules) {
    bool follows_damage = module.file.is_damaged;
    for (const ast::Declaration& declaration : module.file.declarations) {
      if (follows_damage && !IsFirstOnItsLine(context, declaration)) context.debris.insert(&declaration);
      follows_damage = module.file.is_damaged || context.IsDamaged(declaration);
    }
  }
}

bool HasLostText(const Program& program) {
  bool is_lost = !program.is_complete;
  for (const LoadedModule& module : program.modules) is_lost |= module.file.is_damaged;
  return is_lost;
}

}  // namespace

void CollectNames(Context& context) {
  OrderModules(context);
  context.policy_module = static_cast<ModuleIndex>(context.program.modules.size() - 1);
  context.has_lost_text = HasLostText(context.program);
  FindDebris(context);
  context.names.by_module.resize(context.program.modules.size());
  for (ModuleIndex module : context.order) DeclareModule(context, module);
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    Declare(context, declaration, module);
  });
  if (context.policy == nullptr && !context.has_lost_text) {
    Diagnose<DiagKind::PolicyMissing>(Span{context.program.main().file.file, 0, 0})
        .Help("begin with `policy name \"Title\" { language 1 }`")
        .To(context.sink);
  }
  CheckCounts(context);
}

}  // namespace sodc::sema
