#include "compiler/diag/reported.h"

#include <set>
#include <tuple>
#include <unordered_map>

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA256.h>

namespace sodc {
namespace {

// Code, file and names: lines may move, counts may change, and it is the same finding.
std::string IdentityOf(const Reported& reported) {
  const Diagnostic& diagnostic = *reported.diagnostic;
  std::string identity = CodeOf(diagnostic.kind);
  identity += '\0';
  identity += reported.place.path;
  identity += '\0';
  identity += NamesIn(diagnostic.message);
  return identity;
}

std::string HexDigest(std::string identity, uint32_t occurrence) {
  identity += '\0';
  identity += std::to_string(occurrence);
  llvm::SHA256 hash;
  hash.update(identity);
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

// Tells whether a file that several policies import has said the same before.
class Repetitions {
 public:
  bool IsKnown(const Reported& reported) {
    const Place& place = reported.place;
    return !seen_.emplace(reported.diagnostic->kind, place.path, place.begin.line, place.begin.column,
                          reported.diagnostic->message).second;
  }

 private:
  std::set<std::tuple<DiagKind, std::string, uint32_t, uint32_t, std::string>> seen_;
};

}  // namespace

Place PlaceOf(const CheckedPolicy& policy, Span span) {
  if (!span.is_valid()) return {policy.path, false, {}, {}};
  return {policy.file_paths[span.file.index], policy.sources.file(span.file).is_standard_library,
          policy.sources.PositionOf(span.file, span.begin), policy.sources.PositionOf(span.file, span.end)};
}

std::string NamesIn(std::string_view message) {
  std::string names;
  for (size_t open = message.find('`'); open != std::string_view::npos;) {
    const size_t close = message.find('`', open + 1);
    if (close == std::string_view::npos) break;
    names += message.substr(open + 1, close - open - 1);
    names += '\n';
    open = message.find('`', close + 1);
  }
  return names;
}

std::vector<Reported> ListOf(const Report& report) {
  std::vector<Reported> list;
  std::unordered_map<std::string, uint32_t> occurrences;
  Repetitions repetitions;
  for (const CheckedPolicy& policy : report.policies) {
    for (const Diagnostic& diagnostic : policy.diagnostics) {
      Reported reported{&diagnostic, &policy, PlaceOf(policy, diagnostic.span), {}, 1, false};
      reported.is_repetition = repetitions.IsKnown(reported);
      if (!reported.is_repetition) {
        const std::string identity = IdentityOf(reported);
        reported.occurrence = ++occurrences[identity];
        reported.fingerprint = HexDigest(identity, reported.occurrence);
      }
      list.push_back(std::move(reported));
    }
  }
  return list;
}

}  // namespace sodc
