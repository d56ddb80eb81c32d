// JUnit XML: a suite a policy, a case for "it compiles" and one for each diagnostic. A
// case fails when it makes the check fail; what is allowed is a skipped case.
#include <algorithm>
#include <iterator>

#include "compiler/base/utf8.h"
#include "compiler/diag/reported.h"

namespace sodc {
namespace {

bool IsXmlCharacter(uint32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         c >= 0x10000;
}

// XML 1.0 has no way to write control characters; U+FFFD stands for them. In an
// attribute a plain line end would be read as a blank.
std::string Escaped(std::string_view text, bool is_attribute = true) {
  std::string escaped;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeUtf8(text, at);
    const bool is_known = point.length > 0 && IsXmlCharacter(point.value);
    switch (is_known ? point.value : 0) {
      case 0: AppendUtf8(escaped, 0xFFFD); break;
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += is_attribute ? "&#10;" : "\n"; break;
      case '\r': escaped += "&#13;"; break;
      case '\t': escaped += "&#9;"; break;
      default: escaped += text.substr(at, point.length);
    }
    at += std::max(1u, point.length);
  }
  return escaped;
}

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
    return fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", Escaped(policy.path), CountsOf(counts), cases);
  }

  std::string CompilesCase(const CheckedPolicy& policy, Counts& counts) const {
    const auto& all = policy.diagnostics;
    const auto errors = std::count_if(all.begin(), all.end(), [](const Diagnostic& d) {
      return d.severity == Severity::Error && !IsFinding(d.kind);
    });
    ++counts.tests;
    const std::string begin = fmt::format("    <testcase classname=\"{}\" name=\"compiles\" time=\"0\"", Escaped(policy.path));
    if (errors == 0) return begin + "/>\n";
    ++counts.failures;
    return fmt::format("{}>\n      <failure type=\"error\" message=\"{} error{}\"/>\n    </testcase>\n", begin, errors,
                       errors == 1 ? "" : "s");
  }

  std::string Case(const Reported& reported, Counts& counts) const {
    ++counts.tests;
    return fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"0\">\n{}    </testcase>\n",
                       Escaped(reported.policy->path), Escaped(CaseName(reported)),
                       Escaped(reported.place.path), reported.place.begin.line, Outcome(reported, counts));
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
      return fmt::format("      <skipped message=\"{}\"/>\n", Escaped("allowed: " + diagnostic.allowance->because));
    }
    const std::string details = Escaped(DetailsOf(reported), false);
    if (diagnostic.severity < report_.fails_at) return fmt::format("      <system-out>{}</system-out>\n", details);
    ++counts.failures;
    return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n", SpellingOf(diagnostic.severity),
                       Escaped(diagnostic.message), details);
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
