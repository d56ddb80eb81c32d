#include "compiler/diag/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace sodc {
namespace {

using testing::HasSubstr;
using testing::Not;

Diagnostic Finding(Span span, std::string message) {
  return {DiagKind::RoleBreaksConflict, Severity::Warning, span, std::move(message), {}, {}, {}, {}, {}};
}

CheckedPolicy OnePolicy(size_t findings) {
  CheckedPolicy policy;
  policy.path = "a.sod";
  policy.file_paths = {"a.sod"};
  const FileId file = policy.sources.Add("a.sod", "role boss\n");
  for (size_t i = 0; i < findings; ++i) {
    policy.diagnostics.push_back(Finding({file, 5, 9}, "whoever holds `r" + std::to_string(i) + "`"));
  }
  return policy;
}

Report ReportOf(CheckedPolicy policy) {
  Report report;
  report.version = "1.2.3";
  report.policies.push_back(std::move(policy));
  return report;
}

size_t CountOf(const std::string& what, const std::string& text) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(Report, TellsWhatIsAllowedInEachFormat) {
  CheckedPolicy policy = OnePolicy(2);
  policy.diagnostics[0].allowance = Allowance{policy.diagnostics[0].span, "two people only"};
  Report report = ReportOf(std::move(policy));
  report.fails_at = Severity::Warning;

  const std::string sarif = RenderSarif(report);
  EXPECT_THAT(sarif, HasSubstr("\"kind\": \"inSource\""));
  EXPECT_THAT(sarif, HasSubstr("\"justification\": \"two people only\""));
  EXPECT_THAT(sarif, HasSubstr("\"suppressions\": []"));  // of the other one: SARIF wants all or none
  EXPECT_THAT(RenderGitlab(report), HasSubstr("(allowed: two people only)\""));
  EXPECT_EQ(CountOf("\"severity\": \"info\"", RenderGitlab(report)), 1u);
  const std::string junit = RenderJunit(report);
  EXPECT_THAT(junit, HasSubstr("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(junit, HasSubstr("<skipped message=\"allowed: two people only\"/>"));
  EXPECT_THAT(RenderGithub(report), HasSubstr("::notice file=a.sod"));
  EXPECT_THAT(RenderGithub(report), HasSubstr("%0Aallowed: two people only"));
}

TEST(Report, SuppressesNothingWhereNothingIsAllowed) {
  EXPECT_THAT(RenderSarif(ReportOf(OnePolicy(1))), Not(HasSubstr("suppressions")));
}

TEST(Report, KeepsTheGravestAndCountsTheOthers) {
  CheckedPolicy policy = OnePolicy(5003);
  policy.diagnostics.back().severity = Severity::Error;
  const std::string sarif = RenderSarif(ReportOf(std::move(policy)));
  EXPECT_EQ(CountOf("\"ruleIndex\"", sarif), 5000u);
  EXPECT_THAT(sarif, HasSubstr("whoever holds `r5002`"));
  EXPECT_THAT(sarif, HasSubstr("3 further results are left out"));
}

TEST(Report, WritesNoXmlThatCannotBeRead) {
  CheckedPolicy policy = OnePolicy(1);
  policy.diagnostics[0].message = "<a href=\"x\">&\x01\xff\xef\xbf\xbf</a>\n]]>";
  const std::string junit = RenderJunit(ReportOf(std::move(policy)));
  EXPECT_THAT(junit, HasSubstr("&lt;a href=&quot;x&quot;&gt;&amp;\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&lt;/a&gt;&#10;]]&gt;"));
}

TEST(Report, LinksNothingThatAPolicySays) {
  CheckedPolicy policy = OnePolicy(1);
  policy.diagnostics[0].message = "`[x](https://example.org)` is no name";
  EXPECT_THAT(RenderSarif(ReportOf(std::move(policy))), HasSubstr("`\\\\[x\\\\](https://example.org)` is no name"));
}

}  // namespace
}  // namespace sodc
