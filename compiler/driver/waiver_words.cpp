#include "compiler/driver/waiver_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/path_words.h"

namespace sodc {
namespace {

using sod::JudgedWaiver;
using sod::WaiverRejectedBecause;
using sod::WaiverRejection;

std::string Safe(std::string_view text) { return SafeText(text); }

// "A, B, C"; a count stands for those beyond a line.
std::string ListOf(const std::vector<sod::Named>& names) {
  constexpr size_t kShown = 8;
  std::vector<std::string> words;
  for (const sod::Named& name : names) {
    if (words.size() < kShown) words.push_back(Safe(name.title));
  }
  if (names.size() > kShown) words.push_back(fmt::format("{} more", names.size() - kShown));
  return fmt::format("{}", fmt::join(words, ", "));
}

// "also in company fr and in company uk"; "everywhere".
std::string PlacesInWords(const sod::Table& table, const std::vector<sod::ScopeBox>& places) {
  std::string words;
  for (const sod::ScopeBox& place : places) {
    const std::string in = table.ScopeInWords(place);
    if (in.empty()) return "everywhere";
    words += fmt::format("{}in {}", words.empty() ? "also " : " and ", Safe(in));
  }
  return words;
}

// Of a waiver for others as well: ", for Mira, Tom and holders of Lead".
std::string CoveredInWords(const sod::Table& table, const JudgedWaiver& waiver) {
  const sod::Covered covered = CoveredBy(table, waiver);
  if (covered.people.size() < 2 && covered.roles.empty()) return "";
  const std::string roles = covered.roles.empty() ? "" : "holders of " + ListOf(covered.roles);
  return fmt::format(", for {}{}{}", ListOf(covered.people), covered.people.empty() || roles.empty() ? "" : " and ", roles);
}

// Titles of controls are often sentences.
std::string WithoutStop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string ReasonInWords(const sod::Table& table, const JudgedWaiver& waiver, const WaiverRejectedBecause& because) {
  const std::string approver = Safe(waiver.approver.title);
  const std::string what = Safe(because.what);
  switch (because.reason) {
    case WaiverRejection::NotYetInForce: return fmt::format("it begins on {}", FirstDay(table, waiver.from));
    case WaiverRejection::Closed:
      return fmt::format("it was closed on {}{}", FirstDay(table, waiver.until), what.empty() ? "" : ": " + what);
    case WaiverRejection::Expired: return fmt::format("it ended on {}", LastDay(table, waiver.until));
    case WaiverRejection::BreaksRule: return what;
    case WaiverRejection::JoinedLater: return fmt::format("the role {} was given only after it began", what);
    case WaiverRejection::OutsideScope: return fmt::format("the conflict is {}", PlacesInWords(table, because.places));
    case WaiverRejection::OtherMembers:
      return fmt::format("{} {} part, too", ListOf(because.members), because.members.size() == 1 ? "takes" : "take");
    case WaiverRejection::ApproverIsMachine: return fmt::format("{}, which approved it, is no person", approver);
    case WaiverRejection::ApproverVacant: return fmt::format("nobody is {}, who should have approved it", approver);
    case WaiverRejection::ApproverIsBeneficiary:
      if (waiver.kind != sod::ExcuseKind::Waiver) return "nobody else approved it";
      return fmt::format("{} approved it and is the one it is for", approver);
    case WaiverRejection::ApproverIsRequester: return fmt::format("{} both asked for it and approved it", approver);
    case WaiverRejection::ApproverStandsIn: return fmt::format("{}, who approved it, stands in for {}", approver, what);
    case WaiverRejection::NotTheCause:
      if (!what.empty()) return fmt::format("{}, which excuses nothing, causes it, too", what);
      return "the conflict is there without it";
    case WaiverRejection::ReviewOverdue:
      if (waiver.kind == sod::ExcuseKind::Emergency) return "nobody else has reviewed it in time";
      return fmt::format("its review was due on {}", LastDay(table, waiver.until));
    case WaiverRejection::HeldSinceLater: return fmt::format("{} is not held since before that day", what);
    case WaiverRejection::ControlDoesNotCount: return fmt::format("it needs a control that does not count: {}", WithoutStop(what));
  }
  return "";
}

// ": an exemption approved by The board, to be reviewed by 2027-03-31".
std::string HeadOfExemption(const sod::Table& table, const JudgedWaiver& waiver) {
  if (waiver.kind == sod::ExcuseKind::Emergency) {
    return fmt::format(": an emergency, used by {} from {} until {}", Safe(waiver.requester.title), FirstDay(table, waiver.from),
                       LastDay(table, waiver.until));
  }
  const bool is_exemption = waiver.kind == sod::ExcuseKind::Exemption;
  std::string words = is_exemption ? ": an exemption" : ": what was assigned before a day";
  if (!waiver.approver.title.empty()) words += fmt::format(" approved by {}", Safe(waiver.approver.title));
  return words + fmt::format(", to be reviewed by {}", LastDay(table, waiver.until));
}

// "Cover for a leave (w7): approved by Tom, from 2026-07-01 until 2026-07-14, ticket T-1".
std::string HeadOf(const sod::Table& table, const JudgedWaiver& waiver) {
  const bool has_title = waiver.name.title != waiver.name.name;
  std::string words = has_title ? fmt::format("{} ({})", Safe(waiver.name.title), Safe(waiver.name.name)) : Safe(waiver.name.name);
  if (waiver.kind != sod::ExcuseKind::Waiver) {
    words += HeadOfExemption(table, waiver);
  } else {
    words += fmt::format(": approved by {}, from {} until {}", Safe(waiver.approver.title), FirstDay(table, waiver.from), LastDay(table, waiver.until));
  }
  if (!waiver.ticket.empty()) words += fmt::format(", ticket {}", Safe(waiver.ticket));
  words += CoveredInWords(table, waiver);
  for (size_t i = 0; i < waiver.only_in.size(); ++i) {
    words += fmt::format("{}{}", i == 0 ? ", only in " : " or in ", Safe(table.ScopeInWords(waiver.only_in[i])));
  }
  if (!waiver.only_holding.empty()) words += fmt::format(", only holding {}", ListOf(waiver.only_holding));
  return words;
}

std::string WhyUnused(const sod::Conflict& conflict) {
  if (conflict.is_disabled) return "the rule is disabled";
  return conflict.disposition == sod::Verdict::Mitigated ? "the controls are enough" : "another one excuses the conflict";
}

}  // namespace

std::vector<std::string> WaiversInWords(const sod::Table& table, const sod::Conflict& conflict) {
  std::vector<std::string> lines;
  for (const JudgedWaiver& waiver : conflict.waivers) {
    if (waiver.is_used) lines.push_back(fmt::format("+ {}. It excuses the conflict", HeadOf(table, waiver)));
  }
  for (const JudgedWaiver& waiver : conflict.waivers) {
    if (waiver.is_used || !waiver.excuses()) continue;
    lines.push_back(fmt::format("+ {}. It is not needed: {}", HeadOf(table, waiver), WhyUnused(conflict)));
  }
  for (const JudgedWaiver& waiver : conflict.waivers) {
    if (waiver.excuses()) continue;
    std::vector<std::string> reasons;
    for (const WaiverRejectedBecause& because : waiver.because) reasons.push_back(ReasonInWords(table, waiver, because));
    lines.push_back(fmt::format("- {}. It excuses nothing: {}", HeadOf(table, waiver), fmt::join(reasons, "; ")));
  }
  return lines;
}

std::string FirstEndOfUsed(const sod::Table& table, const sod::Answer& answer) {
  sod::Instant first = sod::kEndOfTime;
  for (const sod::Conflict& conflict : answer.conflicts) {
    for (const JudgedWaiver& waiver : conflict.waivers) {
      if (waiver.is_used) first = std::min(first, waiver.until);
    }
  }
  return LastDay(table, first);
}

}  // namespace sodc
