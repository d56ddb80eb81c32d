// sodc query --history: judges a history, or whether one act more may be done.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "compiler/base/read_file.h"
#include "compiler/diag/sinks.h"
#include "compiler/driver/history_output.h"
#include "compiler/driver/history_values.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"

namespace sodc {
namespace {

class HistoryQuery {
 public:
  HistoryQuery(const HistoryOptions& options, const sod::Table& table, DriverEnv& env)
      : options_(options), table_(table), env_(env), workspace_(table), file_(table, options.history == "-" ? "stdin" : options.history) {}

  ExitCode Run() {
    if (!ReadTime() || !ReadFile() || !ReadAct()) return code_;
    sod::HistoryOptions options;
    options.is_final = options_.is_final;
    if (at_) options.at = *at_;
    const auto report = act_ ? sod::JudgeAct(table_, workspace_, file_.history(), *act_)
                             : sod::JudgeHistory(table_, workspace_, file_.history(), options);
    if (!report) {
      Fail(report.error());
      return code_;
    }
    const HistoryFrame frame = {{table_, at_ ? InstantText(*at_) : std::string("the end of the history")}, file_, act_, at_, options_.is_final};
    env_.out.Write(options_.format == TextFormat::Json ? HistoryJson(frame, report.value()) : HistoryText(frame, report.value()));
    if (options_.fail_on && report->verdict <= *options_.fail_on) code_ = Worse(code_, ExitCode::Findings);
    return code_;
  }

 private:
  bool Fail(const sod::Error& error) {
    env_.err.Print("sodc query: {}{}{}\n", EscapeForTerminal(error.message), error.help.empty() ? "" : "; ", EscapeForTerminal(error.help));
    code_ = Worse(code_, CodeOf(error));
    return false;
  }

  // Of an act: now. A day is meant whole where it ends what is looked at, and from its beginning where it is the act's.
  bool ReadTime() {
    if (options_.at.empty()) {
      if (options_.act.empty()) return true;
      at_ = env_.now;
      if (env_.source_date_epoch) {
        const auto read = ParseInstantOfEpoch(*env_.source_date_epoch);
        if (!read) return Fail({sod::ErrorCode::BadArgument, "SOURCE_DATE_EPOCH is no number of seconds", ""});
        at_ = *read;
      }
      return true;
    }
    if (!options_.act.empty() && ParseDate(options_.at)) {
      return Fail({sod::ErrorCode::BadArgument, fmt::format("--at: at what time on {} is it to be done?", options_.at), "what was done earlier on that day counts: write 2026-11-02T21:40:00+01:00"});
    }
    const auto at = options_.act.empty() ? ParseEnd(options_.at, table_.time_zone()) : ParseBeginning(options_.at, table_.time_zone());
    if (!at) return Fail({sod::ErrorCode::BadArgument, fmt::format("--at: `{}` is no time", options_.at), "write 2026-11-02T21:40:00+01:00 or a day"});
    const bool is_day = ParseDate(options_.at).has_value();
    at_ = options_.act.empty() && is_day ? *at - 1 : *at;
    return true;
  }

  static std::optional<Instant> ParseInstantOfEpoch(const std::string& text) {
    if (text.empty() || text.size() > 12 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return std::stoll(text);
  }

  bool ReadFile() {
    const bool is_stdin = options_.history == "-";
    const ReadResult file = is_stdin ? ReadStandardInput(kMaxHistoryBytes) : sodc::ReadFile(options_.history, kMaxHistoryBytes);
    if (file.status != ReadResult::Status::Ok) {
      std::string why = file.reason;
      if (file.status == ReadResult::Status::NotFound) why = "no such file";
      if (file.status == ReadResult::Status::TooLarge) why = fmt::format("it has {} bytes; a history has at most {}", file.size, kMaxHistoryBytes);
      return Fail({sod::ErrorCode::InputOutput, fmt::format("`{}` cannot be read: {}", options_.history, why), ""});
    }
    text_ = file.text;
    file_.Read(text_);
    for (const std::string& error : file_.errors()) env_.err.Print("{}\n", EscapeForTerminal(error));
    for (const std::string& warning : file_.warnings()) env_.err.Print("{}\n", EscapeForTerminal(warning));
    if (file_.errors().empty()) return true;
    code_ = Worse(code_, ExitCode::InputOutput);
    return false;
  }

  bool ReadAct() {
    if (options_.act.empty()) return true;
    const auto duty = FindDutyNamed(table_, options_.act);
    if (!duty) Fail(duty.error());
    sod::HistoryEvent act;
    if (duty) act.row = duty.value();
    act.at = *at_;
    const bool has_object = ReadObject(act);
    const bool has_doer = ReadDoer(act);
    if (!duty || !has_object || !has_doer || !ReadAttributes(act)) return false;
    act_ = act;
    return true;
  }

  // What the object is when it is done: said behind everything that the history says.
  bool ReadAttributes(const sod::HistoryEvent& act) {
    const uint32_t kind = file_.history().objects[act.object].kind;
    std::vector<uint32_t> said;
    for (const std::string& given : options_.attributes) {
      const size_t equals = given.find('=');
      if (equals == std::string::npos) return Fail({sod::ErrorCode::BadArgument, fmt::format("--attribute: `{}` says nothing", given), "write NAME=VALUE"});
      const auto attribute = FindAttributeNamed(table_, kind, given.substr(0, equals));
      if (!attribute) return Fail(attribute.error());
      if (std::ranges::find(said, attribute.value()) != said.end()) {
        return Fail({sod::ErrorCode::BadArgument, fmt::format("--attribute: `{}` is given twice; which one is meant?", given.substr(0, equals)), ""});
      }
      said.push_back(attribute.value());
      const ReadHistoryValue read = ReadValueOf(table_, sod::TypeOfAttribute(table_, attribute.value()), given.substr(equals + 1));
      if (!read.error.empty()) return Fail({sod::ErrorCode::BadArgument, "--attribute: " + read.error, ""});
      if (!read.warning.empty()) env_.err.Print("sodc query: --attribute: {}\n", EscapeForTerminal(read.warning));
      file_.Say({act.object, attribute.value(), read.is_known, read.is_of_other_currency, read.range, act.at,
                 static_cast<uint32_t>(file_.history().events.size()), /*is_with=*/true});
    }
    return true;
  }

  // What stands before the first colon is always a kind: a kind that is misspelt must not become part of an id, on which
  // nothing was done yet. An id with a colon is written behind its kind.
  bool ReadObject(sod::HistoryEvent& act) {
    const std::string& text = options_.object;
    const size_t colon = text.find(':');
    if (colon != std::string::npos) {
      const auto kind = FindKindNamed(table_, text.substr(0, colon));
      if (!kind) {
        const std::string help = fmt::format("{}; an id with a colon is written behind its kind, --object KIND:{}", kind.error().help, text);
        return Fail({kind.error().code, kind.error().message, help});
      }
      const std::string wrong = act.row == sod::kNone ? "" : WrongKindFor(table_, act.row, kind.value());
      if (!wrong.empty()) return Fail({sod::ErrorCode::BadArgument, wrong, ""});
      return ReadId(act, kind.value(), text.substr(colon + 1));
    }
    if (act.row == sod::kNone) return false;  // the duty is told already
    const uint32_t of_duty = sod::KindOfDuty(table_, act.row);
    if (of_duty == sod::kNone) {
      return Fail({sod::ErrorCode::BadArgument, fmt::format("`{}` is an id of what?", text), "give --object KIND:ID, or let the duty say `on kind`"});
    }
    return ReadId(act, of_duty, text);
  }

  bool ReadId(sod::HistoryEvent& act, uint32_t kind, std::string_view id) {
    if (id.find_first_not_of(" \t") == std::string_view::npos) {
      return Fail({sod::ErrorCode::BadArgument, fmt::format("which {}? --object {} names none", sod::ObjectKindName(table_, kind).name, options_.object), "give --object KIND:ID"});
    }
    act.object = file_.ObjectOf(kind, id);
    return true;
  }

  bool ReadDoer(sod::HistoryEvent& act) {
    if (!options_.account.empty()) {
      const auto account = sod::FindAccount(table_, options_.account);
      if (!account) return Fail(account.error());
      act.account = account.value();
      return true;
    }
    const auto person = FindActorNamed(table_, options_.person);
    if (person) {
      act.actor = person.value();
      return true;
    }
    const auto account = person.error().code == sod::ErrorCode::UnknownName ? sod::FindAccount(table_, options_.person) : sod::Result<uint32_t>(person.error());
    if (!account) return Fail(person.error());
    act.account = account.value();
    return true;
  }

  const HistoryOptions& options_;
  const sod::Table& table_;
  DriverEnv& env_;
  sod::Workspace workspace_;
  std::string text_;
  HistoryFile file_;
  std::optional<sod::HistoryEvent> act_;
  std::optional<Instant> at_;
  ExitCode code_ = ExitCode::Fine;
};

}  // namespace

ExitCode RunHistory(const HistoryOptions& options, ColorChoice color, DriverEnv& env) {
  if (options.history == "-" && options.policy == "-") return SayUsage(env, "query", "the policy and the history cannot both be standard input; name a file for one of them");
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  return HistoryQuery(options, *opened.table, env).Run();
}

}  // namespace sodc
