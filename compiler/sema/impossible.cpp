// What cannot be as it is written: circles of what must end, and more holders than there may be.
// What two duties require of each other is no circle of these: each needs the other (docs/decisions/0074).
#include <unordered_map>

#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

// Things of one kind, and from each to those that its attribute names.
template <DiagKind kDiagnostic>
void ReportCircles(Context& context, EntityKind kind, AttributeKind attribute, std::string_view help) {
  std::vector<const Symbol*> nodes;
  std::unordered_map<const ast::Declaration*, uint32_t> numbers;
  ForEachSymbol(context, {kind}, [&](const Symbol& symbol) {
    numbers[symbol.declaration] = static_cast<uint32_t>(nodes.size());
    nodes.push_back(&symbol);
  });
  Edges edges(nodes.size());
  for (size_t i = 0; i < nodes.size(); ++i) {
    ForEachPath(nodes[i]->declaration->attributes, attribute, [&](const NamePath& path) {
      const Symbol* target = Lookup(context, nodes[i]->module, path);
      const auto number = target == nullptr ? numbers.end() : numbers.find(target->declaration);
      if (number != numbers.end()) edges[i].push_back(number->second);
    });
  }
  const auto name_of = [&](uint32_t node) { return nodes[node]->declaration->name.text; };
  for (const auto& circle : SortGraph(edges).cycles) {
    auto diagnostic = Diagnose<kDiagnostic>(NameSpan(*nodes[circle.front()]), name_of(circle.front()), ChainText(circle, name_of));
    for (size_t i = 1; i < circle.size() && i < 8; ++i) {
      diagnostic = std::move(diagnostic).Label(NameSpan(*nodes[circle[i]]), "on the way");
    }
    std::move(diagnostic).Help(std::string(help)).To(context.sink);
  }
}

const ast::Integer* NumberOf(const ast::Attribute* attribute) {
  return attribute == nullptr || attribute->values.empty() ? nullptr : std::get_if<ast::Integer>(&attribute->values.front());
}

void CheckHolders(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  const ast::Attribute* most = Find(attributes, AttributeKind::HoldersAtMost);
  const ast::Attribute* least = Find(attributes, AttributeKind::HoldersAtLeast);
  const ast::Integer* lower = NumberOf(least);
  const ast::Integer* upper = NumberOf(most);
  if (lower == nullptr || upper == nullptr || lower->value <= upper->value) return;
  Diagnose<DiagKind::HoldersImpossible>(most->span, symbol.declaration->name.text, lower->value, upper->value)
      .Label(least->span, "asks for more")
      .Help("write the smaller number behind `at least`")
      .To(context.sink);
}

}  // namespace

void RefuseImpossible(Context& context) {
  ReportCircles<DiagKind::UnitInCircle>(context, EntityKind::Unit, AttributeKind::Within, "take one of these units out of a `within`");
  ReportCircles<DiagKind::ControlInCircle>(context, EntityKind::Control, AttributeKind::DependsOn, "take one of these names out of a `depends on`");
  ReportCircles<DiagKind::ObjectInCircle>(context, EntityKind::Object, AttributeKind::PartOf, "take one of these objects out of a `part of`");
  ReportCircles<DiagKind::ReportsInCircle>(context, EntityKind::Person, AttributeKind::ReportsTo, "somebody at the top reports to nobody: take out one `reports to`");
  ReportCircles<DiagKind::WaiverInCircle>(context, EntityKind::Waiver, AttributeKind::Renews, "the first waiver renews nothing: take out one `renews`");
  ForEachSymbol(context, {EntityKind::Duty, EntityKind::Role}, [&](const Symbol& symbol) { CheckHolders(context, symbol); });
}

}  // namespace sodc::sema
