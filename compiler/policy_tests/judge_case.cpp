#include "compiler/policy_tests/judge_case.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/policy_tests/history_facts.h"
#include "compiler/policy_tests/read_facts.h"
#include "compiler/policy_tests/session_facts.h"

namespace sodc {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

// Compares the answer with one expectation after the other.
class Comparing {
 public:
  Comparing(const model::Model& model, const sod::Table& table, const CaseResult& result)
      : model_(model), table_(table), answer_(*result.answer), session_(result.session) {
    is_of_change_ = answer_.request.has_value() || (result.is_of_session && session_->added);
  }

  // What was found instead, or nothing when it is as expected.
  std::string Compare(const ProvisionAttribute& expectation) const {
    const std::string_view what = std::string_view(expectation.keyword).substr(sizeof("expect") - 1);
    if (what.empty()) return CompareVerdict(expectation);
    if (what == " conflicts") return CompareConflicts(NamesOf(model_, expectation.values));
    if (what == " no conflicts") return CompareConflicts({});
    if (what == " disposition") return CompareDisposition(expectation);
    if (what == " residual") return CompareResidual(expectation);
    if (what == " counted") return CompareCounted(expectation);
    if (what == " rejected") return CompareRejected(expectation);
    if (what == " frameworks") return CompareFramework(expectation);
    if (what == " safe") return CompareSafeSets(model_, table_, *session_, expectation);
    return "this version cannot tell";
  }

 private:
  std::string_view NameOfRule(const sod::Conflict& conflict) const { return table_.rule(conflict.rule).name; }

  // With a request or an activation only what it introduces: whatever was there before is another test's.
  bool IsAskedAbout(const sod::Conflict& conflict) const { return !is_of_change_ || conflict.introduced || conflict.worsened_to; }

  const sod::Conflict* FindConflict(std::string_view rule) const {
    const auto found = std::ranges::find_if(answer_.conflicts, [&](const sod::Conflict& c) { return NameOfRule(c) == rule; });
    return found == answer_.conflicts.end() ? nullptr : &*found;
  }

  // The last name among the values: expectations end with the rule they are about.
  const sod::Conflict* ConflictOf(const ProvisionAttribute& expectation) const {
    const std::vector<std::string> names = NamesOf(model_, expectation.values);
    return names.empty() ? nullptr : FindConflict(names.back());
  }

  std::string NoConflict(const ProvisionAttribute& expectation) const {
    const std::vector<std::string> names = NamesOf(model_, expectation.values);
    return fmt::format("{} is not violated", names.empty() ? "it" : names.back());
  }

  std::string CompareVerdict(const ProvisionAttribute& expectation) const {
    const std::string& word = expectation.values.front().text;
    const sod::Verdict verdict = answer_.request_verdict.value_or(answer_.verdict);
    if (sod::SpellingOf(verdict) != word) return fmt::format("the verdict is {}{}", sod::SpellingOf(verdict), ByWhich(verdict));
    for (const ProvisionAttribute& by : expectation.nested) {
      for (const std::string& rule : NamesOf(model_, by.values)) {
        const sod::Conflict* conflict = FindConflict(rule);
        if (conflict == nullptr || !IsAskedAbout(*conflict)) return fmt::format("the verdict is {}{}, and {} is not violated", word, ByWhich(verdict), rule);
        if (conflict->disposition != verdict) return fmt::format("{} is {}", rule, sod::SpellingOf(conflict->disposition));
      }
    }
    return "";
  }

  // " by a, b": what makes the verdict.
  std::string ByWhich(sod::Verdict verdict) const {
    std::vector<std::string_view> rules;
    for (const sod::Conflict& conflict : answer_.conflicts) {
      if (conflict.disposition == verdict && IsAskedAbout(conflict)) rules.push_back(NameOfRule(conflict));
    }
    return rules.empty() ? "" : fmt::format(" by {}", fmt::join(rules, ", "));
  }

  std::string CompareConflicts(const std::vector<std::string>& expected) const {
    std::vector<std::string_view> found, missing, others;
    for (const sod::Conflict& conflict : answer_.conflicts) {
      if (IsAskedAbout(conflict)) found.push_back(NameOfRule(conflict));
    }
    for (const std::string& name : expected) {
      if (std::ranges::find(found, name) == found.end()) missing.push_back(name);
    }
    for (const std::string_view name : found) {
      if (std::ranges::find(expected, name) == expected.end()) others.push_back(name);
    }
    std::string words;
    if (!missing.empty()) words = fmt::format("{} {} not violated", fmt::join(missing, ", "), missing.size() == 1 ? "is" : "are");
    if (!others.empty()) {
      words += fmt::format("{}{} {} violated, too", words.empty() ? "" : "; ", fmt::join(others, ", "), others.size() == 1 ? "is" : "are");
    }
    return words;
  }

  std::string CompareDisposition(const ProvisionAttribute& expectation) const {
    const sod::Conflict* conflict = ConflictOf(expectation);
    if (conflict == nullptr) return NoConflict(expectation);
    const std::string_view found = sod::SpellingOf(conflict->disposition);
    return found == expectation.values.front().text ? "" : fmt::format("{} is {}", NameOfRule(*conflict), found);
  }

  std::string CompareResidual(const ProvisionAttribute& expectation) const {
    const sod::Conflict* conflict = ConflictOf(expectation);
    if (conflict == nullptr) return NoConflict(expectation);
    if (conflict->residual == sod::kNone) return fmt::format("{} is not rated", NameOfRule(*conflict));
    const std::string_view found = table_.scale_member(conflict->residual).name;
    return found == NamesOf(model_, expectation.values).front() ? "" : fmt::format("the risk that remains of {} is {}", NameOfRule(*conflict), found);
  }

  static const sod::JudgedControl* FindControl(const sod::Conflict& conflict, std::string_view name) {
    const auto found = std::ranges::find_if(conflict.controls, [&](const sod::JudgedControl& control) { return control.name.name == name; });
    return found == conflict.controls.end() ? nullptr : &*found;
  }

  static std::string ReasonsOf(const sod::JudgedControl& control) {
    std::vector<std::string_view> reasons;
    for (const sod::RejectedBecause& because : control.because) reasons.push_back(sod::SpellingOf(because.reason));
    return fmt::format("{}", fmt::join(reasons, ", "));
  }

  std::string CompareCounted(const ProvisionAttribute& expectation) const {
    const sod::Conflict* conflict = ConflictOf(expectation);
    if (conflict == nullptr) return NoConflict(expectation);
    std::vector<std::string> names = NamesOf(model_, expectation.values);
    names.pop_back();
    for (const std::string& name : names) {
      const sod::JudgedControl* control = FindControl(*conflict, name);
      if (control == nullptr) return fmt::format("{} does not cover {}", name, NameOfRule(*conflict));
      if (!control->counts()) return fmt::format("{} is rejected because {}", name, ReasonsOf(*control));
    }
    return "";
  }

  std::string CompareRejected(const ProvisionAttribute& expectation) const {
    const sod::Conflict* conflict = ConflictOf(expectation);
    if (conflict == nullptr) return NoConflict(expectation);
    const std::string name = NamesOf(model_, expectation.values).front();
    const sod::JudgedControl* control = FindControl(*conflict, name);
    if (control == nullptr) return fmt::format("{} does not cover {}", name, NameOfRule(*conflict));
    if (control->counts()) return fmt::format("{} counts", name);
    const std::string& wanted = expectation.nested.front().values.front().text;
    const bool has_it = std::ranges::any_of(control->because, [&](const sod::RejectedBecause& because) {
      return sod::SpellingOf(because.reason) == wanted;
    });
    return has_it ? "" : fmt::format("{} is rejected because {}", name, ReasonsOf(*control));
  }

  std::string CompareFramework(const ProvisionAttribute& expectation) const {
    const std::string framework = NamesOf(model_, expectation.values).front();
    const std::string& clause = expectation.values.at(1).text;
    const std::string& status = expectation.values.at(2).text;
    for (const sod::ObjectiveStatus& objective : answer_.frameworks) {
      if (objective.framework.name != framework || objective.id != clause) continue;
      const std::string_view found = sod::SpellingOf(objective.status);
      return found == status ? "" : fmt::format("{} \"{}\" is {}", framework, clause, found);
    }
    return fmt::format("no rule cites {} \"{}\"", framework, clause);
  }

  const model::Model& model_;
  const sod::Table& table_;
  const sod::Answer& answer_;
  const std::optional<sod::SessionAnswer>& session_;
  bool is_of_change_ = false;
};

}  // namespace

std::string_view SpellingOf(Outcome outcome) {
  constexpr std::string_view kWords[] = {"passed", "failed", "skipped", "not_judged"};
  return kWords[static_cast<size_t>(outcome)];
}

std::string NameOf(const model::Model& model, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::ScaleMember: return model.scale_members[model::ScaleMemberId{reference.index}].common.name;
    case Reference::Kind::Duty: return model.duties[model::DutyId{reference.index}].common.name;
    case Reference::Kind::Role: return model.roles[model::RoleId{reference.index}].common.name;
    case Reference::Kind::Actor: return model.actors[model::ActorId{reference.index}].common.name;
    case Reference::Kind::System: return model.systems[model::SystemId{reference.index}].common.name;
    case Reference::Kind::Conflict: return model.conflicts[model::ConflictId{reference.index}].common.name;
    case Reference::Kind::Control: return model.controls[model::ControlId{reference.index}].common.name;
    case Reference::Kind::Framework: return model.frameworks[model::FrameworkId{reference.index}].common.name;
    case Reference::Kind::ScopeNode: return model.scope_nodes[model::ScopeNodeId{reference.index}].common.name;
    case Reference::Kind::Entitlement: return model.entitlements[model::EntitlementId{reference.index}].common.name;
    default: return {};
  }
}

std::vector<std::string> NamesOf(const model::Model& model, const std::vector<ProvisionValue>& values) {
  std::vector<std::string> names;
  for (const ProvisionValue& value : values) {
    if (value.kind == ProvisionValue::Kind::Reference) names.push_back(NameOf(model, value.reference));
  }
  return names;
}

std::string CaseJudge::WordsOf(Span span) const {
  std::string words;
  for (const char c : sources_.Text(span)) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_blank) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  return words;
}

CaseResult CaseJudge::Run(const PolicyCase& policy_case) {
  CaseResult result;
  if (policy_case.is_skipped) {
    result.outcome = Outcome::Skipped;
    result.reason = policy_case.skip_reason;
    return result;
  }
  Ask(policy_case, result);
  if (!result.reason.empty()) {
    result.outcome = Outcome::NotJudged;
    result.mismatches.clear();
    return result;
  }
  // Of a session that cannot be opened nothing else is compared.
  const bool is_open = !result.is_of_session || result.mismatches.empty();
  const Comparing comparing(model_, table_, result);
  for (const ProvisionAttribute* expectation : policy_case.expectations) {
    std::string found = is_open ? comparing.Compare(*expectation) : "";
    if (!found.empty()) result.mismatches.push_back({expectation->span, WordsOf(expectation->span), std::move(found)});
  }
  if (!result.mismatches.empty()) result.outcome = Outcome::Failed;
  return result;
}

void CaseJudge::Ask(const PolicyCase& policy_case, CaseResult& result) {
  const CaseQuestion question = ReadFacts(model_, table_, policy_case);
  result.as_of = question.as_of ? question.as_of_text : as_of_text_;
  result.reason = question.not_judged;
  if (policy_case.expectations.empty()) result.reason = "it expects nothing";
  result.is_of_session = HasSession(policy_case);
  for (const ProvisionAttribute* fact : question.not_held) {
    result.mismatches.push_back({fact->span, WordsOf(fact->span), "it is not held"});
  }
  if (result.reason.empty() && !result.is_of_session) AskAboutHoldings(policy_case, question, result);
  if (result.reason.empty() && (result.is_of_session || ExpectsSafeSets(policy_case))) AskAboutSession(policy_case, question, result);
}

void CaseJudge::AskAboutHoldings(const PolicyCase& policy_case, const CaseQuestion& question, CaseResult& result) {
  const sod::Instant as_of = question.as_of.value_or(as_of_);
  auto answer = HasActs(policy_case) ? AskAboutActs(model_, table_, workspace_, policy_case)
                                     : sod::AskAbout(table_, workspace_, question.subject, as_of, question.request, question.options);
  if (answer && !HasActs(policy_case)) {
    const auto required = sod::JudgePrerequisites(table_, question.subject, as_of, question.request, question.options, answer.value());
    if (!required) answer = required.error();
    else result.requirements = required.value();
  }
  if (!answer) return void(result.reason = answer.error().message);
  result.answer = std::move(answer.value());
  if (!HasActs(policy_case)) LookAtEverybody(question, as_of, result);
}

void CaseJudge::LookAtEverybody(const CaseQuestion& question, sod::Instant as_of, CaseResult& result) {
  const sod::Subject& subject = question.subject;
  const bool is_request = !question.request.grants.empty() || !question.request.revocations.empty();
  const bool is_counted = subject.kind == sod::SubjectKind::Person || subject.kind == sod::SubjectKind::External;
  if (!is_request || !is_counted || (sod::ProcessesOf(table_).empty() && sod::HolderBoundsOf(table_).empty())) return;
  if (everybody_.empty()) everybody_ = sod::AllSubjects(table_);
  std::vector<sod::Subject> people = everybody_;
  auto self = std::ranges::find_if(people, [&](const sod::Subject& one) { return one.kind == subject.kind && one.id == subject.id; });
  // Holds what the case says; an external party that holds nothing is among nobody.
  if (self == people.end()) self = people.insert(people.end(), subject);
  else *self = subject;
  const auto person = static_cast<uint32_t>(self - people.begin());
  sod::ProcessChanges processes = sod::ChangesOfProcesses(table_, people, person, question.request, as_of);
  sod::HolderChanges holders = sod::ChangesOfHolders(table_, people, person, question.request, as_of);
  sod::CountProcesses(table_, processes, *result.answer);
  sod::CountHolders(table_, holders, *result.answer);
  result.processes = std::move(processes.worse);
  result.holders = std::move(holders.worse);
}

void CaseJudge::AskAboutSession(const PolicyCase& policy_case, const CaseQuestion& question, CaseResult& result) {
  auto session = AskAboutSessionOf(model_, table_, workspace_, question.subject, question.as_of.value_or(as_of_), question.options, policy_case);
  if (!session) return void(result.reason = session.error().message);
  for (SessionOfCase::Refused& refused : session->refused) {
    result.mismatches.push_back({refused.fact->span, WordsOf(refused.fact->span), std::move(refused.why)});
  }
  result.session = std::move(session->answer);
  if (result.is_of_session) result.answer = result.session->answer;
}

}  // namespace sodc
