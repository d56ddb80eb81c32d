#include "compiler/diag/diagnostic.h"

#include <iterator>

namespace sodc {
namespace {

struct Entry {
  uint16_t number;
  std::string_view name;
  Severity severity;
};

constexpr Entry Describe(uint16_t number, std::string_view name, Severity severity) {
  return {number, name, severity};
}

constexpr Entry kRegistry[] = {
#define SODC_DIAG(Number, Name, Level, ...) Describe(Number, #Name, Severity::Level),
#include "compiler/diag/diagnostics.def"
};

const Entry& EntryOf(DiagKind kind) { return kRegistry[static_cast<size_t>(kind)]; }

}  // namespace

std::optional<DiagKind> FindKind(std::string_view code_or_name) {
  for (size_t i = 0; i < std::size(kRegistry); ++i) {
    const DiagKind kind = static_cast<DiagKind>(i);
    if (code_or_name == NameOf(kind) || code_or_name == CodeOf(kind)) return kind;
  }
  return std::nullopt;
}

uint16_t NumberOf(DiagKind kind) { return EntryOf(kind).number; }
std::string CodeOf(DiagKind kind) { return fmt::format("SOD{:04}", EntryOf(kind).number); }
std::string_view NameOf(DiagKind kind) { return EntryOf(kind).name; }
Severity DefaultSeverity(DiagKind kind) { return EntryOf(kind).severity; }
bool IsFinding(DiagKind kind) {
  // A permission that nobody is granted is a doubt about the policy; its number is older than the findings.
  return kind == DiagKind::EntitlementNeverGranted || (EntryOf(kind).number >= 2000 && EntryOf(kind).number < 3000);
}

bool HasGuessedFixes(DiagKind kind) {
  switch (kind) {
    case DiagKind::NameUnknown:
    case DiagKind::ScaleMemberUnknown:
    case DiagKind::ClauseUnknown:
    case DiagKind::ColumnUnknown:
    case DiagKind::LanguageUnknown:
    case DiagKind::SidesOverlap:
    case DiagKind::GroupCountedAmbiguously: return true;
    default: return false;
  }
}

std::string_view SpellingOf(Severity severity) {
  switch (severity) {
    case Severity::Note: return "note";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "error";
}

}  // namespace sodc
