#include "compiler/driver/requirement_words.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/control_words.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"

namespace sodc {
namespace {

llvm::StringRef RefOf(std::string_view text) { return {text.data(), text.size()}; }

// What the request does to it.
std::string_view ChangeOf(const sod::Prerequisite& one) {
  if (one.is_removed()) return "removed";
  if (one.is_new) return "new";
  return one.introduced ? "worse" : "existing";
}

std::string_view ChangeInWords(const sod::Prerequisite& one) {
  const std::string_view change = ChangeOf(one);
  if (change == "removed") return "; the request ends this";
  if (change == "new") return "; the request makes it so";
  return change == "worse" ? "; the request makes it worse" : "; so without the request, too";
}

// "which does not count: nobody is named who does it".
std::string WhyOf(const sod::Prerequisite& one) {
  if (!one.unknown.empty()) return SafeText(fmt::format("not known: {}", fmt::join(one.unknown, ", ")));
  if (one.needs_kind != "control") return "which is not held";
  std::vector<std::string> reasons;
  if (one.control) {
    for (const sod::RejectedBecause& because : one.control->because) reasons.push_back(ReasonInWords(because));
  }
  return fmt::format("which does not count{}{}", reasons.empty() ? "" : ": ", fmt::join(reasons, "; "));
}

std::string LineOf(const sod::Table& table, sod::Instant as_of, const sod::Prerequisite& one, bool is_request) {
  const std::string_view kind = one.needs_kind == "duty" ? "" : one.needs_kind == "group" ? "something of " : one.needs_kind == "role" ? "the role " : "the control ";
  const std::string what = fmt::format("{} requires {}{}", SafeText(one.of.title), kind, SafeText(one.needs.title));
  if (one.is_removed()) return fmt::format("  - {}: {}{}\n", what, WordsOf(one.verdict), ChangeInWords(one));
  const std::string when = one.first > as_of ? ", from " + FirstDay(table, one.first) + " on" : "";
  return fmt::format("  - {}, {}{}: {}{}\n", what, WhyOf(one), when, WordsOf(one.verdict), is_request ? ChangeInWords(one) : std::string_view());
}

void WriteThing(std::string_view kind, const sod::Named& name, llvm::json::OStream& out) {
  out.attribute("kind", RefOf(kind));
  out.attribute("id", RefOf(name.name));
  out.attribute("title", RefOf(name.title));
}

}  // namespace

std::string RequirementsInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::Prerequisite>& requirements, bool is_request) {
  if (requirements.empty()) return "";
  std::string text = "\nRequirements:\n";
  for (const sod::Prerequisite& one : requirements) text += LineOf(table, as_of, one, is_request);
  return text;
}

std::string RequirementsInShort(const std::vector<sod::Prerequisite>& requirements) {
  const auto open = std::ranges::count_if(requirements, [](const sod::Prerequisite& one) { return !one.is_removed(); });
  return open == 0 ? "" : fmt::format("; {} not met", Plural(static_cast<size_t>(open), "requirement"));
}

size_t CountIntroduced(const std::vector<sod::Prerequisite>& requirements) {
  return static_cast<size_t>(std::ranges::count_if(requirements, [](const sod::Prerequisite& one) { return one.introduced.has_value(); }));
}

std::string_view AdviceOnRequirements(const std::vector<sod::Prerequisite>& requirements, const sod::Answer& answer) {
  const sod::Verdict verdict = answer.request_verdict.value_or(answer.verdict);
  const bool is_theirs = std::ranges::any_of(requirements, [&](const sod::Prerequisite& one) { return one.introduced.value_or(one.verdict) == verdict; });
  const bool is_of_conflicts = std::ranges::any_of(answer.conflicts, [&](const sod::Conflict& one) {
    return !answer.request_verdict ? one.disposition == verdict : (one.introduced && one.disposition == verdict) || one.worsened_to == verdict;
  });
  if (!is_theirs || is_of_conflicts || verdict == sod::Verdict::NotEvaluable || verdict >= sod::Verdict::Observed) return "";
  return answer.request_verdict ? "refuse the request, or give what is required together with it." : "give what is required, or take away what requires it.";
}

void WriteRequirements(const sod::Table& table, const std::vector<sod::Prerequisite>& requirements, bool is_request, llvm::json::OStream& out) {
  if (requirements.empty()) return;
  out.attributeArray("requirements", [&] {
    for (const sod::Prerequisite& one : requirements) {
      out.object([&] {
        out.attributeObject("of", [&] { WriteThing(one.of_kind, one.of, out); });
        out.attributeObject("requires", [&] { WriteThing(one.needs_kind, one.needs, out); });
        out.attribute("verdict", RefOf(SpellingOf(one.verdict)));
        out.attribute("first", FirstDay(table, one.first));
        if (is_request) {
          out.attribute("change", RefOf(ChangeOf(one)));
          out.attribute("before", RefOf(SpellingOf(one.before)));
        }
        if (one.control) {
          out.attributeArray("rejected", [&] {
            for (const sod::RejectedBecause& because : one.control->because) out.value(RefOf(SpellingOf(because.reason)));
          });
        }
        out.attributeArray("unknown", [&] {
          for (const std::string& unknown : one.unknown) out.value(unknown);
        });
      });
    }
  });
}

}  // namespace sodc
