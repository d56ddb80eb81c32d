// sodc forecast: how verdicts change in days to come, for whom, and because of what.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/change_output.h"
#include "compiler/driver/named.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "sod/describe.h"

namespace sodc {

namespace json = llvm::json;

namespace {

struct ForecastItem {
  size_t subject = 0;
  sod::AnswerChange change;
};

// Conflicts whose disposition is another one; what is left of the risk alone is no verdict.
bool IsOfVerdict(const sod::ConflictChange& conflict) {
  return !conflict.before || !conflict.after || conflict.before->disposition != conflict.after->disposition;
}

std::string NameForPeople(const sod::Subject& subject) {
  const bool has_title = !subject.title.empty() && subject.title != subject.id;
  return has_title ? fmt::format("{} ({})", SafeText(subject.title), SafeText(subject.id)) : SafeText(subject.id);
}

class Forecast {
 public:
  Forecast(const sod::Table& table, std::vector<sod::Subject> subjects, AsOf as_of, AsOf until)
      : table_(table), subjects_(std::move(subjects)), as_of_(std::move(as_of)), until_(std::move(until)) {}

  // An error of the first subject that cannot be judged.
  std::optional<sod::Error> Look() {
    sod::Workspace workspace(table_);
    for (size_t i = 0; i < subjects_.size(); ++i) {
      auto changes = sod::ChangesOf(table_, workspace, subjects_[i], as_of_.instant, until_.instant);
      if (!changes) return changes.error();
      for (sod::AnswerChange& change : changes.value()) {
        std::erase_if(change.conflicts, [](const sod::ConflictChange& conflict) { return !IsOfVerdict(conflict); });
        if (!change.conflicts.empty() || change.before != change.after) items_.push_back({i, std::move(change)});
      }
    }
    std::ranges::stable_sort(items_, {}, [](const ForecastItem& item) { return std::tuple(item.change.at, item.subject); });
    return std::nullopt;
  }

  // Whether something comes to be this or worse, and was better before.
  bool Reaches(sod::Verdict verdict) const {
    const auto falls = [&](sod::Verdict before, sod::Verdict after) { return after <= verdict && after < before; };
    return std::ranges::any_of(items_, [&](const ForecastItem& item) {
      const auto is_worse = [&](const sod::ConflictChange& conflict) {
        return conflict.after && falls(conflict.before ? conflict.before->disposition : sod::Verdict::Clear, conflict.after->disposition);
      };
      return falls(item.change.before, item.change.after) || std::ranges::any_of(item.change.conflicts, is_worse);
    });
  }

  std::string Text() const {
    std::string text;
    std::vector<bool> is_changed(subjects_.size(), false);
    for (const ForecastItem& item : items_) {
      is_changed[item.subject] = true;
      for (const std::string& line : LinesOf(item)) text += line;
    }
    if (items_.empty()) {
      text += fmt::format("No verdict changes after {} through {}.\n", as_of_.text, until_.text);
    } else {
      const auto changed = static_cast<size_t>(std::ranges::count(is_changed, true));
      text = fmt::format("Changes after {} through {}:\n", as_of_.text, until_.text) + text +
             fmt::format("\n{} of {} of {}.\n", Plural(items_.size(), "change"), changed, Plural(subjects_.size(), "subject"));
    }
    return text + "\n" + Provenance({table_, as_of_.text});
  }

  std::string Json() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    json::OStream out(stream, 2);
    out.object([&] {
      out.attribute("schema", "sod.forecast/1");
      out.attribute("sodc", SODC_VERSION);
      out.attribute("policy", ReferenceTo(table_.policy_name()));
      out.attribute("revision", table_.policy_revision());
      out.attribute("table_sha256", table_.table_sha256());
      out.attribute("as_of", as_of_.text);
      out.attribute("through", until_.text);
      out.attribute("subjects", static_cast<int64_t>(subjects_.size()));
      out.attributeArray("items", [&] {
        for (const ForecastItem& item : items_) out.object([&] { WriteItem(item, out); });
      });
    });
    stream.flush();
    return text + "\n";
  }

 private:
  static llvm::StringRef ReferenceTo(std::string_view text) { return {text.data(), text.size()}; }

  std::vector<std::string> LinesOf(const ForecastItem& item) const {
    const sod::AnswerChange& change = item.change;
    const std::string head = fmt::format("  {}  {}: ", FirstDay(table_, change.at), NameForPeople(subjects_[item.subject]));
    std::vector<std::string> lines;
    for (const std::string& words : ChangeInWords(table_, change)) lines.push_back(head + words + "\n");
    return lines;
  }

  void WriteItem(const ForecastItem& item, json::OStream& out) const {
    const sod::Subject& subject = subjects_[item.subject];
    out.attribute("on", FirstDay(table_, item.change.at));
    out.attributeObject("subject", [&] {
      out.attribute("kind", ReferenceTo(WordOf(subject.kind)));
      out.attribute("id", subject.id);
      out.attribute("title", subject.title);
    });
    out.attribute("verdict_before", ReferenceTo(SpellingOf(item.change.before)));
    out.attribute("verdict_after", ReferenceTo(SpellingOf(item.change.after)));
    out.attributeArray("what", [&] {
      for (const sod::ConflictChange& conflict : item.change.conflicts) out.object([&] { WriteConflictChange(table_, conflict, out); });
    });
    WriteCauses(item.change.because, out);
  }

  const sod::Table& table_;
  const std::vector<sod::Subject> subjects_;
  const AsOf as_of_;
  const AsOf until_;
  std::vector<ForecastItem> items_;
};

// One of the policy's actors, or the owner of an account.
sod::Result<std::vector<sod::Subject>> SubjectsFor(const sod::Table& table, const std::string& person) {
  if (person.empty()) {
    if (table.without_people()) return sod::Error{sod::ErrorCode::BadArgument, "nobody can be listed", "the table was built without people"};
    return sod::AllSubjects(table);
  }
  constexpr sod::NameKind kKinds[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                      sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};
  const auto entity = FindNamed(table, person, kKinds);
  auto subject = entity ? SubjectOf(table, entity.value()) : sod::SubjectOfAccount(table, person);
  if (subject) return std::vector<sod::Subject>{std::move(subject.value())};
  const bool is_other_error = !entity && (entity.error().code != sod::ErrorCode::UnknownName || subject.error().code == sod::ErrorCode::UnknownName);
  return is_other_error ? entity.error() : subject.error();
}

// The last day to look at, or what is wrong with the one given.
std::variant<Date, std::string> LastDayOf(const ForecastOptions& options, Date as_of) {
  if (options.until.empty()) {
    if (const auto day = LaterBy(as_of, options.within)) return *day;
    return fmt::format("--within takes a time like 90d, 2w, 3mo or 1y, not `{}`", options.within);
  }
  const auto day = ParseDate(options.until);
  if (!day) return fmt::format("--until takes a day like 2026-12-31 or a month like 2026-12, not `{}`", options.until);
  const Date last = day->is_month() ? DateOf(EndOf(*day) - 1) : *day;
  if (StartOf(last) < StartOf(as_of)) return fmt::format("--until names {}, which is before {}", ToString(last), ToString(as_of));
  return last;
}

}  // namespace

ExitCode RunForecast(const ForecastOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "forecast", *sentence);
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  const int32_t zone = opened.table->time_zone();
  const AsOf as_of = std::get<AsOf>(ResolveAsOf(options.as_of, env, zone));
  const auto last = LastDayOf(options, DayIn(zone, as_of.instant));
  if (const auto* sentence = std::get_if<std::string>(&last)) return SayUsage(env, "forecast", *sentence);
  const std::string through = ToString(std::get<Date>(last));
  auto subjects = SubjectsFor(*opened.table, options.person);
  const auto fail = [&](const sod::Error& error) {
    env.err.Print("sodc forecast: {}{}{}\n", error.message, error.help.empty() ? "" : "; ", error.help);
    return CodeOf(error);
  };
  if (!subjects) return fail(subjects.error());
  Forecast forecast(*opened.table, std::move(subjects.value()), as_of, {ParseEnd(through, zone).value_or(as_of.instant), through});
  if (const auto error = forecast.Look()) return fail(*error);
  env.out.Write(options.format == TextFormat::Json ? forecast.Json() : forecast.Text());
  return options.fail_on && forecast.Reaches(*options.fail_on) ? ExitCode::Findings : ExitCode::Fine;
}

}  // namespace sodc
