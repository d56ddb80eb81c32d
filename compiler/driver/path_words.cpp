#include "compiler/driver/path_words.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "sod/describe.h"

namespace sodc {

namespace {

std::string_view WordsOf(sod::HoldingState state) {
  switch (state) {
    case sod::HoldingState::Active: return "";
    case sod::HoldingState::Eligible: return ", eligible";
    case sod::HoldingState::Requested: return ", requested";
    case sod::HoldingState::Suspended: return ", suspended";
    case sod::HoldingState::Emergency: return ", in an emergency";
  }
  return "";
}

// What was assigned: the first step that is no holder.
const sod::PathStep* AssignedStep(const sod::Path& path) {
  const auto step = std::ranges::find_if(path, [](const sod::PathStep& one) {
    return one.kind == "role" || one.kind == "entitlement" || one.kind == "duty";
  });
  return step == path.end() ? nullptr : &*step;
}

sod::Named NameOf(const sod::Table& table, const sod::Holding& holding) {
  switch (holding.kind) {
    case sod::HeldKind::Duty: return table.duty(holding.target);
    case sod::HeldKind::Role: return table.role(holding.target);
    case sod::HeldKind::Entitlement: return table.entitlement(holding.target);
  }
  return {};
}

std::string_view WordOf(sod::HeldKind kind) {
  switch (kind) {
    case sod::HeldKind::Duty: return "duty";
    case sod::HeldKind::Role: return "role";
    case sod::HeldKind::Entitlement: return "entitlement";
  }
  return "";
}

}  // namespace

std::string SafeText(std::string_view text) {
  std::string one_line(text);
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  return EscapeForTerminal(one_line);
}

std::string AsSentence(std::string_view text) {
  std::string sentence = SafeText(text);
  while (!sentence.empty() && sentence.back() == ' ') sentence.pop_back();
  const bool ends = !sentence.empty() && (sentence.back() == '.' || sentence.back() == '!' || sentence.back() == '?');
  return ends ? sentence : sentence + ".";
}

std::string RoleInWords(const sod::Table& table, const sod::Named& role) {
  const auto row = table.FindRole(role.name);
  const bool is_position = row && sod::IsPosition(table, *row);
  return fmt::format("the {} {}", is_position ? "position" : "role", SafeText(role.title));
}

bool IsByRequest(const sod::Path& path) { return !path.empty() && path[0].kind == "request"; }

bool HasEntitlement(const sod::Path& path) {
  return std::ranges::any_of(path, [](const sod::PathStep& step) { return step.kind == "entitlement"; });
}

// A path does not name its assignment: the state is said where all that it can come from are in one.
std::string PathWords::StateInWords(const sod::Path& path) const {
  const sod::PathStep* assigned = AssignedStep(path);
  if (assigned == nullptr || IsByRequest(path)) return "";
  std::optional<sod::HoldingState> state;
  for (const sod::Holding& holding : answer_.subject.holdings) {
    const bool is_held = holding.from <= answer_.as_of && answer_.as_of < holding.until;
    if (!is_held || holding.state == sod::HoldingState::Suspended) continue;
    if (WordOf(holding.kind) != assigned->kind || NameOf(table_, holding).name != assigned->id) continue;
    if (state && *state != holding.state) return "";
    state = holding.state;
  }
  return std::string(WordsOf(state.value_or(sod::HoldingState::Active)));
}

namespace {

// "Dora ⇒ Emil ⇒ Lea" of what Dora delegated to Emil and Emil to Lea; nothing when the one does not
// go on with the other.
std::optional<std::string> Joined(std::string_view before, std::string_view chain) {
  constexpr std::string_view kArrow = " ⇒ ";
  const size_t arrow = before.rfind(kArrow);
  if (arrow == std::string_view::npos) return std::nullopt;
  const std::string_view delegate = before.substr(arrow + kArrow.size());
  if (!chain.starts_with(std::string(delegate) + std::string(kArrow))) return std::nullopt;
  return std::string(before.substr(0, arrow)) + std::string(kArrow) + std::string(chain);
}

}  // namespace

PathWords::Parts PathWords::PartsOf(const sod::Witness& witness, const sod::Path& path) const {
  Parts parts;
  std::string granted;  // "the role Manager, which includes the role Clerk, which grants …"
  size_t role_count = 0;
  bool is_subject = true;
  std::string chain;  // of delegations
  for (const sod::PathStep& step : path) {
    if (step.kind != "delegation" && !chain.empty()) AddDelegation(chain, parts);
    if (step.kind == "role") {
      granted += (role_count++ == 0 ? "" : ", which includes ") + RoleInWords(table_, {step.id, step.title});
    } else if (step.kind == "entitlement") {
      granted += (granted.empty() ? "" : ", which grants ") + fmt::format("the entitlement {}", SafeText(step.title));
    } else if (step.kind == "row") {
      parts.tail = fmt::format(", by {}", SafeText(step.id));
    } else if (step.kind == "request") {
      parts.tail = " by the request";
    } else if (step.kind == "account") {
      parts.steps.push_back(fmt::format("the account {}", SafeText(step.id)));
    } else if (step.kind == "delegation") {
      const auto joined = Joined(step.title, chain);
      if (!joined && !chain.empty()) AddDelegation(chain, parts);
      chain = joined.value_or(step.title);
    } else if (step.kind != "duty" && !is_subject) {
      parts.steps.push_back(fmt::format("the {} {}", step.kind, SafeText(step.title)));
    }
    is_subject = false;
  }
  // A role that is held by itself needs no way to it.
  parts.is_itself = witness.kind == sod::HeldKind::Role && role_count == 1;
  if (!granted.empty() && !parts.is_itself) parts.steps.push_back(granted);
  parts.tail += StateInWords(path);
  return parts;
}

void PathWords::AddDelegation(std::string& chain, Parts& parts) {
  parts.steps.push_back(fmt::format("the delegation {}", SafeText(chain)));
  chain.clear();
}

std::string PathWords::Clause(const sod::Witness& witness, const sod::Path& path) const {
  const Parts parts = PartsOf(witness, path);
  if (!parts.steps.empty()) return fmt::format(" through {}{}", fmt::join(parts.steps, " and "), parts.tail);
  return !parts.tail.empty() || parts.is_itself ? parts.tail : " directly";
}

std::string PathWords::Condition(const sod::Path& path) {
  std::string words;
  for (const sod::PathStep& step : path) {
    if (!step.condition.empty()) words += fmt::format(", if {}", SafeText(step.condition));
  }
  return words;
}

std::string PathWords::Item(const sod::Witness& witness, const sod::Path& path) const {
  const Parts parts = PartsOf(witness, path);
  if (parts.steps.empty()) return "directly" + parts.tail + Condition(path);
  return fmt::format("{}{}{}", fmt::join(parts.steps, " and "), parts.tail, Condition(path));
}

}  // namespace sodc
