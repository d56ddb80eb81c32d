// Reading attributes of the syntax tree as typed values, with a report when a
// value is not what it must be. Private to compiler/sema.
#ifndef SODC_SEMA_VALUES_H_
#define SODC_SEMA_VALUES_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/sema/context.h"
#include "compiler/sema/names.h"
#include "compiler/sema/suggest.h"

namespace sodc::sema {

using Attributes = std::vector<ast::Attribute>;

// The first attribute of the kind, or null.
const ast::Attribute* Find(const Attributes& attributes, ast::AttributeKind kind);

// The first text of the attribute, or empty. Null is the absent attribute.
std::string TextOf(const ast::Attribute* attribute);
const ast::Text* FirstText(const ast::Attribute& attribute);
// The first name of the attribute.
std::optional<NamePath> FirstPath(const ast::Attribute* attribute);

// Runs `visit(path)` for every name in every attribute of the kind.
template <typename Visit>
void ForEachPath(const Attributes& attributes, ast::AttributeKind kind, Visit visit) {
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != kind) continue;
    for (const ast::Value& value : attribute.values) {
      if (const auto path = PathOf(value)) visit(*path);
    }
  }
}

// All texts of all attributes of the kind.
std::vector<std::string> TextsOf(const Attributes& attributes, ast::AttributeKind kind);

// A name as it must be written: in backticks unless it is plain.
std::string SpellName(std::string_view name);

// Name, title, description and place of a declaration.
model::Common CommonOf(const ast::Declaration& declaration, bool is_own);

// ---- Dates
std::optional<Date> DateOf(Context& context, const ast::DateLiteral& literal);
std::optional<Date> DateOf(Context& context, const ast::Attribute* attribute);
struct Interval {
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
};
// What a bound means: a date begins at its start and ends behind its last day, in the policy's
// time zone; an instant is itself. Nothing after a report.
std::optional<Instant> BoundOf(Context& context, const ast::DateLiteral& literal, bool is_end);
// Reads From and Until or Through among the attributes.
Interval ValidityOf(Context& context, const Attributes& attributes);
std::optional<model::Duration> DurationOf(Context& context, const ast::Attribute* attribute);

// ---- Closed lists of words
template <typename Enum>
struct Word {
  std::string_view text;
  Enum value;
};
void ReportUnknownWord(Context& context, const NamePath& path, std::string_view what,
                       const std::vector<std::string_view>& choices);

template <typename Enum, size_t kCount>
std::optional<Enum> WordOf(Context& context, const NamePath& path, std::string_view what,
                           const Word<Enum> (&words)[kCount]) {
  const std::string text = path.Joined();
  for (const Word<Enum>& word : words) {
    if (word.text == text) return word.value;
  }
  std::vector<std::string_view> choices;
  for (const Word<Enum>& word : words) choices.push_back(word.text);
  ReportUnknownWord(context, path, what, choices);
  return std::nullopt;
}

inline constexpr Word<model::Mode> kModes[] = {{"observe", model::Mode::Observe},
                                               {"warn", model::Mode::Warn},
                                               {"approve", model::Mode::Approve},
                                               {"deny", model::Mode::Deny}};

// ---- Modality: `must`, or `should "where possible"`, among nested attributes.
struct StatedModality {
  bool is_stated = false;
  model::Modality modality = model::Modality::Must;
  std::string reason;
};
StatedModality ModalityOf(const Attributes& attributes);

// The clause of the framework with that id, or none after a report.
model::ClauseId FindClause(Context& context, model::FrameworkId framework, const ast::Text& id);

// ---- Clauses: the rows named by `satisfies fw "A", "B"` attributes.
std::vector<model::ClauseId> ClausesOf(Context& context, ModuleIndex module, const Attributes& attributes);

// Appends the resolved names of a list attribute; a repetition is a warning.
template <typename Row>
void AppendNames(Context& context, ModuleIndex module, const Attributes& attributes, ast::AttributeKind kind,
                 const Wanted& wanted, std::vector<Id<Row>>& out);

// `evidence log "history" dated 2026-03-01 every 3mo`
model::Evidence EvidenceOf(Context& context, const ast::Attribute& attribute);

// `administered by nobody`: the vendor runs it alone.
bool IsNobody(const Context& context, ModuleIndex module, const ast::Attribute* attribute);

// The words of `tags a, b`.
std::vector<std::string> TagsOf(Context& context, const Attributes& attributes);
void ReportListedTwice(Context& context, const NamePath& path);

template <typename Row>
void AppendNames(Context& context, ModuleIndex module, const Attributes& attributes, ast::AttributeKind kind,
                 const Wanted& wanted, std::vector<Id<Row>>& out) {
  std::unordered_set<uint32_t> seen;
  for (Id<Row> id : out) seen.insert(id.index);
  ForEachPath(attributes, kind, [&](const NamePath& path) {
    const Id<Row> id = ResolveTo<Row>(context, module, path, wanted);
    if (!id.is_valid()) return;
    if (!seen.insert(id.index).second) return ReportListedTwice(context, path);
    out.push_back(id);
  });
}

}  // namespace sodc::sema

#endif  // SODC_SEMA_VALUES_H_
