// sodc query --session: what is active in one session of somebody, and whether one thing more may be.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/named.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/session_output.h"
#include "compiler/driver/verbs.h"
#include "sod/describe.h"
#include "sod/session.h"

namespace sodc {
namespace {

// How many of the largest sets are counted; fewer are told.
constexpr size_t kMaxSafeSetsCounted = 10'000;

constexpr sod::NameKind kHolders[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                      sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};
constexpr sod::NameKind kActivated[] = {sod::NameKind::Duty, sod::NameKind::Role};

class SessionQuery {
 public:
  SessionQuery(const SessionOptions& options, const sod::Table& table, AsOf as_of, DriverEnv& env)
      : options_(options), table_(table), as_of_(std::move(as_of)), env_(env), workspace_(table) {}

  ExitCode Run() {
    if (!FindHolder() || !ReadNames() || !Judge()) return code_;
    FindSafeSets();
    const AnswerFrame frame{table_, as_of_.text};
    env_.out.Write(options_.format == TextFormat::Json ? SessionJson(frame, session_) : SessionText(frame, session_));
    if (options_.fail_on && session_.decisive() <= *options_.fail_on) code_ = Worse(code_, ExitCode::Findings);
    return code_;
  }

 private:
  bool Fail(const sod::Error& error) {
    env_.err.Print("sodc query: {}{}{}\n", EscapeForTerminal(error.message), error.help.empty() ? "" : "; ", EscapeForTerminal(error.help));
    code_ = Worse(code_, CodeOf(error));
    return false;
  }
  bool Refuse(std::string message, std::string help) { return Fail({sod::ErrorCode::BadArgument, std::move(message), std::move(help)}); }

  bool FindHolder() {
    const auto entity = FindNamed(table_, options_.person, kHolders);
    const bool may_be_account = !entity && entity.error().code == sod::ErrorCode::UnknownName;
    auto subject = entity ? SubjectOf(table_, entity.value()) : sod::Result<sod::Subject>(entity.error());
    if (may_be_account) {
      auto owner = sod::SubjectOfAccount(table_, options_.person);
      if (owner || owner.error().code == sod::ErrorCode::AmbiguousName) subject = std::move(owner);
    }
    if (!subject) {
      sod::Error unknown = subject.error();
      if (table_.without_people()) unknown.help = "the table was built without people";
      return Fail(unknown);
    }
    subject_ = std::move(subject.value());
    for (const sod::Holding& holding : subject_.holdings) {
      if (sod::CanBeActivated(holding, as_of_.instant)) ThingOf(holding).holdings.push_back(holding);
    }
    return true;
  }

  SessionThing& ThingOf(const sod::Holding& holding) {
    const auto found = std::ranges::find_if(session_.things, [&](const SessionThing& thing) { return thing.kind == holding.kind && thing.target == holding.target; });
    if (found != session_.things.end()) return *found;
    return session_.things.emplace_back(SessionThing{holding.kind, holding.target});
  }

  bool ReadNames() {
    for (const std::string& text : options_.active) {
      if (text.empty()) return Refuse("--session names nothing", "");
      if (!Activate(text, "--session", session_.active)) return false;
    }
    if (!options_.is_activation) return true;
    if (options_.activate.empty()) return Refuse("--activate names nothing", "");
    std::vector<uint32_t> added;
    if (!Activate(options_.activate, "--activate", added)) return false;
    if (added.size() > 1) return Refuse(fmt::format("`{}` is several entitlements", options_.activate), "activate one by its declared name");
    session_.added = added.front();
    return true;
  }

  struct Row {
    sod::HeldKind kind;
    uint32_t target;
  };
  sod::Result<std::vector<Row>> RowsOf(const std::string& text) const {
    constexpr std::string_view kWord = "entitlement ";
    std::vector<Row> rows;
    if (text.starts_with(kWord)) {
      const auto entitlements = FindEntitlements(table_, text.substr(kWord.size()));
      if (!entitlements) return entitlements.error();
      for (const uint32_t row : entitlements.value()) rows.push_back({sod::HeldKind::Entitlement, row});
      return rows;
    }
    const auto entity = FindNamed(table_, text, kActivated);
    if (!entity) return entity.error();
    rows.push_back({entity->kind == sod::NameKind::Role ? sod::HeldKind::Role : sod::HeldKind::Duty, entity->index});
    return rows;
  }

  bool Activate(const std::string& text, std::string_view option, std::vector<uint32_t>& indices) {
    const auto rows = RowsOf(text);
    if (!rows) return Fail(rows.error());
    const size_t before = indices.size();
    for (const Row& row : rows.value()) {
      const auto found = std::ranges::find_if(session_.things, [&](const SessionThing& thing) { return thing.kind == row.kind && thing.target == row.target; });
      if (found == session_.things.end()) continue;
      const uint32_t index = static_cast<uint32_t>(found - session_.things.begin());
      if (std::ranges::find(session_.active, index) != session_.active.end()) {
        return Refuse(fmt::format("{} {} is active in this session already", option, text), "leave one out");
      }
      indices.push_back(index);
    }
    return indices.size() > before || RefuseToActivate(rows->front(), text);
  }

  bool RefuseToActivate(const Row& row, const std::string& text) {
    const auto is_it = [&](const sod::Holding& holding) { return holding.kind == row.kind && holding.target == row.target; };
    const auto held = std::ranges::find_if(subject_.holdings, is_it);
    if (held != subject_.holdings.end()) {
      constexpr std::string_view kWhy[] = {"it is not held on that day", "it is held as eligible only", "it is requested only", "it is suspended",
                                           "it is held for an emergency only"};
      return Refuse(fmt::format("{} cannot activate {} on {}", subject_.title, text, as_of_.text), std::string(kWhy[static_cast<uint8_t>(held->state)]));
    }
    std::vector<std::string> names;
    for (const SessionThing& thing : session_.things) names.emplace_back(NameOfHeld(table_, {.kind = thing.kind, .target = thing.target}).name);
    std::string help = names.empty() ? "there is nothing that they can activate" : fmt::format("they can activate {}", fmt::join(names, ", "));
    const auto all = sod::Ask(table_, workspace_, subject_, as_of_.instant, std::nullopt);
    const bool is_conferred = all && IsConferred(all.value(), row);
    if (is_conferred) return Refuse(fmt::format("{} holds {} by something else; activate that", subject_.title, text), help);
    return Refuse(fmt::format("{} does not hold {}", subject_.title, text), help);
  }

  static bool IsConferred(const sod::Answer& all, const Row& row) {
    if (row.kind == sod::HeldKind::Duty) return std::ranges::any_of(all.duties, [&](const sod::HeldDuty& held) { return held.duty == row.target; });
    return row.kind == sod::HeldKind::Role && std::ranges::any_of(all.roles, [&](const sod::HeldRole& held) { return held.role == row.target; });
  }

  // What one session comes to, of rules per session alone: those for all times are of what is held (decision 0085).
  struct Judged {
    sod::Answer answer;
    std::vector<uint32_t> open;  // rules that may be broken, which is not known
  };
  sod::Result<Judged> JudgeSession(const std::vector<uint32_t>& active) {
    sod::Subject subject = subject_;
    subject.holdings.clear();
    for (const uint32_t index : active) {
      const auto& holdings = session_.things[index].holdings;
      subject.holdings.insert(subject.holdings.end(), holdings.begin(), holdings.end());
    }
    auto answer = sod::Ask(table_, workspace_, subject, as_of_.instant, std::nullopt);
    if (!answer) return answer.error();
    Judged judged{std::move(answer.value()), {}};
    std::erase_if(judged.answer.conflicts, [&](const sod::Conflict& conflict) { return sod::Describe(table_, conflict.rule).moment != "session"; });
    std::erase_if(judged.answer.not_checked, [](const sod::NotChecked& item) { return item.rule_class != "session" && item.rule_class != "assign"; });
    judged.open = sod::PossibleSessionViolations(table_, workspace_, subject.holdings, as_of_.instant, subject.actor);
    std::erase_if(judged.open, [&](uint32_t rule) { return std::ranges::any_of(judged.answer.conflicts, [&](const sod::Conflict& conflict) { return conflict.rule == rule; }); });
    return judged;
  }

  bool Judge() {
    auto before = JudgeSession(session_.active);
    if (!before) return Fail(before.error());
    if (!session_.added) {
      Take(std::move(before.value()));
      return true;
    }
    std::vector<uint32_t> with = session_.active;
    with.push_back(*session_.added);
    auto after = JudgeSession(with);
    if (!after) return Fail(after.error());
    session_.added_verdict = AddedVerdict(before.value(), after.value());
    Take(std::move(after.value()));
    return true;
  }

  sod::Verdict AddedVerdict(const Judged& before, Judged& after) const {
    sod::Verdict verdict = subject_.incomplete.empty() ? sod::Verdict::Clear : sod::Verdict::NotEvaluable;
    for (sod::Conflict& conflict : after.answer.conflicts) {
      const auto same = std::ranges::find(before.answer.conflicts, conflict.rule, &sod::Conflict::rule);
      conflict.introduced = same == before.answer.conflicts.end();
      if (conflict.introduced || conflict.disposition < same->disposition) verdict = std::min(verdict, conflict.disposition);
    }
    const bool opens = std::ranges::any_of(after.open, [&](uint32_t rule) { return std::ranges::find(before.open, rule) == before.open.end(); });
    return opens ? std::min(verdict, sod::Verdict::NotEvaluable) : verdict;
  }

  void Take(Judged judged) {
    for (const sod::Incompleteness& gap : subject_.incomplete) session_.unknown.push_back(fmt::format("{} ({})", gap.what, gap.reason));
    for (const uint32_t rule : judged.open) session_.unknown.push_back(fmt::format("whether this is a case of {}", sod::Describe(table_, rule).rule.name));
    if (!judged.open.empty()) {
      const auto& gaps = judged.answer.subject.incomplete;
      for (size_t i = subject_.incomplete.size(); i < gaps.size(); ++i) session_.unknown.push_back(fmt::format("{} ({})", gaps[i].what, gaps[i].reason));
    }
    session_.verdict = session_.unknown.empty() ? sod::Verdict::Clear : sod::Verdict::NotEvaluable;
    for (const sod::Conflict& conflict : judged.answer.conflicts) session_.verdict = std::min(session_.verdict, conflict.disposition);
    session_.answer = std::move(judged.answer);
  }

  void FindSafeSets() {
    std::vector<std::vector<sod::Holding>> candidates;
    for (const SessionThing& thing : session_.things) candidates.push_back(thing.holdings);
    const auto tell = [&](std::span<const uint32_t> set) {
      if (session_.safe_sets.size() < sod::kMaxSafeSets) session_.safe_sets.emplace_back(set.begin(), set.end());
      return true;
    };
    const sod::SafeSets found = sod::ForEachSafeSet(table_, workspace_, candidates, as_of_.instant, tell, kMaxSafeSetsCounted, subject_.actor);
    session_.safe_set_count = found.count;
    session_.is_count_cut_off = found.is_truncated;
  }

  const SessionOptions& options_;
  const sod::Table& table_;
  AsOf as_of_;
  DriverEnv& env_;
  sod::Workspace workspace_;
  sod::Subject subject_;
  SessionAnswer session_;
  ExitCode code_ = ExitCode::Fine;
};

}  // namespace

ExitCode RunSession(const SessionOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "query", *sentence);
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  const auto as_of = ResolveAsOf(options.as_of, env, opened.table->time_zone());
  return SessionQuery(options, *opened.table, std::get<AsOf>(as_of), env).Run();
}

}  // namespace sodc
