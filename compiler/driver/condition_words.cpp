#include "compiler/driver/condition_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/control_words.h"
#include "compiler/driver/path_words.h"

namespace sodc {
namespace {

llvm::StringRef TextRef(std::string_view text) { return {text.data(), text.size()}; }

// " (pilots is 3, second_check is off)"; what is not known is said to be so, and what the condition itself says is not said again.
std::string ReadingsInWords(const sod::JudgedCondition& condition) {
  std::vector<std::string> words;
  for (const sod::ConditionReading& reading : condition.readings) {
    const std::string name = SafeText(reading.name);
    words.push_back(reading.value.empty() ? name + " is not known" : name + " is " + SafeText(reading.value));
  }
  const bool says_the_same = words.size() == 1 && words.front() == SafeText(condition.words);
  return words.empty() || says_the_same ? "" : fmt::format(" ({})", fmt::join(words, ", "));
}

std::string_view StateInWords(sod::ConditionState state) {
  switch (state) {
    case sod::ConditionState::Yes: return "holds";
    case sod::ConditionState::No: return "does not hold";
    case sod::ConditionState::Depends: return "depends on what is acted on";
    case sod::ConditionState::Unknown: break;
  }
  return "cannot be decided";
}

void WriteJudged(const sod::JudgedCondition& condition, llvm::json::OStream& out) {
  out.attribute("when", TextRef(condition.words));
  out.attribute("holds", TextRef(SpellingOf(condition.state)));
  out.attributeArray("read", [&] {
    for (const sod::ConditionReading& reading : condition.readings) {
      out.object([&] {
        out.attribute("name", TextRef(reading.name));
        out.attribute("value", reading.value.empty() ? llvm::json::Value(nullptr) : llvm::json::Value(reading.value));
      });
    }
  });
}

}  // namespace

std::vector<std::string> ApplicabilityInWords(const sod::Conflict& conflict) {
  if (conflict.applies.words.empty()) return {};
  const std::string when = SafeText(conflict.applies.words);
  const bool depends = conflict.applies.state == sod::ConditionState::Depends;
  return {depends ? fmt::format("Only when {}{}.", when, ReadingsInWords(conflict.applies))
                  : fmt::format("It applies because {}{}.", when, ReadingsInWords(conflict.applies))};
}

std::string ModeReasonInWords(const sod::Conflict& conflict) {
  const sod::JudgedCondition& condition = conflict.mode_when;
  if (condition.words.empty()) return "";
  const bool is_decided = condition.state == sod::ConditionState::Yes || condition.state == sod::ConditionState::No;
  return fmt::format(", because “{}” {}{}{}", SafeText(condition.words), StateInWords(condition.state), ReadingsInWords(condition),
                     is_decided ? "" : ", and the stricter mode is taken");
}

std::vector<std::string> RequirementsInWords(const sod::Conflict& conflict) {
  std::vector<std::string> lines;
  for (const sod::Requirement& one : conflict.requirements) {
    std::string line = "Required: " + SafeText(one.what.title.empty() ? one.what.name : one.what.title);
    if (!one.when.words.empty()) {
      line += fmt::format(" when {}, which {}{}", SafeText(one.when.words), StateInWords(one.when.state), ReadingsInWords(one.when));
    }
    line += ": ";
    if (one.when.state == sod::ConditionState::No) {
      line += "not required now";
    } else if (one.is_met) {
      line += "kept";
    } else if (one.control && !one.control->because.empty()) {
      line += "not kept, " + SafeText(ReasonInWords(one.control->because.front()));
    } else {
      line += "not known to be kept";
    }
    lines.push_back(line + ".");
  }
  return lines;
}

void WriteConditions(const sod::Conflict& conflict, llvm::json::OStream& out) {
  if (!conflict.applies.words.empty()) {
    out.attributeObject("applies_when", [&] { WriteJudged(conflict.applies, out); });
  }
  if (!conflict.mode_when.words.empty()) {
    out.attributeObject("mode_because", [&] { WriteJudged(conflict.mode_when, out); });
  }
  if (conflict.requirements.empty()) return;
  out.attributeArray("requirements", [&] {
    for (const sod::Requirement& one : conflict.requirements) {
      out.object([&] {
        out.attribute("id", TextRef(one.what.name));
        out.attribute("title", TextRef(one.what.title));
        if (!one.when.words.empty()) {
          out.attributeObject("condition", [&] { WriteJudged(one.when, out); });
        }
        out.attribute("required", one.when.state != sod::ConditionState::No);
        out.attribute("met", one.is_met);
      });
    }
  });
}

}  // namespace sodc
