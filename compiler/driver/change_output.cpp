#include "compiler/driver/change_output.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/path_words.h"
#include "sod/describe.h"

namespace sodc {

namespace json = llvm::json;

namespace {

llvm::StringRef AsReference(std::string_view text) { return {text.data(), text.size()}; }

// A title without the stop that titles of controls often have; a name without a title is its own.
std::string TitleOf(const sod::Named& named) {
  std::string text = SafeText(named.title.empty() ? named.name : named.title);
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

std::string TitlesOf(const std::vector<sod::Named>& all) {
  std::vector<std::string> titles;
  for (const sod::Named& named : all) titles.push_back(TitleOf(named));
  return fmt::format("{}", fmt::join(titles, ", "));
}

std::string CauseInWords(const sod::Cause& cause) {
  const std::string what = TitleOf(cause.what);
  const std::string who = TitleOf(cause.who);
  const auto either = [&](std::string_view begins, std::string_view ends) {
    return fmt::format(fmt::runtime(cause.begins ? begins : ends), what, who);
  };
  switch (cause.kind) {
    case sod::CauseKind::Assignment: return either("{1} begins to hold {0}", "{1} no longer holds {0}");
    case sod::CauseKind::Delegation: return either("the delegation of {0} by {1} begins", "the delegation of {0} by {1} is over");
    case sod::CauseKind::Holding: return either("{0} begins to be held", "{0} is held no longer") + (who.empty() ? "" : " (" + who + ")");
    case sod::CauseKind::Rule: return either("the rule becomes valid", "the rule is valid no longer");
    case sod::CauseKind::DisabledRule: return either("the rule is disabled", "the disabled rule is in force again");
    case sod::CauseKind::AmendedRule: return either("the rule is amended", "the amended rule is again as it was imported");
    case sod::CauseKind::Control: return either("the control “{}” comes into force", "the control “{}” is no longer in force");
    case sod::CauseKind::Evidence: return either("a record proves the control “{}”", "the records prove the control “{}” no longer");
    case sod::CauseKind::Immutability:
      return either("it is proved who cannot change the control “{}”", "it is proved no longer who cannot change the control “{}”");
    case sod::CauseKind::Waiver: return either("the waiver “{}” begins", "the waiver “{}” is over");
    case sod::CauseKind::Exemption: return either("“{}” is reviewed", "the review of “{}” is overdue");
    case sod::CauseKind::EmergencyReview: return either("the use of “{}” is reviewed", "the review of the use of “{}” is overdue");
    case sod::CauseKind::Condition: return either("“{}” is another, on which a condition rests", "");
  }
  return "";
}

std::vector<sod::Named> Without(const std::vector<sod::Named>& all, const std::vector<sod::Named>& taken) {
  std::vector<sod::Named> rest;
  for (const sod::Named& one : all) {
    if (std::ranges::find(taken, one.name, &sod::Named::name) == taken.end()) rest.push_back(one);
  }
  return rest;
}

// What else changes of a conflict that stays.
void AddDetails(const sod::Table& table, const sod::ConflictState& before, const sod::ConflictState& after, std::vector<std::string>& parts) {
  const auto add = [&](std::string_view words, const std::vector<sod::Named>& which) {
    if (!which.empty()) parts.push_back(fmt::format(fmt::runtime(words), TitlesOf(which)));
  };
  if (before.residual != after.residual && before.residual != sod::kNone && after.residual != sod::kNone) {
    parts.push_back(fmt::format("the risk that is left goes from {} to {}", TitleOf(table.scale_member(before.residual)),
                                TitleOf(table.scale_member(after.residual))));
  }
  add("no longer counted: {}", Without(before.counted, after.counted));
  add("counted: {}", Without(after.counted, before.counted));
  add("no longer excused by {}", Without(before.excused_by, after.excused_by));
  add("excused by {}", Without(after.excused_by, before.excused_by));
}

}  // namespace

std::string CausesInWords(const std::vector<sod::Cause>& causes) {
  std::vector<std::string> words;
  for (const sod::Cause& cause : causes) {
    const std::string place = cause.file.empty() ? "" : fmt::format(" ({}:{}:{})", SafeText(cause.file), cause.line, cause.column);
    words.push_back(CauseInWords(cause) + place);
  }
  return words.empty() ? "" : fmt::format("because {}", fmt::join(words, ", and "));
}

std::string StepInWords(const sod::Table& table, const sod::ConflictChange& conflict) {
  if (!conflict.before) return fmt::format("begins, {}", WordsOf(conflict.after->disposition));
  if (!conflict.after) return fmt::format("is over; until then {}", WordsOf(conflict.before->disposition));
  std::vector<std::string> parts;
  if (conflict.before->disposition != conflict.after->disposition) {
    parts.push_back(fmt::format("from {} to {}", WordsOf(conflict.before->disposition), WordsOf(conflict.after->disposition)));
  } else {
    parts.push_back(fmt::format("still {}", WordsOf(conflict.after->disposition)));
  }
  AddDetails(table, *conflict.before, *conflict.after, parts);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::vector<std::string> ChangeInWords(const sod::Table& table, const sod::AnswerChange& change) {
  std::vector<std::string> lines;
  for (const sod::ConflictChange& conflict : change.conflicts) {
    const sod::RuleDescription facts = Describe(table, conflict.rule, change.at);
    lines.push_back(fmt::format("{}: {}, {}", TitleOf(facts.rule), StepInWords(table, conflict), CausesInWords(conflict.because)));
  }
  if (change.conflicts.empty()) {
    lines.push_back(fmt::format("from {} to {}, {}", WordsOf(change.before), WordsOf(change.after), CausesInWords(change.because)));
  }
  return lines;
}

std::string ObligationInWords(const sod::Table& table, const sod::Obligation& one) {
  const std::string what = TitleOf(one.what);
  const std::string who = TitlesOf(one.who);
  switch (one.kind) {
    case sod::ObligationKind::ObtainApproval:
      if (one.has_others) return fmt::format("have it approved by {}{}whoever the condition of the policy names", who, who.empty() ? "" : ", or ");
      return who.empty() ? "have it approved; the policy names nobody who may" : fmt::format("have it approved by {}", who);
    case sod::ObligationKind::ReviewBy: return fmt::format("review “{}” by {}{}", what, LastDay(table, one.by), who.empty() ? "" : ": " + who);
    case sod::ObligationKind::EnforceAtAct: return fmt::format("enforce “{}” when something is done", what);
    case sod::ObligationKind::ProvideEvidenceBy:
      return fmt::format("record “{}” again by {}{}", what, LastDay(table, one.by), who.empty() ? "" : ": " + who);
  }
  return "";
}

namespace {

void WriteState(const sod::Table& table, const std::optional<sod::ConflictState>& state, json::OStream& out) {
  const auto write_names = [&](const char* key, const std::vector<sod::Named>& all) {
    out.attributeArray(key, [&] {
      for (const sod::Named& named : all) out.value(AsReference(named.name));
    });
  };
  out.attribute("disposition", AsReference(SpellingOf(state->disposition)));
  out.attribute("residual", state->residual == sod::kNone ? json::Value(nullptr) : json::Value(AsReference(table.scale_member(state->residual).name)));
  write_names("counted", state->counted);
  write_names("excused_by", state->excused_by);
}

}  // namespace

void WriteCauses(const std::vector<sod::Cause>& causes, json::OStream& out) {
  out.attributeArray("because", [&] {
    for (const sod::Cause& cause : causes) {
      out.object([&] {
        out.attribute("kind", AsReference(SpellingOf(cause.kind)));
        out.attribute("event", cause.begins ? "begins" : "ends");
        out.attribute("id", AsReference(cause.what.name));
        out.attribute("title", AsReference(cause.what.title));
        out.attribute("who", cause.who.name.empty() ? json::Value(nullptr) : json::Value(AsReference(cause.who.name)));
        if (cause.file.empty()) return out.attribute("source", nullptr);
        out.attributeObject("source", [&] {
          out.attribute("file", AsReference(cause.file));
          out.attribute("line", cause.line);
          out.attribute("column", cause.column);
        });
      });
    }
  });
}

void WriteObligations(const sod::Table& table, const std::vector<sod::Obligation>& obligations, json::OStream& out) {
  out.attributeArray("obligations", [&] {
    for (const sod::Obligation& one : obligations) {
      out.object([&] {
        out.attribute("kind", AsReference(SpellingOf(one.kind)));
        out.attribute("id", AsReference(one.what.name));
        out.attribute("title", AsReference(one.what.title));
        out.attributeArray("who", [&] {
          for (const sod::Named& somebody : one.who) out.value(AsReference(somebody.name));
        });
        out.attribute("others", one.has_others);
        const std::string by = LastDay(table, one.by);
        out.attribute("by", by.empty() ? json::Value(nullptr) : json::Value(by));
      });
    }
  });
}

void WriteConflictChange(const sod::Table& table, const sod::ConflictChange& conflict, json::OStream& out) {
  out.attribute("id", AsReference(table.rule(conflict.rule).name));
  for (const auto& [key, state] : {std::pair("before", &conflict.before), std::pair("after", &conflict.after)}) {
    if (!*state) {
      out.attribute(key, nullptr);
    } else {
      out.attributeObject(key, [&] { WriteState(table, *state, out); });
    }
  }
  WriteCauses(conflict.because, out);
}

void WriteNextChange(const sod::Table& table, const std::optional<sod::AnswerChange>& next, json::OStream& out) {
  const auto verdict = [&](sod::Verdict sod::AnswerChange::* member) {
    return next ? json::Value(AsReference(SpellingOf((*next).*member))) : json::Value(nullptr);
  };
  out.attribute("on", next ? json::Value(FirstDay(table, next->at)) : json::Value(nullptr));
  out.attribute("verdict_before", verdict(&sod::AnswerChange::before));
  out.attribute("verdict_after", verdict(&sod::AnswerChange::after));
  out.attributeArray("what", [&] {
    if (!next) return;
    for (const sod::ConflictChange& conflict : next->conflicts) out.object([&] { WriteConflictChange(table, conflict, out); });
  });
  WriteCauses(next ? next->because : std::vector<sod::Cause>(), out);
}

}  // namespace sodc
