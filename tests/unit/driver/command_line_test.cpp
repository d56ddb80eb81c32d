// Small decisions of the command line: which code wins, which day counts, what a
// command line becomes.
#include <gtest/gtest.h>

#include <exception>

#include "compiler/driver/as_of.h"
#include "compiler/driver/bug.h"
#include "compiler/driver/exit_code.h"
#include "compiler/driver/options.h"
#include "compiler/driver/suggest.h"

namespace sodc {
namespace {

TEST(ExitCode, TheGraverOneWins) {
  const ExitCode by_weight[] = {ExitCode::Fine,  ExitCode::Findings,    ExitCode::DoesNotCompile,
                                ExitCode::Usage, ExitCode::InputOutput, ExitCode::Bug};
  for (size_t i = 0; i < std::size(by_weight); ++i) {
    for (size_t j = 0; j < std::size(by_weight); ++j) {
      EXPECT_EQ(Worse(by_weight[i], by_weight[j]), by_weight[std::max(i, j)]);
    }
  }
}

TEST(ExitCode, ABugEndsWithItsOwn) {
  const auto end = [] {
    EndBugsWithTheirCode();
    std::terminate();
  };
  EXPECT_EXIT(end(), testing::ExitedWithCode(9), "sodc: internal error; please report it");
}

class AsOfTest : public testing::Test {
 protected:
  std::string Day(const std::string& given) {
    const auto day = ResolveAsOf(given, env_);
    if (const auto* sentence = std::get_if<std::string>(&day)) return "! " + *sentence;
    return std::get<AsOf>(day).text;
  }

  OutputStream none_{-1};
  DriverEnv env_{.out = none_, .err = none_, .source_date_epoch = {}, .now = 1774000000};  // 2026-03-20T09:46:40Z
};

TEST_F(AsOfTest, PrefersTheOptionThenTheEnvironmentThenTheClock) {
  EXPECT_EQ(Day(""), "2026-03-20");
  env_.source_date_epoch = "86399";
  EXPECT_EQ(Day(""), "1970-01-01");
  EXPECT_EQ(Day("2026-03-17"), "2026-03-17");
}

TEST_F(AsOfTest, IsTheMidnightAtWhichTheDayBegins) {
  EXPECT_EQ(std::get<AsOf>(ResolveAsOf("", env_)).instant, 1773964800);
  EXPECT_EQ(std::get<AsOf>(ResolveAsOf("1970-01-02", env_)).instant, 86400);
}

TEST_F(AsOfTest, RefusesWhatIsNoDay) {
  for (const char* given : {"2026-02-30", "2026-03", "yesterday", "2026-3-7", "2026-03-17T25:00Z"}) {
    EXPECT_EQ(Day(given).front(), '!') << given;
  }
  for (const char* epoch : {"-1", "12x", "1e9", "999999999999999999999"}) {
    env_.source_date_epoch = epoch;
    EXPECT_EQ(Day("").front(), '!') << epoch;
  }
}

TEST(Suggest, NamesTheNearWordOnly) {
  EXPECT_EQ(DidYouMean("qery", {"check", "query"}), "; did you mean `query`?");
  EXPECT_EQ(DidYouMean("zzz", {"check", "query"}), "");
}

std::variant<CommandLine, Farewell> Parse(std::vector<const char*> words) {
  words.insert(words.begin(), "sodc");
  return ParseCommandLine(static_cast<int>(words.size()), words.data());
}

TEST(CommandLine, BecomesAStruct) {
  const auto parsed = Parse({"query", "p.sod", "--holds", "a at full", "--holds=b", "--request", "c until 2026-01-01",
                             "--format", "json", "--fail-on", "never"});
  ASSERT_TRUE(std::holds_alternative<CommandLine>(parsed));
  const auto& query = std::get<QueryOptions>(std::get<CommandLine>(parsed).verb);
  EXPECT_EQ(query.policy, "p.sod");
  EXPECT_EQ(query.selector, QuerySelector::Holds);
  EXPECT_EQ(query.holds, (std::vector<std::string>{"a at full", "b"}));
  EXPECT_EQ(query.requests, std::vector<std::string>{"c until 2026-01-01"});
  EXPECT_EQ(query.format, TextFormat::Json);
  EXPECT_FALSE(query.fail_on.has_value());
}

}  // namespace
}  // namespace sodc
