#include "compiler/sema/live_values.h"

#include <array>

namespace sodc::sema {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kLiteral = "{{{{";
constexpr std::string_view kClose = "}}";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::string TitleOf(const Context& context, model::ActorId actor) {
  return actor.is_valid() ? context.model.actors[actor].common.title : std::string();
}

std::string TitleOf(const Context& context, model::ScaleMemberId member) {
  return member.is_valid() ? context.model.scale_members[member].common.title : std::string();
}

std::optional<std::string> CommonValue(const model::Common& common, std::string_view property) {
  if (property.empty() || property == "title") return common.title;
  if (property == "name") return common.name;
  if (property == "description") return common.description;
  return std::nullopt;
}

std::optional<std::string> PolicyValue(const Context& context, std::string_view property) {
  const model::Policy& policy = context.model.policy;
  if (const auto value = CommonValue(policy.common, property)) return value;
  if (property == "revision") return std::to_string(policy.revision);
  if (property == "language") return std::to_string(policy.language);
  if (property == "version") return policy.version;
  if (property == "classification") return policy.classification;
  if (property == "organization") return policy.organization;
  if (property == "legal") return policy.organization_legal;
  if (property == "author") return TitleOf(context, policy.author);
  if (property == "approver") return TitleOf(context, policy.approver);
  if (property == "owner") return TitleOf(context, policy.owner);
  if (property == "appetite") return TitleOf(context, policy.appetite);
  return std::nullopt;
}

std::optional<std::string> DocumentValue(const DocumentScope& scope, std::string_view property) {
  if (scope.document == nullptr) return std::nullopt;
  const model::Document& document = *scope.document;
  if (const auto value = CommonValue(document.common, property)) return value;
  if (property == "identifier") return document.identifier;
  if (property == "version") return document.version;
  if (property == "classification") return document.classification;
  if (property == "effective" && document.effective) return PrintDate(scope, *document.effective);
  return std::nullopt;
}

std::optional<std::string> ConflictValue(const Context& context, const Symbol& symbol, std::string_view property) {
  const auto found = context.conflicts_by_name.find(symbol.declaration->name.text);
  if (found == context.conflicts_by_name.end()) return property.empty() ? std::optional(symbol.declaration->name.text) : std::nullopt;
  const model::Conflict& conflict = context.model.conflicts[model::ConflictId{found->second}];
  if (property == "because") return conflict.because;
  if (property == "advice") return conflict.advice;
  if (property == "risk") return TitleOf(context, conflict.risk);
  if (property == "owner") return TitleOf(context, conflict.owner);
  return CommonValue(conflict.common, property);
}

std::optional<std::string> DutyValue(const Context& context, uint32_t index, std::string_view property) {
  const model::Duty& duty = context.model.duties[model::DutyId{index}];
  if (property == "letter") return duty.letter;
  if (property == "class") return TitleOf(context, duty.duty_class);
  return CommonValue(duty.common, property);
}

std::optional<std::string> FrameworkValue(const Context& context, uint32_t index, std::string_view property) {
  const model::Framework& framework = context.model.frameworks[model::FrameworkId{index}];
  if (property == "edition") return framework.edition;
  if (property == "source") return framework.source;
  return CommonValue(framework.common, property);
}

std::optional<std::string> EntityValue(const Context& context, const Symbol& symbol, std::string_view property) {
  const model::Model& model = context.model;
  const uint32_t index = symbol.index;
  switch (symbol.kind) {
    case EntityKind::Scale: return CommonValue(model.scales[model::ScaleId{index}].common, property);
    case EntityKind::Duty: return DutyValue(context, index, property);
    case EntityKind::Group: return CommonValue(model.groups[model::GroupId{index}].common, property);
    case EntityKind::Person:
    case EntityKind::Team:
    case EntityKind::External:
    case EntityKind::Service:
    case EntityKind::Tool:
    case EntityKind::Agent: return CommonValue(model.actors[model::ActorId{index}].common, property);
    case EntityKind::System: return CommonValue(model.systems[model::SystemId{index}].common, property);
    case EntityKind::Role: return CommonValue(model.roles[model::RoleId{index}].common, property);
    case EntityKind::Control: return CommonValue(model.controls[model::ControlId{index}].common, property);
    case EntityKind::Framework: return FrameworkValue(context, index, property);
    case EntityKind::Document: return CommonValue(model.documents[index].common, property);
    case EntityKind::Scope: return CommonValue(model.scope_dimensions[model::ScopeDimensionId{index}].common, property);
    case EntityKind::Entitlement: return CommonValue(model.entitlements[model::EntitlementId{index}].common, property);
    case EntityKind::Conflict: return ConflictValue(context, symbol, property);
    default: return CommonValue(model.provisions[model::ProvisionId{index}].common, property);
  }
}

std::vector<ast::Name> SplitPath(std::string_view path) {
  std::vector<ast::Name> parts(1);
  for (char c : path) {
    if (c == '.') {
      parts.emplace_back();
    } else if (c != '`') {
      parts.back().text += c;
    }
  }
  return parts;
}

// Where the n-th opening of a live value stands in the source of the text.
Span PlaceOf(const Context& context, const ast::Text& text, size_t n, std::string_view path) {
  const std::string_view raw = context.sources.Text(text.span);
  size_t at = 0;
  while ((at = raw.find(kOpen, at)) != std::string_view::npos) {
    if (raw.substr(at, kLiteral.size()) == kLiteral) {
      at += kLiteral.size();
      continue;
    }
    if (n-- == 0) break;
    at += kOpen.size();
  }
  if (at == std::string_view::npos) return text.span;
  const size_t begin = path.empty() ? at : raw.find(path, at);
  const uint32_t first = text.span.begin + static_cast<uint32_t>(begin == std::string_view::npos ? at : begin);
  return {text.span.file, first, first + static_cast<uint32_t>(path.empty() ? kOpen.size() : path.size())};
}

constexpr std::string_view kFixedPaths[] = {
    "policy.title",    "policy.revision",  "policy.version",     "policy.organization", "policy.legal",
    "policy.author",   "policy.approver",  "policy.owner",       "policy.appetite",     "policy.classification",
    "document.title",  "document.version", "document.effective", "document.identifier", "document.classification"};

// A name that is not declared is reported with all its other uses; what else is
// wrong with a path, here.
void ReportUnknown(Context& context, const DocumentScope& scope, std::string_view path, Span place) {
  const std::vector<std::string_view> candidates(std::begin(kFixedPaths), std::end(kFixedPaths));
  std::vector<ast::Name> parts = SplitPath(path);
  parts.resize(1);
  parts.front().span = {place.file, place.begin, place.begin + static_cast<uint32_t>(parts.front().text.size())};
  const std::string owner = parts.front().text;
  const bool is_declared = owner == "policy" || owner == "document" || Lookup(context, scope.module, PathOf(parts.front()));
  if (!is_declared && !owner.empty() && Nearest(path, candidates).empty()) {
    return RecordUnknown(context, scope.module, PathOf(parts.front()), kAnything.kinds);
  }
  Diagnose<DiagKind::LiveValueUnknown>(place, path)
      .Help(DidYouMean(path, candidates, is_declared ? "`" + owner + "` has no value of that name here"
                                                     : "name something declared, or write `{{{{` for two plain braces"))
      .To(context.sink);
}

}  // namespace

std::string PrintDate(const DocumentScope& scope, Date date) {
  constexpr std::array<std::string_view, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                        "July",    "August",   "September", "October", "November", "December"};
  if (scope.document == nullptr || scope.document->date_style == model::DateStyle::Iso) return ToString(date);
  std::string text(kMonths[static_cast<size_t>(date.month - 1)]);
  if (!date.is_month()) text += ' ' + std::to_string(date.day) + ',';
  return text + ' ' + std::to_string(date.year);
}

std::optional<std::string> LiveValue(const Context& context, const DocumentScope& scope, std::string_view path) {
  const std::vector<ast::Name> parts = SplitPath(path);
  const std::string_view property = parts.size() == 2 ? std::string_view(parts[1].text) : std::string_view();
  if (parts.front().text == "policy") return parts.size() > 2 ? std::nullopt : PolicyValue(context, property);
  if (parts.front().text == "document") return parts.size() > 2 ? std::nullopt : DocumentValue(scope, property);
  const llvm::ArrayRef<ast::Name> all(parts);
  if (const Symbol* symbol = Lookup(context, scope.module, {all, {}})) return EntityValue(context, *symbol, "");
  if (parts.size() < 2) return std::nullopt;
  const Symbol* symbol = Lookup(context, scope.module, {all.drop_back(), {}});
  if (symbol == nullptr || parts.back().text.empty()) return std::nullopt;
  return EntityValue(context, *symbol, parts.back().text);
}

std::string FillIn(Context& context, const DocumentScope& scope, const ast::Text& text) {
  const std::string_view value = text.value;
  std::string filled;
  size_t at = 0;
  for (size_t n = 0;;) {
    const size_t open = value.find(kOpen, at);
    filled += value.substr(at, open - at);
    if (open == std::string_view::npos) return filled;
    if (value.substr(open, kLiteral.size()) == kLiteral) {
      filled += kOpen;
      at = open + kLiteral.size();
      continue;
    }
    const size_t close = value.find(kClose, open);
    if (close == std::string_view::npos) {
      Diagnose<DiagKind::LiveValueUnclosed>(PlaceOf(context, text, n, ""))
          .Help("write `{{{{` for two plain braces")
          .To(context.sink);
      return filled;
    }
    const std::string_view path = Trim(value.substr(open + kOpen.size(), close - open - kOpen.size()));
    if (const auto live = LiveValue(context, scope, path)) {
      filled += *live;
    } else {
      ReportUnknown(context, scope, path, PlaceOf(context, text, n, path));
    }
    ++n;
    at = close + kClose.size();
  }
}

}  // namespace sodc::sema
