// Diagnostics are data: a kind of the registry (diagnostics.def), a message made
// from typed arguments, a primary span, labels, help and an optional fix-it.
#ifndef SODC_DIAG_DIAGNOSTIC_H_
#define SODC_DIAG_DIAGNOSTIC_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/source/span.h"

namespace sodc {

enum class Severity : uint8_t { Note, Warning, Error };

enum class DiagKind : uint16_t {
#define SODC_DIAG(Number, Name, Level, ...) Name,
#include "compiler/diag/diagnostics.def"
};

struct Label {
  Span span;
  std::string text;
};

// Replaces the text of `span` by `replacement`.
struct FixIt {
  Span span;
  std::string replacement;
};

// A finding that the policy allows: where it says so, and why.
struct Allowance {
  Span span;
  std::string because;
};

// Two names that a finding counts.
using NamePair = std::pair<std::string, std::string>;

struct Diagnostic {
  DiagKind kind;
  Severity severity;
  Span span;                  // primary; invalid only for whole-run problems
  std::string message;        // lower case, no full stop, names in backticks
  std::vector<Label> labels;  // secondary places, in the order to print
  std::string help;           // what to do, or empty
  std::vector<FixIt> fixes;   // applied together; only where safe
  std::optional<Allowance> allowance = {};  // told, and never counted
  std::vector<NamePair> pairs = {};  // what the message counts, too long to read: for programs
};

// By code or name: `SOD2001`, `RoleBreaksConflict`.
std::optional<DiagKind> FindKind(std::string_view code_or_name);
// The number of the code: 2001 of SOD2001.
uint16_t NumberOf(DiagKind kind);
// `SOD0123` and `UnknownName`, and whether the code is a policy finding (SOD2xxx, and SOD1320).
std::string CodeOf(DiagKind kind);
std::string_view NameOf(DiagKind kind);
Severity DefaultSeverity(DiagKind kind);
bool IsFinding(DiagKind kind);
// Its fixes are one of several things that may have been meant, such as a similar name: they
// are shown, and never written by `--fix`.
bool HasGuessedFixes(DiagKind kind);
// `note`, `warning`, `error`.
std::string_view SpellingOf(Severity severity);

// Where diagnostics go. The only interface class of the compiler.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Handle(Diagnostic diagnostic) = 0;
};

namespace detail {
template <DiagKind kKind>
struct DiagFormat;
#define SODC_DIAG(Number, Name, Level, Format, ...)                     \
  template <>                                                           \
  struct DiagFormat<DiagKind::Name> {                                   \
    template <typename... Args>                                         \
    static std::string Make(const Args&... args) {                      \
      return fmt::format(FMT_STRING(Format), args...);                  \
    }                                                                   \
  };
#include "compiler/diag/diagnostics.def"
}  // namespace detail

// A diagnostic under construction: `Diagnose<DiagKind::X>(span, args…)
//   .Label(span, "declared here").Help("…").Fix(span, "…").To(sink);`
class DiagnosticBuilder {
 public:
  explicit DiagnosticBuilder(Diagnostic diagnostic) : diagnostic_(std::move(diagnostic)) {}

  DiagnosticBuilder Label(Span span, std::string text) && {
    if (span.is_valid()) diagnostic_.labels.push_back({span, std::move(text)});
    return std::move(*this);
  }
  DiagnosticBuilder Help(std::string text) && {
    diagnostic_.help = std::move(text);
    return std::move(*this);
  }
  DiagnosticBuilder Pairs(std::vector<NamePair> pairs) && {
    diagnostic_.pairs = std::move(pairs);
    return std::move(*this);
  }
  DiagnosticBuilder Fix(Span span, std::string replacement) && {
    diagnostic_.fixes.push_back({span, std::move(replacement)});
    return std::move(*this);
  }
  void To(Sink& sink) && { sink.Handle(std::move(diagnostic_)); }

 private:
  Diagnostic diagnostic_;
};

// The format string is checked against the arguments at compile time.
template <DiagKind kKind, typename... Args>
[[nodiscard]] DiagnosticBuilder Diagnose(Span span, const Args&... args) {
  return DiagnosticBuilder(Diagnostic{kKind, DefaultSeverity(kKind), span,
                                      detail::DiagFormat<kKind>::Make(args...), {}, {}, {}, {}, {}});
}

}  // namespace sodc

#endif  // SODC_DIAG_DIAGNOSTIC_H_
