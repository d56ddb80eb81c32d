// Declared entitlements, and rows for those that are named raw.
#include "compiler/sema/entitlements.h"

#include <algorithm>

#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::SetExpression;
using model::EntitlementId;

constexpr Wanted kEntitlement{Bit(EntityKind::Entitlement), "an entitlement"};

EntitlementFacts& FactsOf(Context& context, EntitlementId id) {
  auto& facts = context.entitlement_facts;
  if (facts.size() < context.model.entitlements.size()) facts.resize(context.model.entitlements.size());
  return facts[id.index];
}

const ast::Text* FirstText(const ast::Attribute* attribute) {
  return attribute == nullptr ? nullptr : sema::FirstText(*attribute);
}

// Exact names beside patterns would be read as patterns.
void CheckExactNames(Context& context, const PatternWords& words, const Attributes& attributes) {
  const ast::Attribute* pattern = Find(attributes, AttributeKind::Pattern);
  const ast::Attribute* exact = Find(attributes, AttributeKind::Exact);
  if (pattern == nullptr || exact == nullptr) return;
  for (const ast::Value& value : exact->values) {
    const auto* text = std::get_if<ast::Text>(&value);
    if (text == nullptr || !HasWildcard(words, text->value)) continue;
    Diagnose<DiagKind::ExactBesidePattern>(text->span, text->value)
        .Label(pattern->keyword_span, "the patterns")
        .Help("declare the exact name as an entitlement of its own and join both with `means`")
        .To(context.sink);
  }
}

void CheckPatterns(Context& context, const model::System& system, const Attributes& attributes) {
  if (!system.wildcard.empty()) return;
  for (const AttributeKind kind : {AttributeKind::Pattern, AttributeKind::Except}) {
    const ast::Text* text = FirstText(Find(attributes, kind));
    if (text == nullptr) continue;
    Diagnose<DiagKind::SystemHasNoWildcard>(text->span, system.common.name, text->value)
        .Label(system.common.span, "declared here with `wildcard \"\"`")
        .Help("write `exact`, or state the wildcard of the system")
        .To(context.sink);
    return;
  }
}

void CheckSystem(Context& context, const Symbol& symbol, const model::Entitlement& entitlement) {
  const Attributes& attributes = symbol.declaration->attributes;
  if (entitlement.system.is_valid()) {
    const model::System& system = context.model.systems[entitlement.system];
    CheckExactNames(context, WordsOf(system), attributes);
    return CheckPatterns(context, system, attributes);
  }
  if (entitlement.names.empty() || Find(attributes, AttributeKind::On) != nullptr) return;
  Diagnose<DiagKind::EntitlementWithoutSystem>(NameSpan(symbol), entitlement.common.name)
      .Help("write `on system` in its body: names mean something in one system")
      .To(context.sink);
}

void ResolveDeclared(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  const EntitlementId id{symbol.index};
  if (const auto path = FirstPath(Find(attributes, AttributeKind::On))) {
    context.model.entitlements[id].system = ResolveTo<model::System>(context, symbol.module, *path, kSystem);
  }
  model::Entitlement& entitlement = context.model.entitlements[id];
  entitlement.names = TextsOf(attributes, AttributeKind::Exact);
  for (std::string& pattern : TextsOf(attributes, AttributeKind::Pattern)) {
    entitlement.names.push_back(std::move(pattern));
    entitlement.is_pattern = true;
  }
  entitlement.excepts = TextsOf(attributes, AttributeKind::Except);
  CheckSystem(context, symbol, entitlement);
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != AttributeKind::Where || attribute.values.empty()) continue;
    const ast::Condition* condition = ast::AsCondition(attribute.values.front());
    if (condition == nullptr) continue;
    CheckFieldTests(context, *condition);
    FactsOf(context, id).where.push_back(condition);
  }
}

std::string Quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// The row of that unique name, made by `make` when it is new.
template <typename Make>
EntitlementId RawRow(Context& context, const std::string& name, Span span, Make make) {
  const auto [place, is_new] = context.raw_entitlements.try_emplace(name, 0);
  if (is_new) {
    model::Entitlement row = make();
    row.common.name = row.common.title = name;
    row.common.span = span;
    row.is_declared = false;
    place->second = context.model.entitlements.Add(std::move(row)).index;
  }
  return EntitlementId{place->second};
}

EntitlementId RawEntitlement(Context& context, ModuleIndex module, const NamePath& path, const ast::Text& text) {
  const auto system = ResolveTo<model::System>(context, module, path, kSystem);
  if (!system.is_valid()) return {};
  const std::string name = context.model.systems[system].common.name + ':' + Quoted(text.value);
  return RawRow(context, name, path.span.Cover(text.span), [&] {
    model::Entitlement row;
    row.system = system;
    row.names = {text.value};
    row.is_pattern = HasWildcard(WordsOf(context.model.systems[system]), text.value);
    return row;
  });
}

// `grants e with activity "01"`: those uses of it alone.
EntitlementId Narrowed(Context& context, EntitlementId whole, const std::vector<model::EntitlementField>& fields) {
  std::string name = context.model.entitlements[whole].common.name;
  for (const model::EntitlementField& field : fields) {
    name += (&field == &fields.front() ? " with " : " and ") + field.name;
    for (const std::string& value : field.values) name += (&value == &field.values.front() ? " " : ", ") + Quoted(value);
  }
  const EntitlementId id = RawRow(context, name, context.model.entitlements[whole].common.span, [&] {
    model::Entitlement row = context.model.entitlements[whole];
    row.common.description.clear();
    row.fields = fields;
    return row;
  });
  const std::vector<const ast::Condition*> where = FactsOf(context, whole).where;
  EntitlementFacts& facts = FactsOf(context, id);
  facts.where = where;
  facts.narrowed = whole;
  return id;
}

EntitlementId Note(Context& context, EntitlementId id, EntitlementUse use, Span span) {
  if (!id.is_valid()) return id;
  EntitlementFacts& facts = FactsOf(context, id);
  if (std::ranges::find(facts.users, span.file) == facts.users.end()) facts.users.push_back(span.file);
  if (use == EntitlementUse::Demanded && !facts.use.is_valid()) facts.use = span;
  (use == EntitlementUse::Granted ? facts.is_granted : facts.is_demanded) = true;
  return id;
}

void Flatten(const SetExpression& expression, std::vector<const SetExpression*>& items) {
  if (expression.kind != SetExpression::Kind::Union) return items.push_back(&expression);
  for (const SetExpression& operand : expression.operands) Flatten(operand, items);
}

void CheckHeldWhole(Context& context, const ast::Attribute& attribute) {
  for (const ast::Attribute& clause : attribute.nested) {
    if (clause.kind != AttributeKind::At && clause.kind != AttributeKind::As) continue;
    Diagnose<DiagKind::EntitlementHeldWhole>(clause.keyword_span, ast::Spelling(clause.kind))
        .Help("what an entitlement confers is held in full; grant the duty itself where it is not")
        .To(context.sink);
  }
}

}  // namespace

PatternWords WordsOf(const model::System& system) { return {system.wildcard, system.separator, system.ignores_case}; }

void ResolvePatternWords(Context& context) {
  ForEachSymbol(context, {EntityKind::System}, [&](const Symbol& symbol) {
    const Attributes& attributes = symbol.declaration->attributes;
    model::System& system = context.model.systems[model::SystemId{symbol.index}];
    if (const ast::Attribute* wildcard = Find(attributes, AttributeKind::Wildcard)) system.wildcard = TextOf(wildcard);
    system.separator = TextOf(Find(attributes, AttributeKind::Separator));
  });
}

void ResolveEntitlements(Context& context) {
  context.entitlement_facts.resize(context.model.entitlements.size());
  ForEachSymbol(context, {EntityKind::Entitlement}, [&](const Symbol& symbol) { ResolveDeclared(context, symbol); });
}

EntitlementId ResolveEntitlement(Context& context, ModuleIndex module, const NamePath& path, const ast::Text* name,
                                 EntitlementUse use) {
  if (name != nullptr) {
    return Note(context, RawEntitlement(context, module, path, *name), use, path.span.Cover(name->span));
  }
  const Symbol* symbol = Lookup(context, module, path);
  if (symbol != nullptr && symbol->kind == EntityKind::System) {
    Diagnose<DiagKind::SystemIsNoEntitlement>(path.span, path.Joined())
        .Label(NameSpan(*symbol), "declared here")
        .Help("write the permission behind it: `" + path.Joined() + " \"XK01\"`")
        .To(context.sink);
    return {};
  }
  return Note(context, ResolveTo<model::Entitlement>(context, module, path, kEntitlement), use, path.span);
}

EntitlementId ResolveEntitlement(Context& context, ModuleIndex module, const SetExpression& expression,
                                 EntitlementUse use) {
  if (expression.kind != SetExpression::Kind::Entitlement || !expression.ref) return {};
  const ast::Text* name = expression.text ? &*expression.text : nullptr;
  return ResolveEntitlement(context, module, PathOf(*expression.ref), name, use);
}

std::vector<const SetExpression*> ItemsOf(const SetExpression& expression) {
  std::vector<const SetExpression*> items;
  Flatten(expression, items);
  for (const SetExpression* item : items) {
    if (item->kind == SetExpression::Kind::Entitlement) return items;
  }
  return {&expression};
}

std::vector<const SetExpression*> ItemsOf(const ast::Attribute& attribute) {
  std::vector<const SetExpression*> items;
  for (const ast::Value& value : attribute.values) {
    const SetExpression* expression = ast::AsSet(value);
    if (expression == nullptr) continue;
    for (const SetExpression* item : ItemsOf(*expression)) items.push_back(item);
  }
  return items;
}

EntitlementId GrantedEntitlement(Context& context, ModuleIndex module, const ast::Attribute& attribute,
                                 const SetExpression& item) {
  const EntitlementId id = ResolveEntitlement(context, module, item, EntitlementUse::Granted);
  const std::vector<model::EntitlementField> fields = GivenFields(attribute.nested);
  if (!id.is_valid() || fields.empty()) return id;
  return Note(context, Narrowed(context, id, fields), EntitlementUse::Granted, item.span);
}

void CheckGrantClauses(Context& context, const ast::Attribute& attribute,
                       const std::vector<const SetExpression*>& items) {
  for (const SetExpression* item : items) {
    if (item->kind == SetExpression::Kind::Entitlement) return CheckHeldWhole(context, attribute);
  }
  const ast::Attribute* with = Find(attribute.nested, AttributeKind::With);
  if (with == nullptr) return;
  Diagnose<DiagKind::FieldsWithoutEntitlement>(with->keyword_span)
      .Help("write `grants entitlement sap \"F_LFA1\" with activity \"01\"`")
      .To(context.sink);
}

}  // namespace sodc::sema
