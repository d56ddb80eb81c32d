// Text for people and JSON for programs (schema sod.process/1) of how few people can do a process.
#include "compiler/driver/process_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/plural.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace sodc {
namespace {

llvm::StringRef RefTo(std::string_view text) { return {text.data(), text.size()}; }

void WriteMembers(llvm::json::OStream& out, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const std::vector<uint32_t>& members) {
  for (const uint32_t member : members) {
    out.array([&] {
      for (const uint32_t person : answer.people[member]) out.value(judge.person(person).id);
    });
  }
}

std::string NamesOf(const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const std::vector<uint32_t>& members) {
  std::vector<std::string> names;
  for (const uint32_t member : members) names.push_back(judge.PersonInWords(answer.people[member]));
  return EscapeForTerminal(fmt::format("{}", fmt::join(names, ", ")));
}

std::string PeopleOf(const sod::ProcessJudge& judge, const sod::ProcessPlan& plan, const std::vector<uint32_t>& members) {
  std::vector<std::string> names;
  for (const uint32_t member : members) names.push_back(judge.PersonInWords(plan.people[member]));
  return EscapeForTerminal(fmt::format("{}", fmt::join(names, ", ")));
}

const char* HeadOf(const sod::ProcessPlan& plan) {
  switch (plan.can_be_done) {
    case sod::CanBeDone::Yes: return "With every rule kept it can be done by those who are there, for example:";
    case sod::CanBeDone::No: return plan.is_as_written ? "With every rule kept it cannot be done as it is written, whoever is there; what cannot hold together:"
                                                             : "With every rule kept it cannot be done by those who are there; what cannot hold together:";
    case sod::CanBeDone::Unknown: return "Whether it can be done with every rule kept is not known:";
    case sod::CanBeDone::GivenUp: return "Whether it can be done with every rule kept was not found out:";
  }
  return "";
}

std::string PlanText(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessPlan& plan) {
  std::string text = fmt::format("\n{}\n", HeadOf(plan));
  for (const sod::ProcessStep& step : plan.steps) text += fmt::format("  - {}: {}\n", EscapeForTerminal(frame.table.duty(step.duty).title), PeopleOf(judge, plan, step.holders));
  for (const auto& approval : plan.approvals) text += fmt::format("  - {}, given by {}\n", EscapeForTerminal(approval.name.title), PeopleOf(judge, plan, approval.by));
  for (const std::string& words : plan.because) text += fmt::format("  - {}\n", EscapeForTerminal(words));
  return text;
}

void WritePlanPeople(llvm::json::OStream& out, const char* name, const sod::ProcessJudge& judge, const sod::ProcessPlan& plan, const std::vector<uint32_t>& members) {
  out.attributeArray(name, [&] {
    for (const uint32_t member : members) {
      out.array([&] {
        for (const uint32_t person : plan.people[member]) out.value(judge.person(person).id);
      });
    }
  });
}

void WritePlan(const sod::Table& table, const sod::ProcessJudge& judge, const sod::ProcessPlan& plan, llvm::json::OStream& out) {
  out.attributeObject("plan", [&] {
    out.attribute("can_be_done", RefTo(sod::SpellingOf(plan.can_be_done)));
    out.attribute("as_written", plan.is_as_written);
    out.attributeArray("steps", [&] {
      for (const sod::ProcessStep& step : plan.steps) {
        out.object([&] {
          out.attribute("duty", RefTo(table.duty(step.duty).name));
          WritePlanPeople(out, "people", judge, plan, step.holders);
        });
      }
    });
    out.attributeArray("approvals", [&] {
      for (const auto& approval : plan.approvals) {
        out.object([&] {
          out.attribute("approval", RefTo(approval.name.name));
          WritePlanPeople(out, "people", judge, plan, approval.by);
        });
      }
    });
    out.attributeArray("because", [&] {
      for (const std::string& words : plan.because) out.value(words);
    });
  });
}

}  // namespace

std::string ProcessText(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const sod::ProcessPlan& plan) {
  std::string text = fmt::format("{} on {}: {}.\n", EscapeForTerminal(answer.name.title), frame.as_of, WordsOf(answer.verdict));
  if (answer.needs > 0) text += fmt::format("\nIt needs at least {}{}.", answer.needs == 1 ? "1 person" : fmt::format("{} people", answer.needs), answer.is_conditional ? ", where it applies" : "");
  if (answer.size) text += fmt::format("\n{} can do all of it, in {}:\n", *answer.size == 1 ? "1 person" : fmt::format("{} people", *answer.size), Plural(answer.group_count, "way"));
  else text += "\nNo group is known that can do all of it.\n";
  for (const auto& group : answer.groups) text += fmt::format("  - {}\n", NamesOf(judge, answer, group));
  if (answer.groups.size() < answer.group_count) text += fmt::format("  and {} more\n", answer.group_count - answer.groups.size());
  const bool is_looked_at = answer.steps.size() <= sod::kMaxProcessSteps;
  text += is_looked_at ? "\nSteps:\n" : "\nWho holds its steps was not looked at.\n";
  for (const sod::ProcessStep& step : is_looked_at ? answer.steps : std::vector<sod::ProcessStep>()) {
    const std::string holders = step.holders.empty() ? "nobody" : NamesOf(judge, answer, step.holders);
    text += fmt::format("  - {}: {}\n", EscapeForTerminal(frame.table.duty(step.duty).title), holders);
  }
  if (!answer.unknown.empty()) text += "\nIt cannot be judged:\n";
  for (const std::string& unknown : answer.unknown) text += fmt::format("  - {}\n", EscapeForTerminal(unknown));
  text += PlanText(frame, judge, plan);
  if (!sod::IsOnlyAboutPeople(frame.table, answer.process)) text += "\nWhat was done on an object is judged by `sodc query --history`.\n";
  return text + "\n" + Provenance(frame);
}

std::string ProcessJson(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const sod::ProcessPlan& plan) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream out(stream, 2);
  out.object([&] {
    out.attribute("schema", "sod.process/1");
    out.attribute("sodc", SODC_VERSION);
    out.attribute("policy", RefTo(frame.table.policy_name()));
    out.attribute("table_sha256", frame.table.table_sha256());
    out.attribute("as_of", frame.as_of);
    out.attribute("process", RefTo(answer.name.name));
    out.attribute("title", RefTo(answer.name.title));
    out.attribute("verdict", RefTo(sod::SpellingOf(answer.verdict)));
    out.attribute("needs", answer.needs);
    out.attribute("only_people", sod::IsOnlyAboutPeople(frame.table, answer.process));
    out.attribute("conditional", answer.is_conditional);
    out.attribute("people", answer.size ? llvm::json::Value(*answer.size) : llvm::json::Value(nullptr));
    out.attribute("possible_people", answer.possible_size ? llvm::json::Value(*answer.possible_size) : llvm::json::Value(nullptr));
    out.attribute("group_count", answer.group_count);
    out.attributeArray("groups", [&] {
      for (const auto& group : answer.groups) out.array([&] { WriteMembers(out, judge, answer, group); });
    });
    out.attributeArray("steps", [&] {
      for (const sod::ProcessStep& step : answer.steps) {
        out.object([&] {
          out.attribute("duty", RefTo(frame.table.duty(step.duty).name));
          out.attributeArray("holders", [&] { WriteMembers(out, judge, answer, step.holders); });
        });
      }
    });
    out.attributeArray("unknown", [&] {
      for (const std::string& unknown : answer.unknown) out.value(unknown);
    });
    WritePlan(frame.table, judge, plan, out);
  });
  return text + "\n";
}

std::string ProcessChangesInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::ProcessChange>& changes) {
  std::string text;
  for (const sod::ProcessChange& change : changes) {
    const sod::ProcessAnswer& after = change.after;
    const std::string title = EscapeForTerminal(after.name.title);
    const std::string when = change.at > as_of ? ", from " + FirstDay(table, change.at) + " on" : "";
    text += fmt::format("\n{}: {}{}.", title, WordsOf(after.verdict), when);
    if (after.size) {
      text += fmt::format(" With the request {} can do all of it ({}), and it needs at least {}", *after.size == 1 ? "1 person" : fmt::format("{} people", *after.size),
                          EscapeForTerminal(fmt::format("{}", fmt::join(change.group, ", "))), after.needs);
      text += change.before.size ? fmt::format("; {} without it.", *change.before.size) : "; nobody could without it.";
    }
    for (const std::string& unknown : after.unknown) text += fmt::format(" Not known: {}.", EscapeForTerminal(unknown));
    text += "\n";
  }
  return text;
}

void WriteProcessChanges(const sod::Table& table, const std::vector<sod::ProcessChange>& changes, llvm::json::OStream& out) {
  const auto size = [](const sod::ProcessAnswer& answer) { return answer.size ? llvm::json::Value(*answer.size) : llvm::json::Value(nullptr); };
  out.attributeArray("processes", [&] {
    for (const sod::ProcessChange& change : changes) {
      out.object([&] {
        out.attribute("process", RefTo(change.after.name.name));
        out.attribute("title", RefTo(change.after.name.title));
        out.attribute("verdict", RefTo(sod::SpellingOf(change.after.verdict)));
        out.attribute("verdict_before", RefTo(sod::SpellingOf(change.before.verdict)));
        out.attribute("needs", change.after.needs);
        out.attribute("people", size(change.after));
        out.attribute("people_before", size(change.before));
        out.attribute("from", FirstDay(table, change.at));
        out.attributeArray("group", [&] {
          for (const std::string& person : change.group) out.value(person);
        });
        out.attributeArray("unknown", [&] {
          for (const std::string& unknown : change.after.unknown) out.value(unknown);
        });
      });
    }
  });
}

std::string ProcessesNotAsked(const sod::Table& table) {
  std::vector<std::string> titles;
  for (const uint32_t process : sod::ProcessesOf(table)) titles.push_back(SafeText(sod::NameOfProcess(table, process).title));
  return NotLookedAt("whether too few people could then do", std::move(titles));
}

}  // namespace sodc
