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
#include "sod/session.h"

namespace sodc {
namespace {

constexpr sod::NameKind kHolders[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                      sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};
constexpr sod::NameKind kActivated[] = {sod::NameKind::Duty, sod::NameKind::Role};

class SessionQuery {
 public:
  SessionQuery(const SessionOptions& options, const sod::Table& table, AsOf as_of, DriverEnv& env)
      : options_(options), table_(table), as_of_(std::move(as_of)), env_(env), workspace_(table) {}

  ExitCode Run() {
    if (!FindHolder() || !ReadNames()) return code_;
    const auto session = sod::AskAboutSession(table_, workspace_, subject_, as_of_.instant, active_, added_);
    if (!session) return Fail(session.error()), code_;
    const AnswerFrame frame{table_, as_of_.text};
    env_.out.Write(options_.format == TextFormat::Json ? SessionJson(frame, session.value(), passed_over_) : SessionText(frame, session.value(), passed_over_));
    if (options_.fail_on && session->decisive() <= *options_.fail_on) code_ = Worse(code_, ExitCode::Findings);
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
    things_ = sod::ThingsToActivate(subject_, as_of_.instant);
    return true;
  }

  bool ReadNames() {
    for (const std::string& text : options_.active) {
      if (text.empty()) return Refuse("--session names nothing", "");
      if (!Activate(text, "--session", active_)) return false;
    }
    if (!options_.is_activation) return true;
    if (options_.activate.empty()) return Refuse("--activate names nothing", "");
    std::vector<uint32_t> added;
    if (!Activate(options_.activate, "--activate", added)) return false;
    if (added.size() > 1) return Refuse(fmt::format("`{}` is several entitlements", options_.activate), "activate one by its declared name");
    added_ = added.front();
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
      if (entitlements->empty()) {
        return sod::Error{sod::ErrorCode::UnknownName, fmt::format("nothing in the policy waits for the permission {}", text.substr(kWord.size())), ""};
      }
      for (const uint32_t row : entitlements.value()) rows.push_back({sod::HeldKind::Entitlement, row});
      return rows;
    }
    const auto entity = FindNamed(table_, text, kActivated);
    if (!entity) return entity.error();
    rows.push_back({entity->kind == sod::NameKind::Role ? sod::HeldKind::Role : sod::HeldKind::Duty, entity->index});
    return rows;
  }

  // One name may be several entitlements: those that are held are activated, the others told.
  bool Activate(const std::string& text, std::string_view option, std::vector<uint32_t>& indices) {
    const auto rows = RowsOf(text);
    if (!rows) return Fail(rows.error());
    const size_t before = indices.size();
    std::vector<sod::SessionThing> passed_over;
    for (const Row& row : rows.value()) {
      const auto found = std::ranges::find_if(things_, [&](const sod::SessionThing& thing) { return thing.kind == row.kind && thing.target == row.target; });
      if (found == things_.end()) {
        passed_over.push_back({row.kind, row.target});
        continue;
      }
      const uint32_t index = static_cast<uint32_t>(found - things_.begin());
      if (std::ranges::find(active_, index) != active_.end()) {
        return Refuse(fmt::format("{} {} is active in this session already", option, text), "leave one out");
      }
      indices.push_back(index);
    }
    if (indices.size() == before) return RefuseToActivate(rows->front(), text);
    passed_over_.insert(passed_over_.end(), passed_over.begin(), passed_over.end());
    return true;
  }

  bool RefuseToActivate(const Row& row, const std::string& text) {
    const auto why = sod::WhyNotActivated(table_, workspace_, subject_, row.kind, row.target, as_of_.instant);
    if (!why) return Fail(why.error());
    std::vector<std::string> names;
    for (const sod::SessionThing& thing : things_) names.emplace_back(NameOfHeld(table_, {.kind = thing.kind, .target = thing.target}).name);
    std::string help = names.empty() ? "there is nothing that they can activate" : fmt::format("they can activate {}", fmt::join(names, ", "));
    switch (why.value()) {
      case sod::NotActivated::NotHeld: return Refuse(fmt::format("{} does not hold {}", subject_.title, text), help);
      case sod::NotActivated::HeldBySomethingElse: return Refuse(fmt::format("{} holds {} by something else; activate that", subject_.title, text), help);
      default: return Refuse(fmt::format("{} cannot activate {} on {}", subject_.title, text, as_of_.text), std::string(sod::WordsOf(why.value())));
    }
  }

  const SessionOptions& options_;
  const sod::Table& table_;
  AsOf as_of_;
  DriverEnv& env_;
  sod::Workspace workspace_;
  sod::Subject subject_;
  std::vector<sod::SessionThing> things_;       // that can be activated
  std::vector<uint32_t> active_;
  std::optional<uint32_t> added_;
  std::vector<sod::SessionThing> passed_over_;  // of what was named: not among them
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
