#include "compiler/driver/request_words.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/conflict_words.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"
#include "sod/losses.h"

namespace sodc {

namespace {

namespace json = llvm::json;

bool IsRequest(const sod::Answer& answer) { return answer.request_verdict.has_value(); }

// JSON refuses what is no UTF-8; names are UTF-8 already, as the table is verified.
std::string Owned(std::string_view text) { return std::string(text); }

json::Value OrNothing(const std::string& text) { return text.empty() ? json::Value(nullptr) : json::Value(text); }

sod::Request RequestOf(const sod::Answer& answer) {
  sod::Request request;
  for (const sod::Granted& grant : answer.grants) request.grants.push_back(grant.holding);
  for (const sod::TakenAway& gone : answer.revocations) request.revocations.push_back(gone.holding);
  return request;
}

// `duty`, `role` or `entitlement`, where and when.
void WriteHolding(const sod::Table& table, const sod::Holding& holding, json::OStream& out) {
  const sod::Named name = NameOfHeld(table, holding);
  out.attribute(holding.kind == sod::HeldKind::Role ? "role" : holding.kind == sod::HeldKind::Duty ? "duty" : "entitlement", Owned(name.name));
  out.attribute("title", Owned(name.title));
  if (holding.kind == sod::HeldKind::Duty && table.level_count() > 0) {
    out.attribute("level", Owned(table.level(holding.level == sod::kNone ? table.level_count() - 1 : holding.level).name));
  }
  out.attribute("from", OrNothing(FirstDay(table, holding.from)));
  out.attribute("until", OrNothing(LastDay(table, holding.until)));
  out.attribute("scope", OrNothing(table.ScopeInWords(holding.box)));
}

}  // namespace

std::string RequestVerdictInWords(const sod::Table& table, const sod::Answer& answer, const WorseBeside& beside) {
  const std::string what = RequestInWords(table, RequestOf(answer));
  const auto introduced = static_cast<size_t>(std::ranges::count_if(answer.conflicts, &sod::Conflict::introduced));
  const auto worse = static_cast<size_t>(std::ranges::count_if(answer.conflicts, [](const sod::Conflict& c) { return c.worsened_to.has_value(); }));
  if (answer.already_held && answer.revocations.empty() && beside.is_empty()) {
    const std::string_view held = answer.grants.size() == 1 ? "It is already held" : "All of it is already held";
    if (worse == 0) return fmt::format("{}: clear. {}, and introduces nothing.", what, held);
    return fmt::format("{}: {}. {}, and yet it would make {} worse.", what, WordsOf(*answer.request_verdict), held, Plural(worse, "conflict"));
  }
  if (answer.request_verdict == sod::Verdict::NotEvaluable && beside.is_empty()) {
    return fmt::format("{}: cannot be judged. Facts that are missing decide whether it would introduce a conflict.", what);
  }
  std::string words = fmt::format("{}: {}. It would introduce {}", what, WordsOf(*answer.request_verdict), introduced == 0 ? "no conflict" : Plural(introduced, "conflict"));
  if (worse != 0) words += fmt::format(", make {} worse", Plural(worse, "conflict"));
  if (!answer.removed.empty()) words += fmt::format("{} end {}", worse != 0 ? "," : " and", Plural(answer.removed.size(), "conflict"));
  if (beside.processes != 0) words += fmt::format(", and make {} worse", beside.processes == 1 ? "1 process" : fmt::format("{} processes", beside.processes));
  if (beside.requirements != 0) words += fmt::format(", and leave {} unmet", Plural(beside.requirements, "requirement"));
  if (beside.holders != 0) words += fmt::format(", and make {} of holders worse", Plural(beside.holders, "number"));
  return words + ".";
}

std::string WhatTheRequestDoes(const sod::Answer& answer, const sod::Conflict& conflict) {
  if (!IsRequest(answer)) return "";
  if (!conflict.worsened_to) return ConflictWords::Newness(conflict);
  return "The request introduces nothing here, and yet makes it worse: what excused it, or a control that counted, no longer does.";
}

std::string RemovedInWords(const sod::Table& table, const sod::Answer& answer) {
  std::string text;
  const ConflictWords words(table);
  for (const sod::Conflict& conflict : answer.removed) {
    const sod::RuleDescription facts = Describe(table, conflict.rule, conflict.judged_at);
    text += fmt::format("\nEnded by the request: {}, which is {} without it.", words.NameOf(conflict, facts), WordsOf(conflict.disposition));
  }
  return text;
}

std::string AssignmentsInWords(const sod::Table& table, const sod::Answer& answer) {
  if (answer.conflicts.size() < 2) return "";
  std::string text = "\nBy assignment:";
  for (const sod::Contribution& one : answer.contributions) {
    std::vector<std::string> rules;
    for (const uint32_t rule : one.rules) rules.push_back(SafeText(table.rule(rule).name));
    std::string what = HoldingInWords(table, one.holding);
    if (one.is_asked_for) what += ", which is asked for,";
    if (one.holding.row < answer.subject.row_sources.size()) what += " (" + SafeText(answer.subject.row_sources[one.holding.row]) + ")";
    text += fmt::format("\n  - {} takes part in {}", what, fmt::join(rules, ", "));
  }
  return text;
}

std::string LossesInWords(const sod::Table& table, const sod::Answer& answer) {
  const sod::Losses losses = LossesOf(table, answer);
  std::string text;
  const auto names = [&](const std::vector<uint32_t>& rules) {
    std::vector<std::string> words;
    for (const uint32_t rule : rules) words.push_back(SafeText(table.rule(rule).name));
    return fmt::format("{}", fmt::join(words, ", "));
  };
  const auto add = [&](std::string_view what, const std::vector<sod::Lost>& things) {
    for (const sod::Lost& lost : things) {
      text += fmt::format("\n{}: {}, by {}.", what, SafeText(NameOfHeld(table, {.kind = lost.kind, .target = lost.target}).title), names(lost.rules));
    }
  };
  if (!losses.refused.empty()) text += fmt::format("\nThe policy refuses the request by {}.", names(losses.refused));
  add("The request displaces", losses.removes);
  add("Suspended by the policy", losses.suspended);
  return text;
}

void WriteLosses(const sod::Table& table, const sod::Answer& answer, json::OStream& out) {
  const sod::Losses losses = LossesOf(table, answer);
  if (losses.suspended.empty() && losses.removes.empty() && losses.refused.empty()) return;
  const auto write_rules = [&](const char* key, const std::vector<uint32_t>& rules) {
    out.attributeArray(key, [&] {
      for (const uint32_t rule : rules) out.value(Owned(table.rule(rule).name));
    });
  };
  const auto write = [&](const char* key, const std::vector<sod::Lost>& things) {
    out.attributeArray(key, [&] {
      for (const sod::Lost& lost : things) {
        out.object([&] {
          const sod::Named name = NameOfHeld(table, {.kind = lost.kind, .target = lost.target});
          out.attribute(lost.kind == sod::HeldKind::Role ? "role" : lost.kind == sod::HeldKind::Duty ? "duty" : "entitlement", Owned(name.name));
          out.attribute("title", Owned(name.title));
          write_rules("rules", lost.rules);
        });
      }
    });
  };
  out.attributeObject("losses", [&] {
    write("suspended", losses.suspended);
    write("removes", losses.removes);
    write_rules("refused", losses.refused);
  });
}

void WriteRequests(const sod::Table& table, const sod::Answer& answer, json::OStream& out) {
  if (!IsRequest(answer)) return;
  out.attributeArray("requests", [&] {
    for (const sod::Granted& grant : answer.grants) {
      out.object([&] {
        WriteHolding(table, grant.holding, out);
        out.attribute("already_held", grant.already_held);
      });
    }
  });
  out.attributeArray("revocations", [&] {
    for (const sod::TakenAway& gone : answer.revocations) {
      out.object([&] {
        WriteHolding(table, gone.holding, out);
        out.attribute("taken", gone.count);
      });
    }
  });
}

void WriteChangeByRequest(const sod::Answer& answer, const sod::Conflict& conflict, json::OStream& out) {
  if (!IsRequest(answer)) return;
  const bool is_removed = std::ranges::any_of(answer.removed, [&](const sod::Conflict& other) { return &other == &conflict; });
  out.attribute("change", is_removed ? "removed" : conflict.introduced ? "new" : "existing");
  out.attribute("before", conflict.before == sod::Verdict::Clear ? json::Value(nullptr) : json::Value(Owned(SpellingOf(conflict.before))));
  if (conflict.worsened_to) out.attribute("worsened_to", Owned(SpellingOf(*conflict.worsened_to)));
}

void WriteAssignments(const sod::Table& table, const sod::Answer& answer, json::OStream& out) {
  out.attributeArray("assignments", [&] {
    for (const sod::Contribution& one : answer.contributions) {
      out.object([&] {
        WriteHolding(table, one.holding, out);
        out.attribute("row", one.holding.row < answer.subject.row_sources.size() ? json::Value(answer.subject.row_sources[one.holding.row]) : json::Value(nullptr));
        out.attribute("asked_for", one.is_asked_for);
        out.attributeArray("rules", [&] {
          for (const uint32_t rule : one.rules) out.value(Owned(table.rule(rule).name));
        });
      });
    }
  });
}

}  // namespace sodc
