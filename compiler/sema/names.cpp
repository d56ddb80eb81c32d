#include "compiler/sema/names.h"

#include <algorithm>

#include "compiler/base/edit_distance.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/suggest.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

// Suggestions compare with every declared name; beyond this many unknown names
// the file is not a misspelt policy but another one.
constexpr size_t kMaxSuggestions = 200;
// With lost text an unknown name is reported only when it is surely a misspelling.
constexpr unsigned kSureDistance = 2;

// The module part of a qualified path.
NamePath PrefixOf(const NamePath& path) {
  const auto parts = path.parts.drop_back();
  return {parts, parts.front().span.Cover(parts.back().span)};
}

// The symbol a qualified path names; null when there is none or its module is not imported.
const Symbol* LookupQualified(const Context& context, const NamePath& path) {
  const auto module = context.names.modules.find(PrefixOf(path).Joined());
  if (module == context.names.modules.end()) return nullptr;
  const auto& names = context.names.by_module[module->second];
  const auto found = names.find(path.last());
  return found == names.end() ? nullptr : &context.names.symbols[found->second];
}

// Every symbol of that name in the directly imported modules.
std::vector<const Symbol*> LookupImported(const Context& context, ModuleIndex module, std::string_view name) {
  std::vector<const Symbol*> found;
  for (uint32_t imported : context.program.modules[module].imports) {
    const auto& names = context.names.by_module[imported];
    if (const auto it = names.find(name); it != names.end()) {
      const Symbol* symbol = &context.names.symbols[it->second];
      if (std::find(found.begin(), found.end(), symbol) == found.end()) found.push_back(symbol);
    }
  }
  return found;
}

// The one that is meant, or null. Own names win; two own ones are an error
// already, and the first counts.
const Symbol* Choose(const Context& context, const std::vector<const Symbol*>& found) {
  for (const Symbol* symbol : found) {
    if (!context.program.modules[symbol->module].is_standard_library) return symbol;
  }
  return found.size() == 1 ? found.front() : nullptr;
}

}  // namespace

void RecordUnknown(Context& context, ModuleIndex module, const NamePath& path, EntityKinds kinds) {
  if (context.sink.is_muted || context.names.unreadable.count(path.last()) != 0) return;
  const std::string text = path.Joined();
  const auto [it, is_new] = context.names.unknown_by_text.try_emplace(text, context.names.unknown.size());
  if (is_new) context.names.unknown.push_back({text, module, kinds, {}, {}});
  UnknownName& unknown = context.names.unknown[it->second];
  unknown.places.push_back(path.span);
  if (!context.names.not_meant.empty()) unknown.not_meant.push_back(context.names.not_meant);
}

namespace {

void ReportAmbiguous(Context& context, const NamePath& path, const std::vector<const Symbol*>& found) {
  const std::string& module = context.program.modules[found.front()->module].module_name;
  auto diagnostic = Diagnose<DiagKind::NameAmbiguous>(path.span, path.Joined());
  for (const Symbol* symbol : found) {
    diagnostic = std::move(diagnostic).Label(NameSpan(*symbol), "declared here");
  }
  std::move(diagnostic).Help("say which: `" + module + "." + path.Joined() + "`").To(context.sink);
}

// Where a name is declared that is not visible from `module`.
const Symbol* FindElsewhere(const Context& context, std::string_view name) {
  for (ModuleIndex module : context.order) {
    const auto& names = context.names.by_module[module];
    if (const auto it = names.find(name); it != names.end()) return &context.names.symbols[it->second];
  }
  return nullptr;
}

std::vector<std::string_view> VisibleNames(const Context& context, ModuleIndex module, EntityKinds kinds) {
  std::vector<std::string_view> names;
  const auto& imports = context.program.modules[module].imports;
  for (const Symbol& symbol : context.names.symbols) {
    if ((Bit(symbol.kind) & kinds) == 0) continue;
    const bool is_visible =
        symbol.module == module || std::find(imports.begin(), imports.end(), symbol.module) != imports.end();
    if (is_visible) names.push_back(symbol.declaration->name.text);
  }
  return names;
}

// What may be meant when the name is of another kind.
std::string NearestOfKind(const Context& context, ModuleIndex module, const NamePath& path, const Wanted& wanted) {
  return DidYouMean(path.last(), VisibleNames(context, module, wanted.kinds), "name " + std::string(wanted.noun));
}

std::string HelpFor(const Context& context, const UnknownName& unknown, std::string_view nearest) {
  if (!nearest.empty()) return "did you mean `" + std::string(nearest) + "`?";
  if (const Symbol* elsewhere = FindElsewhere(context, unknown.text)) {
    const std::string& module = context.program.modules[elsewhere->module].module_name;
    if (!module.empty()) return "module `" + module + "` declares it; import that module here";
  }
  return "";
}

}  // namespace

std::string NamePath::Joined() const {
  std::string joined;
  for (const ast::Name& part : parts) {
    if (!joined.empty()) joined += '.';
    joined += part.text;
  }
  return joined;
}

NamePath PathOf(const ast::Name& name) { return {llvm::ArrayRef<ast::Name>(name), name.span}; }
NamePath PathOf(const ast::Ref& ref) { return {llvm::ArrayRef<ast::Name>(ref.parts), ref.span}; }

std::optional<NamePath> PathOf(const ast::Value& value) {
  if (const auto* name = std::get_if<ast::Name>(&value)) return PathOf(*name);
  if (const auto* ref = std::get_if<ast::Ref>(&value); ref && !ref->parts.empty()) return PathOf(*ref);
  const ast::SetExpression* set = ast::AsSet(value);
  if (const ast::Side* side = ast::AsSide(value)) set = &side->set;
  if (set && set->kind == ast::SetExpression::Kind::Name && set->ref) return PathOf(*set->ref);
  return std::nullopt;
}

std::string_view NounOf(EntityKind kind) {
  switch (kind) {
    case EntityKind::Scale: return "a scale";
    case EntityKind::Duty: return "a duty";
    case EntityKind::Group: return "a group";
    case EntityKind::Person: return "a person";
    case EntityKind::Team: return "a team";
    case EntityKind::External: return "an external";
    case EntityKind::System: return "a system";
    case EntityKind::Role: return "a role";
    case EntityKind::Conflict: return "a conflict";
    case EntityKind::Control: return "a control";
    case EntityKind::Framework: return "a framework";
    case EntityKind::Document: return "a document";
    case EntityKind::Object: return "an object";
    case EntityKind::Unit: return "a unit";
    case EntityKind::Process: return "a process";
    case EntityKind::Waiver: return "a waiver";
    case EntityKind::Exemption: return "an exemption";
    case EntityKind::Grandfather: return "a grandfathering";
    case EntityKind::Emergency: return "an emergency";
    case EntityKind::Activation: return "an activation";
    case EntityKind::Plan: return "a plan";
    case EntityKind::Review: return "a review";
    case EntityKind::Assessment: return "an assessment";
    case EntityKind::Remediation: return "a remediation";
    case EntityKind::Fact: return "a fact";
    case EntityKind::Switch: return "a switch";
    case EntityKind::OwnAttribute: return "an attribute";
    case EntityKind::Enforcement: return "an enforcement level";
    case EntityKind::Scope: return "a scope";
    case EntityKind::Entitlement: return "an entitlement";
    case EntityKind::Service: return "a service";
    case EntityKind::Tool: return "a tool";
    case EntityKind::Agent: return "an agent";
  }
  return "";
}

Span NameSpan(const Symbol& symbol) { return symbol.declaration->name.span; }

const Symbol* Lookup(const Context& context, ModuleIndex module, const NamePath& path) {
  if (path.parts.size() > 1) return LookupQualified(context, path);
  const auto& own = context.names.by_module[module];
  if (const auto it = own.find(path.last()); it != own.end()) return &context.names.symbols[it->second];
  return Choose(context, LookupImported(context, module, path.last()));
}

const Symbol* Resolve(Context& context, ModuleIndex module, const NamePath& path, const Wanted& wanted) {
  const Symbol* symbol = Lookup(context, module, path);
  if (symbol == nullptr) {
    const auto imported = LookupImported(context, module, path.last());
    if (path.parts.size() == 1 && imported.size() > 1) {
      ReportAmbiguous(context, path, imported);
    } else if (path.parts.size() == 1 || ResolveModule(context, PrefixOf(path))) {
      RecordUnknown(context, module, path, wanted.kinds);
    }
    return nullptr;
  }
  if ((Bit(symbol->kind) & wanted.kinds) == 0) {
    Diagnose<DiagKind::NameOfAnotherKind>(path.span, path.Joined(), NounOf(symbol->kind), wanted.noun)
        .Label(NameSpan(*symbol), "declared here")
        .Help(NearestOfKind(context, module, path, wanted))
        .To(context.sink);
    return nullptr;
  }
  if (symbol->kind == EntityKind::Control) context.model.controls[model::ControlId{symbol->index}].is_named = true;
  return symbol;
}

std::optional<ModuleIndex> ResolveModule(Context& context, const NamePath& path) {
  const std::string text = path.Joined();
  const auto found = context.names.modules.find(text);
  if (found != context.names.modules.end()) return found->second;
  std::vector<std::string_view> candidates;
  for (const auto& [name, index] : context.names.modules) candidates.push_back(name);
  std::sort(candidates.begin(), candidates.end());
  if (context.program.is_complete) {
    context.ReportOnce("module " + text, Diagnose<DiagKind::ModuleUnknown>(path.span, text)
                                             .Help(DidYouMean(text, candidates, "write `import " + text + "`")));
  }
  return std::nullopt;
}

// `Release a payment` as a name: release_a_payment.
std::string NameOfTitle(std::string_view title) {
  std::string name;
  for (const char c : title) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += is_letter ? static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c) : '_';
  }
  return name;
}

// A declaration whose name could not be read declares one of the unknown names: the one
// nearest to its title. The mistake has been reported there.
std::vector<bool> FindLostNames(Context& context) {
  const std::vector<UnknownName>& unknown = context.names.unknown;
  std::vector<bool> is_lost(unknown.size(), false);
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex) {
    const bool is_nameless = declaration.is_damaged && declaration.name.text.empty() && declaration.title &&
                             declaration.kind != ast::DeclarationKind::Claims && declaration.kind != ast::DeclarationKind::Test;
    if (!is_nameless) return;
    const std::string wanted = NameOfTitle(declaration.title->value);
    size_t best = unknown.size();
    uint32_t best_distance = 0xffffffff;
    for (size_t i = 0; i < unknown.size() && i < kMaxSuggestions; ++i) {
      const uint32_t distance = EditDistance(unknown[i].text, wanted, 200);
      if (is_lost[i] || distance >= best_distance) continue;
      best = i;
      best_distance = distance;
    }
    if (best < unknown.size()) is_lost[best] = true;
  });
  return is_lost;
}

// `pay/post`, the name of a rule that has none of its own, exists only while both sides do.
bool IsNameOfSides(const UnknownName& unknown) { return unknown.text.find('/') != std::string::npos; }

// Whether something else is wrong that may be why a rule without a name is not there.
bool MayLackRules(Context& context) {
  bool is_damaged = !context.program.is_complete;
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex) { is_damaged |= declaration.is_damaged; });
  return is_damaged || !std::ranges::all_of(context.names.unknown, IsNameOfSides);
}

void ReportUnknownNames(Context& context) {
  const std::vector<bool> is_lost = FindLostNames(context);
  const bool lacks_scale = context.causes.Has(std::string(kScaleMissing) + "risk") ||
                           context.causes.Has(std::string(kScaleMissing) + "access");
  const bool may_lack_rules = MayLackRules(context);
  for (size_t i = 0; i < context.names.unknown.size(); ++i) {
    const UnknownName& unknown = context.names.unknown[i];
    if (is_lost[i] || (may_lack_rules && IsNameOfSides(unknown))) continue;
    if (lacks_scale && unknown.wanted_kinds == kScale.kinds) continue;  // one scale is missing, said once
    std::string_view nearest;
    const unsigned max_distance = context.has_lost_text ? kSureDistance : 8;
    for (EntityKinds kinds : {unknown.wanted_kinds, kAnything.kinds}) {
      if (!nearest.empty() || i >= kMaxSuggestions) continue;
      std::vector<std::string_view> names = VisibleNames(context, unknown.module, kinds);
      std::erase_if(names, [&](std::string_view name) {
        return std::find(unknown.not_meant.begin(), unknown.not_meant.end(), name) != unknown.not_meant.end();
      });
      nearest = Nearest(unknown.text, names, max_distance);
    }
    if (context.has_lost_text && nearest.empty()) continue;
    auto diagnostic = Diagnose<DiagKind::NameUnknown>(unknown.places.front(), unknown.text);
    for (size_t k = 1; k < unknown.places.size(); ++k) {
      diagnostic = std::move(diagnostic).Label(unknown.places[k], "and here");
    }
    if (!nearest.empty()) {
      for (Span place : unknown.places) diagnostic = std::move(diagnostic).Fix(place, SpellName(nearest));
    }
    std::move(diagnostic).Help(HelpFor(context, unknown, nearest)).To(context.sink);
  }
}

}  // namespace sodc::sema
