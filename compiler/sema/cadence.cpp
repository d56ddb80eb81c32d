#include "compiler/sema/cadence.h"

#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::CadenceEvent;
using model::DurationUnit;

constexpr Word<model::Duration> kCadence[] = {
    {"hourly", {1, DurationUnit::Hour}},     {"daily", {1, DurationUnit::Day}},
    {"weekly", {1, DurationUnit::Week}},     {"monthly", {1, DurationUnit::Month}},
    {"quarterly", {3, DurationUnit::Month}}, {"yearly", {1, DurationUnit::Year}},
    {"annually", {1, DurationUnit::Year}},
};

CadenceEvent EventOf(AttributeKind clause) {
  switch (clause) {
    case AttributeKind::OnEach: return CadenceEvent::OnEach;
    case AttributeKind::AfterEach: return CadenceEvent::AfterEach;
    case AttributeKind::WhenChanges: return CadenceEvent::WhenChanges;
    default: return CadenceEvent::None;
  }
}

// What needs a day cannot wait for an event.
bool MustHaveDay(ast::DeclarationKind kind) {
  return kind == ast::DeclarationKind::Exemption || kind == ast::DeclarationKind::Grandfather;
}

void CheckDates(Context& context, const ast::Declaration& declaration, const ast::Attribute& cadence) {
  const ast::Attribute* event = EventClauseOf(cadence);
  if (event == nullptr) return;
  for (const AttributeKind kind : {AttributeKind::Next, AttributeKind::Months}) {
    const ast::Attribute* dated = Find(declaration.attributes, kind);
    if (dated == nullptr) continue;
    Diagnose<DiagKind::EventHasNoDate>(dated->span, ast::Spelling(kind))
        .Label(event->span, "what it waits for")
        .Help(MustHaveDay(declaration.kind) ? "it ends unless it is reviewed by a day: give it a period, such as `review every 6mo`"
                                            : "leave one of the two out")
        .To(context.sink);
    return;
  }
}

}  // namespace

std::vector<std::string_view> CadenceWords() {
  std::vector<std::string_view> words;
  for (const auto& word : kCadence) words.push_back(word.text);
  return words;
}

const ast::Attribute* EventClauseOf(const ast::Attribute& attribute) {
  for (const ast::Attribute& clause : attribute.nested) {
    if (EventOf(clause.kind) != CadenceEvent::None) return &clause;
  }
  return nullptr;
}

Cadence CadenceOf(Context& context, ModuleIndex module, const ast::Attribute* attribute) {
  if (attribute == nullptr) return {};
  if (const ast::Attribute* clause = EventClauseOf(*attribute)) {
    Cadence cadence;
    cadence.event = EventOf(clause->kind);
    const Wanted& wanted = cadence.event == CadenceEvent::WhenChanges ? kChanging : kEvent;
    if (const auto path = FirstPath(clause)) cadence.of = ResolveTo<model::Provision>(context, module, *path, wanted);
    return cadence;
  }
  if (const auto path = FirstPath(attribute)) {
    return {.period = WordOf(context, *path, "cadence", kCadence).value_or(model::Duration{})};
  }
  const ast::Attribute* every = Find(attribute->nested, AttributeKind::Every);
  return {.period = DurationOf(context, every == nullptr ? attribute : every).value_or(model::Duration{})};
}

void CheckCadences(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex) {
    for (const ast::Attribute& attribute : declaration.attributes) {
      const bool is_cadence = attribute.kind == AttributeKind::Cadence || attribute.kind == AttributeKind::Review;
      if (is_cadence) CheckDates(context, declaration, attribute);
    }
  });
}

}  // namespace sodc::sema
