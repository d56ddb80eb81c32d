// GitLab Code Quality: one array of what its merge requests show.
#include <algorithm>

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/diag/reported.h"

namespace sodc {
namespace {

// GitLab cannot be told that a finding is allowed; it stays, as information.
std::string_view SeverityIn(const Diagnostic& diagnostic) {
  if (diagnostic.allowance) return "info";
  if (!IsFinding(diagnostic.kind) && diagnostic.severity == Severity::Error) return "blocker";
  switch (diagnostic.severity) {
    case Severity::Note: return "info";
    case Severity::Warning: return "major";
    case Severity::Error: return "critical";
  }
  return "critical";
}

std::string DescriptionOf(const Diagnostic& diagnostic) {
  std::string text = diagnostic.message;
  if (!diagnostic.help.empty()) text += "; " + diagnostic.help;
  if (diagnostic.allowance) text += " (allowed: " + diagnostic.allowance->because + ")";
  return llvm::json::fixUTF8(text);
}

}  // namespace

std::string RenderGitlab(const Report& report) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 2);
  json.array([&] {
    for (const Reported& reported : ListOf(report)) {
      if (reported.is_repetition) continue;
      const Diagnostic& diagnostic = *reported.diagnostic;
      json.object([&] {
        json.attribute("description", DescriptionOf(diagnostic));
        json.attribute("check_name", CodeOf(diagnostic.kind) + " " + std::string(NameOf(diagnostic.kind)));
        json.attribute("fingerprint", reported.fingerprint);
        json.attribute("severity", llvm::StringRef(SeverityIn(diagnostic)));
        json.attributeObject("location", [&] {
          json.attribute("path", llvm::json::fixUTF8(reported.place.path));
          json.attributeObject("lines", [&] { json.attribute("begin", reported.place.begin.line); });
        });
      });
    }
  });
  json.flush();
  stream.flush();
  return text + "\n";
}

}  // namespace sodc
