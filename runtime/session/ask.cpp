// What one session comes to, with the verdict that whoever opens it gets for what is active alone.
#include <algorithm>
#include <utility>

#include "sod/describe.h"
#include "sod/session.h"

namespace sod {
namespace {

// Of rules per session alone: those for all times are of what is held (decision 0085).
struct JudgedSession {
  Answer answer;
  std::vector<uint32_t> open;  // rules that may be broken, which is not known
};

const Conflict* ConflictOfRule(const Answer& answer, uint32_t rule) {
  const auto found = std::ranges::find(answer.conflicts, rule, &Conflict::rule);
  return found == answer.conflicts.end() ? nullptr : &*found;
}

class AskingAboutSession {
 public:
  AskingAboutSession(const Table& table, Workspace& workspace, const Subject& subject, Instant at, const AskOptions& options)
      : table_(table), workspace_(workspace), subject_(subject), at_(at), options_(options) {}

  Result<SessionAnswer> Run(std::vector<uint32_t> active, std::optional<uint32_t> added) {
    session_.things = ThingsToActivate(subject_, at_);
    session_.active = std::move(active);
    session_.added = added;
    std::vector<uint32_t> all = session_.active;
    if (added) all.push_back(*added);
    const bool is_known = std::ranges::all_of(all, [&](uint32_t index) { return index < session_.things.size(); });
    if (!is_known) return Error{ErrorCode::BadArgument, "what is to be active is not among what can be activated", ""};
    auto after = Judge(all);
    if (!after) return after.error();
    if (added) {
      const auto before = Judge(session_.active);
      if (!before) return before.error();
      session_.added_verdict = VerdictOfAddition(before.value(), after.value());
    }
    Take(std::move(after.value()));
    FindSafeSets();
    return std::move(session_);
  }

 private:
  Result<JudgedSession> Judge(const std::vector<uint32_t>& active) {
    Subject subject = subject_;
    subject.holdings.clear();
    for (const uint32_t index : active) {
      const auto& holdings = session_.things[index].holdings;
      subject.holdings.insert(subject.holdings.end(), holdings.begin(), holdings.end());
    }
    auto answer = Ask(table_, workspace_, subject, at_, std::nullopt, options_);
    if (!answer) return answer.error();
    JudgedSession judged{std::move(answer.value()), {}};
    std::erase_if(judged.answer.conflicts, [&](const Conflict& conflict) { return Describe(table_, conflict.rule).moment != "session"; });
    std::erase_if(judged.answer.not_checked, [](const NotChecked& item) { return item.rule_class != "session" && item.rule_class != "assign"; });
    judged.answer.frameworks.clear();
    judged.open = PossibleSessionViolations(table_, workspace_, subject.holdings, at_, subject.actor);
    std::erase_if(judged.open, [&](uint32_t rule) { return ConflictOfRule(judged.answer, rule) != nullptr; });
    return judged;
  }

  Verdict VerdictOfAddition(const JudgedSession& before, JudgedSession& after) const {
    Verdict verdict = subject_.incomplete.empty() ? Verdict::Clear : Verdict::NotEvaluable;
    for (Conflict& conflict : after.answer.conflicts) {
      const Conflict* same = ConflictOfRule(before.answer, conflict.rule);
      conflict.introduced = same == nullptr;
      if (same != nullptr) conflict.before = same->disposition;
      if (same != nullptr && conflict.disposition < same->disposition) conflict.worsened_to = conflict.disposition;
      if (conflict.introduced || conflict.worsened_to) verdict = std::min(verdict, conflict.disposition);
    }
    const bool opens = std::ranges::any_of(after.open, [&](uint32_t rule) { return std::ranges::find(before.open, rule) == before.open.end(); });
    return opens ? std::min(verdict, Verdict::NotEvaluable) : verdict;
  }

  static std::string InWords(const Incompleteness& gap) { return gap.what + " (" + gap.reason + ")"; }

  void Take(JudgedSession judged) {
    for (const Incompleteness& gap : subject_.incomplete) session_.unknown.push_back(InWords(gap));
    for (const uint32_t rule : judged.open) {
      session_.unknown.push_back("whether this is a case of " + std::string(Describe(table_, rule).rule.name));
    }
    if (!judged.open.empty()) {
      const auto& gaps = judged.answer.subject.incomplete;
      for (size_t i = subject_.incomplete.size(); i < gaps.size(); ++i) session_.unknown.push_back(InWords(gaps[i]));
    }
    session_.verdict = session_.unknown.empty() ? Verdict::Clear : Verdict::NotEvaluable;
    for (const Conflict& conflict : judged.answer.conflicts) session_.verdict = std::min(session_.verdict, conflict.disposition);
    session_.answer = std::move(judged.answer);
    session_.answer.verdict = session_.verdict;
    session_.answer.request_verdict = session_.added_verdict;
  }

  void FindSafeSets() {
    std::vector<std::vector<Holding>> candidates;
    for (const SessionThing& thing : session_.things) candidates.push_back(thing.holdings);
    const auto tell = [&](std::span<const uint32_t> set) {
      if (session_.safe_sets.size() < kMaxSafeSets) session_.safe_sets.emplace_back(set.begin(), set.end());
      return true;
    };
    const SafeSets found = ForEachSafeSet(table_, workspace_, candidates, at_, tell, kMaxSafeSetsCounted, subject_.actor);
    session_.safe_set_count = found.count;
    session_.is_count_cut_off = found.is_truncated;
  }

  const Table& table_;
  Workspace& workspace_;
  const Subject& subject_;
  const Instant at_;
  const AskOptions& options_;
  SessionAnswer session_;
};

bool IsConferred(const Answer& all, HeldKind kind, uint32_t target) {
  if (kind == HeldKind::Duty) return std::ranges::any_of(all.duties, [&](const HeldDuty& held) { return held.duty == target; });
  return kind == HeldKind::Role && std::ranges::any_of(all.roles, [&](const HeldRole& held) { return held.role == target; });
}

}  // namespace

std::vector<SessionThing> ThingsToActivate(const Subject& subject, Instant at) {
  std::vector<SessionThing> things;
  for (const Holding& holding : subject.holdings) {
    if (!CanBeActivated(holding, at)) continue;
    const auto is_it = [&](const SessionThing& thing) { return thing.kind == holding.kind && thing.target == holding.target; };
    auto found = std::ranges::find_if(things, is_it);
    if (found == things.end()) found = things.insert(things.end(), SessionThing{holding.kind, holding.target});
    found->holdings.push_back(holding);
  }
  return things;
}

Result<NotActivated> WhyNotActivated(const Table& table, Workspace& workspace, const Subject& subject, HeldKind kind, uint32_t target, Instant at) {
  const auto is_it = [&](const Holding& holding) { return holding.kind == kind && holding.target == target; };
  const auto held = std::ranges::find_if(subject.holdings, is_it);
  if (held != subject.holdings.end()) {
    constexpr NotActivated kWhy[] = {NotActivated::NotThen, NotActivated::Eligible, NotActivated::Requested, NotActivated::Suspended,
                                     NotActivated::Emergency};
    return kWhy[static_cast<uint8_t>(held->state)];
  }
  const auto all = Ask(table, workspace, subject, at, std::nullopt);
  if (!all) return all.error();
  return IsConferred(all.value(), kind, target) ? NotActivated::HeldBySomethingElse : NotActivated::NotHeld;
}

std::string_view WordsOf(NotActivated why) {
  constexpr std::string_view kWords[] = {"it is not held",       "it is held by something else; activate that",
                                         "it is not held on that day", "it is held as eligible only",
                                         "it is requested only", "it is suspended",
                                         "it is held for an emergency only"};
  return kWords[static_cast<uint8_t>(why)];
}

Result<SessionAnswer> AskAboutSession(const Table& table, Workspace& workspace, const Subject& subject, Instant at, std::vector<uint32_t> active,
                                      std::optional<uint32_t> added, const AskOptions& options) {
  return AskingAboutSession(table, workspace, subject, at, options).Run(std::move(active), added);
}

}  // namespace sod
