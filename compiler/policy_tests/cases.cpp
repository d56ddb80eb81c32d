#include "compiler/policy_tests/cases.h"

#include <algorithm>

namespace sodc {
namespace {

using model::Provision;
using model::ProvisionAttribute;

bool IsExpectation(const ProvisionAttribute& attribute) { return attribute.keyword.starts_with("expect"); }
bool IsSubject(const ProvisionAttribute& attribute) { return attribute.keyword == "someone" || attribute.keyword == "person"; }

// What is said once: the case says it instead of the test.
bool Replaces(const ProvisionAttribute& later, const ProvisionAttribute& earlier) {
  if (IsSubject(later)) return IsSubject(earlier);
  const bool is_change = later.keyword == "when granted" || later.keyword == "when revoked" || later.keyword == "when activated";
  const bool is_once = is_change || later.keyword == "session" || later.keyword == "as of";
  return is_once && later.keyword == earlier.keyword;
}

std::string FirstText(const ProvisionAttribute& attribute) {
  return attribute.values.empty() ? std::string() : attribute.values.front().text;
}

void Add(const std::vector<ProvisionAttribute>& attributes, PolicyCase& made) {
  for (const ProvisionAttribute& attribute : attributes) {
    if (IsExpectation(attribute)) {
      made.expectations.push_back(&attribute);
    } else if (attribute.keyword == "skip") {
      made.is_skipped = true;
      if (!attribute.nested.empty()) made.skip_reason = FirstText(attribute.nested.front());
    } else if (attribute.keyword != "case" && attribute.keyword != "description") {
      std::erase_if(made.facts, [&](const ProvisionAttribute* earlier) { return Replaces(attribute, *earlier); });
      made.facts.push_back(&attribute);
    }
  }
}

}  // namespace

std::vector<PolicyCase> CasesOf(const model::Model& model) {
  std::vector<PolicyCase> cases;
  for (const Provision& provision : model.provisions) {
    if (provision.kind != "test") continue;
    PolicyCase whole;
    whole.test = &provision;
    whole.title = provision.common.title;
    whole.span = provision.common.span;
    Add(provision.attributes, whole);
    const auto is_case = [](const ProvisionAttribute& attribute) { return attribute.keyword == "case"; };
    const bool has_cases = std::ranges::any_of(provision.attributes, is_case);
    if (!has_cases || !whole.expectations.empty()) cases.push_back(whole);
    for (const ProvisionAttribute& attribute : provision.attributes) {
      if (!is_case(attribute)) continue;
      PolicyCase part = whole;
      part.title += " / " + FirstText(attribute);
      part.span = attribute.span;
      part.expectations.clear();
      Add(attribute.nested, part);
      cases.push_back(std::move(part));
    }
  }
  return cases;
}

bool MatchesPattern(std::string_view title, std::string_view pattern) {
  // Anything before, between and behind the pieces.
  size_t at = 0;
  while (!pattern.empty()) {
    const size_t star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    at = title.find(piece, at);
    if (at == std::string_view::npos) return false;
    at += piece.size();
    pattern = star == std::string_view::npos ? std::string_view() : pattern.substr(star + 1);
  }
  return true;
}

}  // namespace sodc
