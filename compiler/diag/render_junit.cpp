// JUnit XML: a suite a policy, a case for "it compiles" and one for each diagnostic. A
// case fails when it makes the check fail; what is allowed is a skipped case.
#include <algorithm>
#include <iterator>

#include "compiler/base/xml.h"
#include "compiler/diag/reported.h"

namespace sodc {
namespace {

class JunitRenderer {
 public:
  explicit JunitRenderer(const Report& report) : report_(report), list_(ListOf(report)) {}

  std::string Run() {
    std::string suites;
    for (const CheckedPolicy& policy : report_.policies) suites += Suite(policy);
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sodc check\" {}>\n{}</testsuites>\n",
                       CountsOf(total_), suites);
  }

 private:
  struct Counts {
    size_t tests = 0, failures = 0, skipped = 0;
  };

  static std::string CountsOf(const Counts& counts) {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"0\"", counts.tests,
                       counts.failures, counts.skipped);
  }

  std::string Suite(const CheckedPolicy& policy) {
    Counts counts;
    std::string cases = CompilesCase(policy, counts);
    for (const Reported& reported : list_) {
      if (reported.policy == &policy) cases += Case(reported, counts);
    }
    total_.tests += counts.tests;
    total_.failures += counts.failures;
    total_.skipped += counts.skipped;
    return fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", EscapedForXml(policy.path), CountsOf(counts), cases);
  }

  std::string CompilesCase(const CheckedPolicy& policy, Counts& counts) const {
    const auto& all = policy.diagnostics;
    const auto errors = std::count_if(all.begin(), all.end(), [](const Diagnostic& d) {
      return d.severity == Severity::Error && !IsFinding(d.kind);
    });
    ++counts.tests;
    const std::string begin = fmt::format("    <testcase classname=\"{}\" name=\"compiles\" time=\"0\"", EscapedForXml(policy.path));
    if (errors == 0) return begin + "/>\n";
    ++counts.failures;
    return fmt::format("{}>\n      <failure type=\"error\" message=\"{} error{}\"/>\n    </testcase>\n", begin, errors,
                       errors == 1 ? "" : "s");
  }

  std::string Case(const Reported& reported, Counts& counts) const {
    ++counts.tests;
    return fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"0\">\n{}    </testcase>\n",
                       EscapedForXml(reported.policy->path), EscapedForXml(CaseName(reported)),
                       EscapedForXml(reported.place.path), reported.place.begin.line, Outcome(reported, counts));
  }

  // No line in it: a case keeps its history when lines move.
  static std::string CaseName(const Reported& reported) {
    std::string name = CodeOf(reported.diagnostic->kind) + ": " + reported.diagnostic->message;
    if (reported.occurrence > 1) name += fmt::format(" ({})", reported.occurrence);
    return name;
  }

  std::string Outcome(const Reported& reported, Counts& counts) const {
    const Diagnostic& diagnostic = *reported.diagnostic;
    if (diagnostic.allowance) {
      ++counts.skipped;
      return fmt::format("      <skipped message=\"{}\"/>\n", EscapedForXml("allowed: " + diagnostic.allowance->because));
    }
    const std::string details = EscapedForXml(DetailsOf(reported), false);
    if (diagnostic.severity < report_.fails_at) return fmt::format("      <system-out>{}</system-out>\n", details);
    ++counts.failures;
    return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", SpellingOf(diagnostic.severity),
                       EscapedForXml(diagnostic.message), details);
  }

  static std::string DetailsOf(const Reported& reported) {
    const Diagnostic& diagnostic = *reported.diagnostic;
    std::string text;
    const auto add = [&](const Place& place, std::string_view what) {
      text += fmt::format("{}:{}:{}: {}\n", place.path, place.begin.line, place.begin.code_point_column, what);
    };
    add(reported.place, fmt::format("{}: {}", SpellingOf(diagnostic.severity), diagnostic.message));
    for (const Label& label : diagnostic.labels) add(PlaceOf(*reported.policy, label.span), label.text);
    if (!diagnostic.help.empty()) text += diagnostic.help + "\n";
    return text;
  }

  const Report& report_;
  std::vector<Reported> list_;
  Counts total_;
};

}  // namespace

std::string RenderJunit(const Report& report) { return JunitRenderer(report).Run(); }

}  // namespace sodc
