// `finding CODE SEVERITY` in the policy, `allow CODE because "…"` in a declaration.
#include <unordered_map>

#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::FindingSeverity;

constexpr Word<FindingSeverity> kSeverities[] = {{"note", FindingSeverity::Note},
                                                 {"warning", FindingSeverity::Warning},
                                                 {"error", FindingSeverity::Error}};

// `SOD2001`, `SOD1320` → the kind; anything that is no finding is reported.
std::optional<DiagKind> FindingOf(Context& context, const NamePath& path) {
  const std::string text = path.Joined();
  const auto kind = FindKind(text);
  if (kind && IsFinding(*kind) && text == CodeOf(*kind)) return kind;
  auto diagnostic = Diagnose<DiagKind::FindingUnknown>(path.span, text);
  if (kind && IsFinding(*kind)) {
    diagnostic = std::move(diagnostic).Help("a finding is named by its code").Fix(path.span, CodeOf(*kind));
  } else if (kind) {
    diagnostic = std::move(diagnostic).Help("it is about the language and stays as it is; findings are SOD2001 and further");
  } else {
    diagnostic = std::move(diagnostic).Help("findings are SOD2001 and further; docs/diagnostics.md lists them");
  }
  std::move(diagnostic).To(context.sink);
  return std::nullopt;
}

std::optional<NamePath> PathAt(const ast::Attribute& attribute, size_t index) {
  return index < attribute.values.size() ? PathOf(attribute.values[index]) : std::nullopt;
}

bool IsLowered(DiagKind kind, FindingSeverity severity) {
  return DefaultSeverity(kind) == Severity::Error && severity != FindingSeverity::Error;
}

void CollectSettings(Context& context, const ast::Declaration& policy) {
  std::unordered_map<uint16_t, Span> first_of;
  for (const ast::Attribute& attribute : policy.attributes) {
    if (attribute.kind != AttributeKind::Finding) continue;
    const auto code = PathAt(attribute, 0);
    const auto word = PathAt(attribute, 1);
    if (!code || !word) continue;
    const auto kind = FindingOf(context, *code);
    const auto severity = WordOf(context, *word, "severity", kSeverities);
    if (!kind || !severity) continue;
    const auto [first, is_new] = first_of.emplace(NumberOf(*kind), attribute.span);
    if (!is_new) {
      Diagnose<DiagKind::AttributeRepeated>(attribute.span, "finding " + CodeOf(*kind))
          .Label(first->second, "first stated here")
          .Help("keep one of them")
          .To(context.sink);
      continue;
    }
    const std::string because = TextOf(Find(attribute.nested, AttributeKind::Because));
    if (IsLowered(*kind, *severity) && because.empty()) {
      Diagnose<DiagKind::FindingReasonMissing>(attribute.span, CodeOf(*kind)).Help("add `because \"…\"`").To(context.sink);
    }
    context.model.finding_settings.push_back({NumberOf(*kind), *severity, because, attribute.span});
  }
}

void CollectAllowances(Context& context, const ast::Declaration& declaration) {
  for (const ast::Attribute& attribute : declaration.attributes) {
    if (attribute.kind != AttributeKind::Allow) continue;
    const auto code = PathAt(attribute, 0);
    const auto kind = code ? FindingOf(context, *code) : std::nullopt;
    if (!kind) continue;
    context.model.finding_allowances.push_back({NumberOf(*kind), TextOf(Find(attribute.nested, AttributeKind::Because)),
                                                attribute.span, declaration.span});
  }
}

}  // namespace

void CollectFindingSettings(Context& context) {
  if (context.policy != nullptr) CollectSettings(context, *context.policy);
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    if (!context.program.modules[module].is_standard_library) CollectAllowances(context, declaration);
  });
}

}  // namespace sodc::sema
