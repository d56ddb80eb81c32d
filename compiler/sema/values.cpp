#include "compiler/sema/values.h"

#include <algorithm>

#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

constexpr int64_t kMaxDurationCount = 0xffffff;  // the table's field

bool IsPlainName(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (name.empty() || !is_letter(name.front())) return false;
  return std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

model::DurationUnit UnitOf(ast::DurationUnit unit) {
  switch (unit) {
    case ast::DurationUnit::Hour: return model::DurationUnit::Hour;
    case ast::DurationUnit::Day: return model::DurationUnit::Day;
    case ast::DurationUnit::Week: return model::DurationUnit::Week;
    case ast::DurationUnit::Month: return model::DurationUnit::Month;
    case ast::DurationUnit::Year: return model::DurationUnit::Year;
  }
  return model::DurationUnit::Day;
}

const ast::DateLiteral* FirstDate(const ast::Attribute* attribute) {
  if (attribute == nullptr) return nullptr;
  for (const ast::Value& value : attribute->values) {
    if (const auto* date = std::get_if<ast::DateLiteral>(&value)) return date;
  }
  return nullptr;
}

}  // namespace

const ast::Attribute* Find(const Attributes& attributes, AttributeKind kind) {
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind == kind) return &attribute;
  }
  return nullptr;
}

const ast::Text* FirstText(const ast::Attribute& attribute) {
  for (const ast::Value& value : attribute.values) {
    if (const auto* text = std::get_if<ast::Text>(&value)) return text;
  }
  return nullptr;
}

std::string TextOf(const ast::Attribute* attribute) {
  const ast::Text* text = attribute == nullptr ? nullptr : FirstText(*attribute);
  return text == nullptr ? std::string() : text->value;
}

std::optional<NamePath> FirstPath(const ast::Attribute* attribute) {
  if (attribute == nullptr) return std::nullopt;
  for (const ast::Value& value : attribute->values) {
    if (const auto path = PathOf(value)) return path;
  }
  return std::nullopt;
}

std::vector<std::string> TextsOf(const Attributes& attributes, AttributeKind kind) {
  std::vector<std::string> texts;
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != kind) continue;
    for (const ast::Value& value : attribute.values) {
      if (const auto* text = std::get_if<ast::Text>(&value)) texts.push_back(text->value);
    }
  }
  return texts;
}

std::string SpellName(std::string_view name) {
  return IsPlainName(name) ? std::string(name) : "`" + std::string(name) + "`";
}

model::Common CommonOf(const ast::Declaration& declaration, bool is_own) {
  model::Common common;
  common.name = declaration.name.text;
  common.title = declaration.title && !declaration.title->value.empty() ? declaration.title->value : common.name;
  const ast::Attribute* description = Find(declaration.attributes, AttributeKind::Description);
  common.description = description ? TextOf(description) : declaration.doc;
  common.span = declaration.name.span.is_valid() ? declaration.name.span : declaration.keyword_span;
  common.is_own = is_own;
  return common;
}

std::optional<Date> DateOf(Context& context, const ast::DateLiteral& literal) {
  const auto date = ParseDate(literal.spelling);
  if (!date) {
    Diagnose<DiagKind::DateNotInCalendar>(literal.span, literal.spelling)
        .Help("a date is `2026-03-17`, a month is `2026-03`")
        .To(context.sink);
  }
  return date;
}

std::optional<Date> DateOf(Context& context, const ast::Attribute* attribute) {
  const ast::DateLiteral* literal = FirstDate(attribute);
  return literal == nullptr ? std::nullopt : DateOf(context, *literal);
}

std::optional<Instant> BoundOf(Context& context, const ast::DateLiteral& literal, bool is_end) {
  const int32_t zone = context.model.policy.time_zone_seconds;
  const auto instant = is_end ? ParseEnd(literal.spelling, zone) : ParseBeginning(literal.spelling, zone);
  if (instant || literal.spelling.find('T') == std::string::npos) {
    if (!instant) DateOf(context, literal);  // says what is wrong
    return instant;
  }
  Diagnose<DiagKind::DateNotInCalendar>(literal.span, literal.spelling)
      .Help("an instant is `2026-11-02T21:40+01:00`")
      .To(context.sink);
  return std::nullopt;
}

Interval ValidityOf(Context& context, const Attributes& attributes) {
  Interval interval;
  const ast::Attribute* from = Find(attributes, AttributeKind::From);
  const ast::Attribute* end = Find(attributes, AttributeKind::Until);
  if (end == nullptr) end = Find(attributes, AttributeKind::Through);  // both include the day
  const ast::DateLiteral* first = FirstDate(from);
  const ast::DateLiteral* last = FirstDate(end);
  const auto begins = first == nullptr ? std::nullopt : BoundOf(context, *first, false);
  const auto ends = last == nullptr ? std::nullopt : BoundOf(context, *last, true);
  interval.from = begins.value_or(interval.from);
  interval.until = ends.value_or(interval.until);
  if (begins && ends && interval.until <= interval.from) {
    Diagnose<DiagKind::ValidityReversed>(last->span)
        .Label(first->span, "begins here")
        .Help("the last day must not lie before the first")
        .To(context.sink);
    interval = {};
  }
  return interval;
}

void ResolveTimeZone(Context& context) {
  const ast::Attribute* zone =
      context.policy == nullptr ? nullptr : Find(context.policy->attributes, AttributeKind::TimeZone);
  const ast::Text* text = zone == nullptr ? nullptr : FirstText(*zone);
  if (text == nullptr || context.policy->is_damaged) return;
  if (const auto seconds = ParseTimeZone(text->value)) {
    context.model.policy.time_zone_seconds = *seconds;
    return;
  }
  Diagnose<DiagKind::TimeZoneUnknown>(text->span, text->value)
      .Help("write `UTC` or an offset such as `+01:00`: the rules of a named zone change, and a table would change with them")
      .To(context.sink);
}

std::optional<model::Duration> DurationOf(Context& context, const ast::Attribute* attribute) {
  if (attribute == nullptr) return std::nullopt;
  for (const ast::Value& value : attribute->values) {
    const auto* duration = std::get_if<ast::Duration>(&value);
    if (duration == nullptr) continue;
    if (duration->count >= 1 && duration->count <= kMaxDurationCount) {
      return model::Duration{duration->count, UnitOf(duration->unit)};
    }
    Diagnose<DiagKind::NumberOutOfRange>(duration->span, "this duration", "at least 1, at most 16777215")
        .To(context.sink);
  }
  return std::nullopt;
}

void ReportUnknownWord(Context& context, const NamePath& path, std::string_view what,
                       const std::vector<std::string_view>& choices) {
  const std::string text = path.Joined();
  const std::string_view nearest = Nearest(text, choices);
  auto diagnostic = Diagnose<DiagKind::WordUnknown>(path.span, text, what);
  if (!nearest.empty()) diagnostic = std::move(diagnostic).Fix(path.span, std::string(nearest));
  std::move(diagnostic).Help(DidYouMean(text, choices, "write " + ListOfChoices(choices))).To(context.sink);
}

StatedModality ModalityOf(const Attributes& attributes) {
  if (const ast::Attribute* should = Find(attributes, AttributeKind::Should)) {
    return {true, model::Modality::Should, TextOf(should)};
  }
  return {Find(attributes, AttributeKind::Must) != nullptr, model::Modality::Must, ""};
}

std::vector<std::string> TagsOf(Context& context, const Attributes& attributes) {
  std::vector<std::string> tags;
  ForEachPath(attributes, AttributeKind::Tags, [&](const NamePath& path) {
    const std::string tag = path.Joined();
    if (std::find(tags.begin(), tags.end(), tag) != tags.end()) return ReportListedTwice(context, path);
    tags.push_back(tag);
  });
  return tags;
}

void ReportListedTwice(Context& context, const NamePath& path) {
  Diagnose<DiagKind::ListedTwice>(path.span, path.Joined()).Help("once is enough").To(context.sink);
}

std::vector<model::ClauseId> ClausesOf(Context& context, ModuleIndex module, const Attributes& attributes) {
  std::vector<model::ClauseId> clauses;
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != AttributeKind::Satisfies) continue;
    const auto path = FirstPath(&attribute);
    const auto id = path ? ResolveTo<model::Framework>(context, module, *path, kFramework) : model::FrameworkId{};
    if (!id.is_valid()) continue;
    for (const ast::Value& value : attribute.values) {
      const auto* text = std::get_if<ast::Text>(&value);
      if (text == nullptr) continue;
      const model::ClauseId clause = FindClause(context, id, *text);
      if (clause.is_valid() && std::find(clauses.begin(), clauses.end(), clause) == clauses.end()) {
        clauses.push_back(clause);
      }
    }
  }
  return clauses;
}

bool IsNobody(const Context& context, ModuleIndex module, const ast::Attribute* attribute) {
  if (attribute == nullptr || attribute->values.size() != 1) return false;
  const auto path = PathOf(attribute->values.front());
  return path && path->Joined() == "nobody" && Lookup(context, module, *path) == nullptr;
}

model::Evidence EvidenceOf(Context& context, const ast::Attribute& attribute) {
  model::Evidence evidence;
  if (const auto path = FirstPath(&attribute)) evidence.kind = path->Joined();
  evidence.text = TextOf(&attribute);
  evidence.dated = DateOf(context, Find(attribute.nested, ast::AttributeKind::Dated));
  evidence.every = DurationOf(context, Find(attribute.nested, ast::AttributeKind::Every)).value_or(model::Duration{});
  evidence.span = attribute.span;
  return evidence;
}

}  // namespace sodc::sema
