// Documents: the tree of sections, texts, fields and tables.
#include "compiler/sema/live_values.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/tables.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::DocumentNode;
using model::DocumentNodeKind;

constexpr Word<model::DateStyle> kDateStyles[] = {{"iso", model::DateStyle::Iso},
                                                  {"long_us", model::DateStyle::LongUs}};
constexpr uint32_t kMaxDepth = 5;  // the table's field: sections in a section, four times

std::string LabelOf(Context& context, const DocumentScope& scope, const ast::Attribute& attribute) {
  const ast::Text* label = FirstText(attribute);
  return label == nullptr ? std::string() : FillIn(context, scope, *label);
}

void SetFieldValue(Context& context, const DocumentScope& scope, const ast::Attribute& attribute, DocumentNode& node) {
  if (attribute.values.size() < 2) return;
  const ast::Value& value = attribute.values[1];
  if (const auto* text = std::get_if<ast::Text>(&value)) {
    node.text = FillIn(context, scope, *text);
  } else if (const auto* literal = std::get_if<ast::DateLiteral>(&value)) {
    const auto date = DateOf(context, *literal);
    if (date) node.text = PrintDate(scope, *date);
  } else if (const auto path = PathOf(value)) {
    const auto live = LiveValue(context, scope, path->Joined());
    if (!live) Resolve(context, scope.module, *path, kAnything);
    node.text = live.value_or("");
  }
}

void SetLegend(Context& context, const DocumentScope& scope, const ast::Attribute& attribute, DocumentNode& node) {
  if (const auto path = FirstPath(&attribute)) {
    node.scale = ResolveTo<model::Scale>(context, scope.module, *path, kScale);
  }
}

std::optional<DocumentNodeKind> KindOf(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::Section: return DocumentNodeKind::Section;
    case AttributeKind::Text: return DocumentNodeKind::Text;
    case AttributeKind::Bullets: return DocumentNodeKind::Bullets;
    case AttributeKind::Field: return DocumentNodeKind::Field;
    case AttributeKind::Blank: return DocumentNodeKind::Blank;
    case AttributeKind::Legend: return DocumentNodeKind::Legend;
    case AttributeKind::Table: return DocumentNodeKind::Table;
    default: return std::nullopt;
  }
}

std::vector<DocumentNode> NodesOf(Context& context, const DocumentScope& scope, const Attributes& attributes,
                                  uint32_t depth);

DocumentNode NodeOf(Context& context, const DocumentScope& scope, const ast::Attribute& attribute,
                    DocumentNodeKind kind, uint32_t depth) {
  DocumentNode node;
  node.kind = kind;
  node.span = attribute.span;
  switch (kind) {
    case DocumentNodeKind::Section:
      node.label = LabelOf(context, scope, attribute);
      node.children = NodesOf(context, scope, attribute.nested, depth + 1);
      break;
    case DocumentNodeKind::Text:
      node.text = LabelOf(context, scope, attribute);
      break;
    case DocumentNodeKind::Bullets:
      for (const ast::Value& value : attribute.values) {
        if (const auto* text = std::get_if<ast::Text>(&value)) node.items.push_back(FillIn(context, scope, *text));
      }
      break;
    case DocumentNodeKind::Field:
      node.label = LabelOf(context, scope, attribute);
      SetFieldValue(context, scope, attribute, node);
      break;
    case DocumentNodeKind::Blank:
      node.label = LabelOf(context, scope, attribute);
      break;
    case DocumentNodeKind::Legend:
      SetLegend(context, scope, attribute, node);
      break;
    case DocumentNodeKind::Table:
      BuildTable(context, scope, attribute, node);
      break;
  }
  return node;
}

// INVARIANT: recursion ends at kMaxDepth.
std::vector<DocumentNode> NodesOf(Context& context, const DocumentScope& scope, const Attributes& attributes,
                                  uint32_t depth) {
  std::vector<DocumentNode> nodes;
  for (const ast::Attribute& attribute : attributes) {
    const auto kind = KindOf(attribute.kind);
    if (!kind) continue;
    if (depth > kMaxDepth) {
      Diagnose<DiagKind::SectionsTooDeep>(attribute.keyword_span, kMaxDepth)
          .Help("put it one section further out")
          .To(context.sink);
      return nodes;
    }
    nodes.push_back(NodeOf(context, scope, attribute, *kind, depth));
  }
  return nodes;
}

void BuildDocument(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  model::Document& document = context.model.documents[symbol.index];
  const DocumentScope scope{symbol.module, &document};
  document.identifier = TextOf(Find(attributes, AttributeKind::Identifier));
  document.version = TextOf(Find(attributes, AttributeKind::Version));
  document.classification = TextOf(Find(attributes, AttributeKind::Classification));
  document.references = TextsOf(attributes, AttributeKind::Reference);
  document.effective = DateOf(context, Find(attributes, AttributeKind::Effective));
  if (const auto path = FirstPath(Find(attributes, AttributeKind::Dates))) {
    document.date_style = WordOf(context, *path, "style of dates", kDateStyles).value_or(document.date_style);
  }
  AppendNames(context, symbol.module, attributes, AttributeKind::Frameworks, kFramework, document.frameworks);
  document.nodes = NodesOf(context, scope, attributes, 0);
}

}  // namespace

void BuildDocuments(Context& context) {
  ForEachSymbol(context, {EntityKind::Document}, [&](const Symbol& symbol) { BuildDocument(context, symbol); });
}

}  // namespace sodc::sema
