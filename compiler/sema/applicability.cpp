// When a rule applies: `same d`, `across d`, `only in d v`, and `per shipment`.
#include "compiler/sema/holdings.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

void SetMatch(Context& context, ModuleIndex module, const ast::Attribute* attribute, model::ScopeMatch match,
              Applicability& applies) {
  const auto path = FirstPath(attribute);
  if (!path) return;
  const auto dimension = ResolveTo<model::ScopeDimension>(context, module, *path, kScope);
  if (!dimension.is_valid()) return;
  applies.match = match;
  applies.dimension = dimension;
}

constexpr Wanted kObject{Bit(EntityKind::Object), "an object, `object`, `session`, `account` or `unit`"};

// Whose holdings count, or on one of what the rule holds. An object may be called `session`:
// it is then the object that is meant.
void SetPer(Context& context, ModuleIndex module, const ast::Attribute& attribute, Applicability& applies) {
  const auto path = FirstPath(&attribute);
  if (!path) return;
  const Symbol* symbol = Lookup(context, module, *path);
  const std::string word = symbol == nullptr ? path->Joined() : std::string();
  if (word == "session") {
    applies.moment = model::Moment::Session;
  } else if (word == "account") {
    applies.subject = model::RuleSubject::Account;
  } else if (word == "unit") {
    applies.subject = model::RuleSubject::Unit;
  } else if (word == "object") {
    applies.moment = model::Moment::Object;
    applies.per_object = attribute.span;
  } else {
    applies.moment = model::Moment::Object;
    applies.per = ResolveTo<model::Provision>(context, module, *path, kObject);
  }
}

const std::vector<const Symbol*>& DutySymbols(Context& context) {
  if (!context.duty_symbols.empty()) return context.duty_symbols;
  context.duty_symbols.resize(context.model.duties.size());
  for (const Symbol& symbol : context.names.symbols) {
    if (symbol.kind == EntityKind::Duty) context.duty_symbols[symbol.index] = &symbol;
  }
  return context.duty_symbols;
}

// The kind that the duty names with this word, `on` or `creates`, or none.
model::ProvisionId ObjectNamed(Context& context, model::DutyId duty, AttributeKind word) {
  const Symbol* symbol = DutySymbols(context)[duty.index];
  if (symbol == nullptr) return {};
  const auto path = FirstPath(Find(symbol->declaration->attributes, word));
  const Symbol* object = path ? Lookup(context, symbol->module, *path) : nullptr;
  return object != nullptr && object->kind == EntityKind::Object ? model::ProvisionId{object->index} : model::ProvisionId{};
}

}  // namespace

model::ProvisionId ObjectOf(Context& context, model::DutyId duty) { return ObjectNamed(context, duty, AttributeKind::On); }

void AddCreators(Context& context, model::Being& being) {
  std::vector<model::DutyId> creators;
  for (uint32_t row = 0; row < context.model.duties.size(); ++row) {
    if (ObjectNamed(context, model::DutyId{row}, AttributeKind::Creates) == being.object) creators.push_back(model::DutyId{row});
  }
  being.SetCreators(std::move(creators), ResolveLevel(context, std::nullopt, LevelUse::Trigger));
}

bool FindObject(Context& context, const std::vector<model::ConflictSide>& sides, Applicability& applies) {
  if (!applies.per_object.is_valid()) return applies.moment != model::Moment::Object || applies.per.is_valid();
  const auto refuse = [&](std::string why, std::string help) {
    Diagnose<DiagKind::ObjectOfNoDuty>(applies.per_object, why).Help(std::move(help)).To(context.sink);
    return false;
  };
  const model::SideElement* first = nullptr;
  for (const model::ConflictSide& side : sides) {
    for (const model::SideElement& element : side.elements) {
      const auto* duty = std::get_if<model::DutyId>(&element.what);
      if (duty == nullptr) continue;
      const model::ProvisionId object = ObjectOf(context, *duty);
      const std::string name = NameOf(context, element);
      if (!object.is_valid()) return refuse("`" + name + "` declares none", "write `on kind` in the duty, or name the kind here: `per kind`");
      if (applies.per.is_valid() && applies.per != object) {
        return refuse("`" + name + "` is on another one than `" + NameOf(context, *first) + "`",
                      "name the kind here: `per kind`; what is part of an object counts for it");
      }
      applies.per = object;
      if (first == nullptr) first = &element;
    }
  }
  return applies.per.is_valid() || refuse("this rule has no duty", "name the kind here: `per kind`");
}

model::Unevaluated WhyNotJudged(const Applicability& applies, const std::vector<model::ConflictSide>& sides) {
  for (const model::ConflictSide& side : sides) {
    for (const model::SideElement& element : side.elements) {
      const auto* being = std::get_if<model::Being>(&element.what);
      if (being == nullptr) continue;
      // Nothing creates such objects: whose they are is known only when something is done. One thing that is all of
      // several has no limit of its own.
      const bool is_one_of_all = side.quantifier == model::SideQuantifier::All && being->creators().size() > 1;
      if (being->creators().empty() || is_one_of_all) return model::Unevaluated::Self;
    }
  }
  return applies.subject == model::RuleSubject::Unit ? model::Unevaluated::Unit : model::Unevaluated::None;
}

Applicability ApplicabilityOf(Context& context, ModuleIndex module, const Attributes& attributes) {
  Applicability applies;
  SetMatch(context, module, Find(attributes, AttributeKind::Same), model::ScopeMatch::Same, applies);
  SetMatch(context, module, Find(attributes, AttributeKind::Across), model::ScopeMatch::Across, applies);
  if (const ast::Attribute* per = Find(attributes, AttributeKind::Per)) SetPer(context, module, *per, applies);
  if (const ast::Attribute* only = Find(attributes, AttributeKind::OnlyIn)) {
    applies.only_in = ScopeOf(context, module, only->nested);
  }
  applies.counting = CountingOf(context, attributes);
  return applies;
}

}  // namespace sodc::sema
