#include "compiler/driver/plural.h"
#include "compiler/driver/test_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/base/xml.h"
#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/session_output.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace sodc {

namespace json = llvm::json;

namespace {

// What is judged beside the answer and counts in its verdicts.
Outlook OutlookOf(const CaseResult& result) {
  Outlook outlook;
  outlook.requirements = result.requirements;
  outlook.has_requirements = !result.requirements.empty();
  outlook.processes = result.processes;
  outlook.holders = result.holders;
  return outlook;
}

// "h33.sod:12:3"; a policy that was read from standard input has no better name than its path.
std::string PlaceOf(const TestedPolicy& policy, Span span) {
  const SourceManager& sources = policy.compilation->sources;
  const Position at = sources.PositionOf(span);
  return fmt::format("{}:{}:{}", sources.file(span.file).path, at.line, at.column);
}

std::string Indented(std::string_view text, std::string_view indent) {
  std::string indented;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty()) indented += fmt::format("{}{}", indent, line);
    indented += '\n';
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return indented;
}

// Expectation by expectation, then the answer that says why.
std::string FailureOf(const TestedPolicy& policy, const CaseResult& result) {
  std::string text;
  for (const Mismatch& mismatch : result.mismatches) {
    text += SafeText(fmt::format("{}: {}", PlaceOf(policy, mismatch.span), mismatch.expected)) + "\n";
    text += fmt::format("    but {}\n", SafeText(mismatch.found));
  }
  return text;
}

std::string AnswerOf(const TestedPolicy& policy, const CaseResult& result) {
  const AnswerFrame frame{*policy.table, result.as_of};
  std::string text;
  if (result.answer && !result.is_of_session) text = AnswerText(frame, *result.answer, OutlookOf(result));
  if (result.session) text += (text.empty() ? "" : "\n") + SessionText(frame, *result.session);
  return text;
}

std::string_view LabelOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::Passed: return "pass";
    case Outcome::Failed: return "FAIL";
    case Outcome::Skipped: return "skip";
    case Outcome::NotJudged: return "NOT JUDGED";
  }
  return "";
}

std::string CoverageText(const TestedPolicy& policy) {
  const Coverage& coverage = *policy.coverage;
  std::string text = fmt::format("Coverage: {} of {}, {} %.\n", coverage.held, coverage.wanted, coverage.per_cent());
  for (const CoveredItem& item : coverage.items) {
    if (item.has_hit && item.has_miss) continue;
    const std::string_view missing = item.has_hit   ? "no test differs from one where it takes effect in a single fact, and lists the conflicts without it"
                                     : item.has_miss ? "no test in which it takes effect says what follows: disposition, and what remains of the risk"
                                                     : "no test says what follows where it takes effect: disposition and, of a rated rule, `expect residual`";
    text += fmt::format("  {}: {} {}: {}\n", PlaceOf(policy, item.span), item.kind, SafeText(item.name), missing);
  }
  return text;
}

// "5 tests: 3 passed, 1 failed, 1 skipped."
std::string SummaryOf(const TestedPolicy& policy) {
  std::string text = Plural(policy.cases.size(), "test");
  const char* separator = ": ";
  constexpr std::pair<Outcome, std::string_view> kWords[] = {
      {Outcome::Passed, "passed"}, {Outcome::Failed, "failed"}, {Outcome::Skipped, "skipped"}, {Outcome::NotJudged, "not judged"}};
  for (const auto& [outcome, word] : kWords) {
    const size_t count = CountOf(policy, outcome);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", separator, count, word);
    separator = ", ";
  }
  return text;
}

}  // namespace

size_t CountOf(const TestedPolicy& policy, Outcome outcome) {
  return static_cast<size_t>(std::ranges::count(policy.results, outcome, &CaseResult::outcome));
}

uint32_t PerCentHeld(const std::vector<TestedPolicy>& policies) {
  Coverage all;
  for (const TestedPolicy& policy : policies) {
    if (!policy.coverage) continue;
    all.held += policy.coverage->held;
    all.wanted += policy.coverage->wanted;
  }
  return all.per_cent();
}

std::string TestText(const TestedPolicy& policy) {
  std::string text;
  for (size_t i = 0; i < policy.cases.size(); ++i) {
    const CaseResult& result = policy.results[i];
    text += fmt::format("{}  {}\n", LabelOf(result.outcome), SafeText(policy.cases[i].title));
    if (!result.reason.empty()) text += fmt::format("      {}\n", SafeText(result.reason));
    if (result.outcome != Outcome::Failed) continue;
    text += Indented(FailureOf(policy, result), "      ");
    text += "      The answer:\n" + Indented(AnswerOf(policy, result), "      | ");
  }
  text += fmt::format("{}: {}.\n", SafeText(policy.path), SummaryOf(policy));
  if (policy.coverage) text += CoverageText(policy);
  return text;
}

namespace {

llvm::StringRef JsonText(std::string_view text) { return {text.data(), text.size()}; }

class JsonReport {
 public:
  explicit JsonReport(json::OStream& out) : out_(out) {}

  void Write(const std::vector<TestedPolicy>& policies) {
    out_.attribute("schema", "sod.test/1");
    out_.attribute("sodc", SODC_VERSION);
    out_.attributeArray("policies", [&] {
      for (const TestedPolicy& policy : policies) out_.object([&] { WritePolicy(policy); });
    });
  }

 private:
  void WritePlace(const TestedPolicy& policy, Span span) {
    const SourceManager& sources = policy.compilation->sources;
    const Position at = sources.PositionOf(span);
    out_.attributeObject("source", [&] {
      out_.attribute("file", JsonText(sources.file(span.file).path));
      out_.attribute("line", at.line);
      out_.attribute("column", at.column);
    });
  }

  void WritePolicy(const TestedPolicy& policy) {
    out_.attribute("policy", JsonText(policy.table->policy_name()));
    out_.attribute("file", policy.path);
    out_.attribute("table_sha256", policy.table->table_sha256());
    out_.attributeObject("counts", [&] {
      for (const Outcome outcome : {Outcome::Passed, Outcome::Failed, Outcome::Skipped, Outcome::NotJudged}) {
        out_.attribute(JsonText(SpellingOf(outcome)), static_cast<int64_t>(CountOf(policy, outcome)));
      }
    });
    out_.attributeArray("tests", [&] {
      for (size_t i = 0; i < policy.cases.size(); ++i) out_.object([&] { WriteCase(policy, i); });
    });
    if (policy.coverage) out_.attributeObject("coverage", [&] { WriteCoverage(policy); });
  }

  void WriteCase(const TestedPolicy& policy, size_t i) {
    const PolicyCase& policy_case = policy.cases[i];
    const CaseResult& result = policy.results[i];
    out_.attribute("title", policy_case.title);
    WritePlace(policy, policy_case.span);
    out_.attribute("as_of", result.as_of.empty() ? json::Value(nullptr) : json::Value(result.as_of));
    out_.attribute("outcome", JsonText(SpellingOf(result.outcome)));
    out_.attribute("reason", result.reason.empty() ? json::Value(nullptr) : json::Value(result.reason));
    out_.attributeArray("mismatches", [&] {
      for (const Mismatch& mismatch : result.mismatches) {
        out_.object([&] {
          out_.attribute("expected", mismatch.expected);
          out_.attribute("found", mismatch.found);
          WritePlace(policy, mismatch.span);
        });
      }
    });
    WriteAnswers({*policy.table, result.as_of}, result);
  }

  void WriteAnswers(const AnswerFrame& frame, const CaseResult& result) {
    const bool is_told = result.outcome == Outcome::Failed;
    out_.attributeBegin("answer");
    if (is_told && !result.is_of_session) out_.rawValue(AnswerJson(frame, *result.answer, OutlookOf(result), /*is_compact=*/true));
    else out_.value(nullptr);
    out_.attributeEnd();
    out_.attributeBegin("session");
    if (is_told && result.session) out_.rawValue(SessionJson(frame, *result.session, {}, /*is_compact=*/true));
    else out_.value(nullptr);
    out_.attributeEnd();
  }

  void WriteCoverage(const TestedPolicy& policy) {
    const Coverage& coverage = *policy.coverage;
    out_.attribute("per_cent", coverage.per_cent());
    out_.attribute("held", static_cast<int64_t>(coverage.held));
    out_.attribute("wanted", static_cast<int64_t>(coverage.wanted));
    out_.attributeArray("items", [&] {
      for (const CoveredItem& item : coverage.items) {
        out_.object([&] {
          out_.attribute("kind", item.kind);
          out_.attribute("id", item.name);
          out_.attribute("hit", item.has_hit);
          out_.attribute("miss", item.has_miss);
          WritePlace(policy, item.span);
        });
      }
    });
  }

  json::OStream& out_;
};

std::string JunitCase(const TestedPolicy& policy, size_t i) {
  const PolicyCase& policy_case = policy.cases[i];
  const CaseResult& result = policy.results[i];
  const SourceManager& sources = policy.compilation->sources;
  const std::string begin = fmt::format("    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"0\"",
                                        EscapedForXml(policy.path), EscapedForXml(policy_case.title),
                                        EscapedForXml(sources.file(policy_case.span.file).path), sources.PositionOf(policy_case.span).line);
  const std::string reason = EscapedForXml(result.reason);
  switch (result.outcome) {
    case Outcome::Passed: return begin + "/>\n";
    case Outcome::Skipped: return fmt::format("{}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", begin, reason);
    case Outcome::NotJudged: return fmt::format("{}>\n      <error type=\"not_judged\" message=\"{}\"/>\n    </testcase>\n", begin, reason);
    case Outcome::Failed: break;
  }
  const Mismatch& first = result.mismatches.front();
  return fmt::format("{}>\n      <failure type=\"failed\" message=\"{}\">{}</failure>\n    </testcase>\n", begin,
                     EscapedForXml(first.expected + ", but " + first.found),
                     EscapedForXml(FailureOf(policy, result) + "\n" + AnswerOf(policy, result), false));
}

}  // namespace

std::string TestJson(const std::vector<TestedPolicy>& policies) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  json::OStream out(stream, 2);
  out.object([&] { JsonReport(out).Write(policies); });
  stream.flush();
  return text + "\n";
}

std::string TestJunit(const std::vector<TestedPolicy>& policies) {
  std::string suites;
  size_t all[4] = {};
  const auto counts_of = [](size_t tests, size_t failed, size_t errors, size_t skipped) {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\"", tests, failed, errors, skipped);
  };
  for (const TestedPolicy& policy : policies) {
    const size_t counts[] = {policy.cases.size(), CountOf(policy, Outcome::Failed), CountOf(policy, Outcome::NotJudged), CountOf(policy, Outcome::Skipped)};
    for (size_t i = 0; i < std::size(counts); ++i) all[i] += counts[i];
    std::string cases;
    for (size_t i = 0; i < policy.cases.size(); ++i) cases += JunitCase(policy, i);
    suites += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n", EscapedForXml(policy.path),
                          counts_of(counts[0], counts[1], counts[2], counts[3]), cases);
  }
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sodc test\" {}>\n{}</testsuites>\n",
                     counts_of(all[0], all[1], all[2], all[3]), suites);
}

}  // namespace sodc
