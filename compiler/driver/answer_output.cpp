// What the text and the JSON of an answer share.
#include "compiler/driver/answer_output.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/base/calendar.h"
#include "compiler/driver/path_words.h"

namespace sodc {

std::string_view WordsOf(sod::Verdict verdict) {
  switch (verdict) {
    case sod::Verdict::Denied: return "denied";
    case sod::Verdict::NotEvaluable: return "cannot be judged";
    case sod::Verdict::NeedsApproval: return "needs approval";
    case sod::Verdict::Warned: return "warned";
    case sod::Verdict::Observed: return "observed";
    case sod::Verdict::Waived: return "waived";
    case sod::Verdict::Mitigated: return "mitigated";
    case sod::Verdict::Clear: return "clear";
  }
  return "";
}

std::string_view WordOf(sod::SubjectKind kind) {
  switch (kind) {
    case sod::SubjectKind::Person: return "person";
    case sod::SubjectKind::Account: return "account";
    case sod::SubjectKind::Team: return "team";
    case sod::SubjectKind::External: return "external";
    case sod::SubjectKind::Role: return "role";
    case sod::SubjectKind::Anonymous: return "anonymous";
    case sod::SubjectKind::Service: return "service";
    case sod::SubjectKind::Tool: return "tool";
    case sod::SubjectKind::Agent: return "agent";
  }
  return "";
}

sod::Named NameOfHeld(const sod::Table& table, const sod::Holding& holding) {
  switch (holding.kind) {
    case sod::HeldKind::Duty: return table.duty(holding.target);
    case sod::HeldKind::Role: return table.role(holding.target);
    case sod::HeldKind::Entitlement: return table.entitlement(holding.target);
  }
  return {};
}

std::string FirstDay(const sod::Table& table, sod::Instant from) {
  return from == sod::kBeginningOfTime ? "" : TimeText(from, table.time_zone());
}

std::string LastDay(const sod::Table& table, sod::Instant until) {
  return until == sod::kEndOfTime ? "" : EndText(until, table.time_zone());
}

bool CanTake(const sod::Answer& answer) {
  return answer.request_verdict.value_or(answer.verdict) > sod::Verdict::NeedsApproval;
}

std::string NotLookedAt(std::string_view what, std::vector<std::string> titles) {
  constexpr size_t kShown = 5;
  if (titles.empty()) return "";
  const std::string more = titles.size() > kShown ? fmt::format(" and {} more", titles.size() - kShown) : "";
  titles.resize(std::min(titles.size(), kShown));
  return fmt::format("\nNot looked at: {} {}{}; ask with --person.\n", what, fmt::join(titles, ", "), more);
}

std::string Provenance(const AnswerFrame& frame) {
  return fmt::format("Policy {} “{}”, revision {}, as of {}.\nTable {}, sodc {}.\n",
                     EscapeForTerminal(frame.table.policy_name()), EscapeForTerminal(frame.table.policy_title()),
                     frame.table.policy_revision(), frame.as_of, frame.table.table_sha256(), SODC_VERSION);
}

std::string NameOf(const sod::Subject& subject) {
  switch (subject.kind) {
    case sod::SubjectKind::Role: return fmt::format("Somebody with the role {}", SafeText(subject.title));
    case sod::SubjectKind::Anonymous: return "Somebody new";
    case sod::SubjectKind::Account: return fmt::format("The account {}", SafeText(subject.id));
    case sod::SubjectKind::Person:
    case sod::SubjectKind::Team:
    case sod::SubjectKind::External:
    case sod::SubjectKind::Service:
    case sod::SubjectKind::Tool:
    case sod::SubjectKind::Agent: break;
  }
  return subject.title == subject.id ? SafeText(subject.id) : fmt::format("{} ({})", SafeText(subject.title), SafeText(subject.id));
}

bool HasPeopleBehind(sod::SubjectKind kind) {
  using enum sod::SubjectKind;
  return kind == Team || kind == Service || kind == Tool || kind == Agent;
}

}  // namespace sodc
