// sodc due: what ends, what is to be looked at again, and what is overdue.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/base/calendar.h"
#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "sod/due.h"

namespace sodc {

namespace json = llvm::json;

namespace {

// "its newest record is too old": what happens behind the last day.
std::string_view WordsOf(sod::DueKind kind) {
  switch (kind) {
    case sod::DueKind::PolicyReview: return "the review is to be done";
    case sod::DueKind::Evidence: return "the end of what its newest record proves";
    case sod::DueKind::Control: return "the end of the control";
    case sod::DueKind::Waiver: return "the end of the waiver";
    case sod::DueKind::WaiverReview: return "the waiver is to be looked at again";
    case sod::DueKind::Exemption: return "the exemption is to be reviewed, and excuses nothing without";
    case sod::DueKind::EmergencyReview: return "the use of the emergency is to be reviewed";
    case sod::DueKind::Remediation: return "the remediation is to be done";
    case sod::DueKind::PlanStep: return "the plan wants it by then";
    case sod::DueKind::Assignment: return "the end of the assignment";
    case sod::DueKind::Delegation: return "the end of the delegation";
    case sod::DueKind::Rule: return "the end of the rule";
    case sod::DueKind::DisabledRule: return "the end of the time in which the rule is disabled";
    case sod::DueKind::AmendedRule: return "the end of the amendment";
  }
  return "";
}

llvm::StringRef AsRef(std::string_view text) { return {text.data(), text.size()}; }

// Titles of people, joined; a name without a title is its own.
std::string PeopleInWords(const sod::DueItem& item) {
  std::vector<std::string> people;
  for (const sod::Named& person : item.people) people.push_back(SafeText(person.title.empty() ? person.name : person.title));
  return fmt::format("{}", fmt::join(people, ", "));
}

class Due {
 public:
  Due(const sod::Table& table, const AsOf& as_of, const AsOf& until)
      : table_(table), as_of_(as_of), until_(until), items_(sod::WhatIsDue(table, as_of.instant, until.instant)) {}

  size_t overdue() const { return static_cast<size_t>(std::ranges::count_if(items_, &sod::DueItem::is_overdue)); }
  bool is_empty() const { return items_.empty(); }

  std::string Text() const {
    std::string text;
    if (overdue() > 0) text += fmt::format("Overdue on {}:\n", as_of_.text) + Lines(true) + "\n";
    if (items_.size() > overdue()) text += fmt::format("Due through {}:\n", until_.text) + Lines(false) + "\n";
    const size_t due = items_.size() - overdue();
    text += items_.empty() ? fmt::format("Nothing is due through {}.\n", until_.text) : fmt::format("{} overdue, {} due.\n", overdue(), due);
    if (table_.without_people()) text += "The table was built without people: what they hold, and what is excused for them, is not in it.\n";
    return text + "\n" + Provenance({table_, as_of_.text});
  }

  std::string Json() const {
    std::string text;
    llvm::raw_string_ostream stream(text);
    json::OStream out(stream, 2);
    out.object([&] {
      out.attribute("schema", "sod.due/1");
      out.attribute("sodc", SODC_VERSION);
      out.attribute("policy", AsRef(table_.policy_name()));
      out.attribute("revision", table_.policy_revision());
      out.attribute("table_sha256", table_.table_sha256());
      out.attribute("as_of", as_of_.text);
      out.attribute("through", until_.text);
      out.attribute("without_people", table_.without_people());
      out.attributeArray("items", [&] {
        for (const sod::DueItem& item : items_) out.object([&] { WriteItem(item, out); });
      });
    });
    stream.flush();
    return text + "\n";
  }

 private:
  std::string Lines(bool overdue) const {
    std::string text;
    for (const sod::DueItem& item : items_) {
      if (item.is_overdue != overdue) continue;
      const std::string people = PeopleInWords(item);
      const std::string what = SafeText(item.what.title.empty() ? item.what.name : item.what.title);
      text += fmt::format("  {}  {}: {}{}{}{}\n", LastDay(table_, item.at), what, WordsOf(item.kind), people.empty() ? "" : "; ", people,
                          item.file.empty() ? "" : fmt::format(" ({}:{}:{})", SafeText(item.file), item.line, item.column));
    }
    return text;
  }

  void WriteItem(const sod::DueItem& item, json::OStream& out) const {
    out.attribute("kind", AsRef(sod::SpellingOf(item.kind)));
    out.attribute("last_day", LastDay(table_, item.at));
    out.attribute("overdue", item.is_overdue);
    out.attribute("id", AsRef(item.what.name));
    out.attribute("title", AsRef(item.what.title));
    out.attributeArray("people", [&] {
      for (const sod::Named& person : item.people) out.value(AsRef(person.name));
    });
    if (item.file.empty()) return out.attribute("source", nullptr);
    out.attributeObject("source", [&] {
      out.attribute("file", AsRef(item.file));
      out.attribute("line", item.line);
      out.attribute("column", item.column);
    });
  }

  const sod::Table& table_;
  const AsOf as_of_;
  const AsOf until_;
  const std::vector<sod::DueItem> items_;
};

}  // namespace

ExitCode RunDue(const DueOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "due", *sentence);
  const auto last_day = LaterBy(DateOf(std::get<AsOf>(readable).instant), options.within);
  if (!last_day) return SayUsage(env, "due", fmt::format("--within takes a time like 30d, 2w, 3mo or 1y, not `{}`", options.within));
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  const int32_t zone = opened.table->time_zone();
  const AsOf as_of = std::get<AsOf>(ResolveAsOf(options.as_of, env, zone));
  const std::string through = ToString(*LaterBy(DayIn(zone, as_of.instant), options.within));
  // An end behind the last day is within it.
  const Due due(*opened.table, as_of, {ParseEnd(through, zone).value_or(as_of.instant), through});
  env.out.Write(options.format == TextFormat::Json ? due.Json() : due.Text());
  const bool fails = (options.fail_on == DueFailure::Overdue && due.overdue() > 0) || (options.fail_on == DueFailure::Due && !due.is_empty());
  return fails ? ExitCode::Findings : ExitCode::Fine;
}

}  // namespace sodc
