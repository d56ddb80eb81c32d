// Enforcement levels, amendments, time zones, cadences and money.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kHead[] =
    "policy p { language 1 author ann }\nimport std.levels import std.risk import std.finance import std.finance_conflicts\n"
    "duty a duty b person ann person bob role k object load { amount value in EUR number weight decimals 1 } control c\n"
    "enforcement hard { mode deny waived by role k longest 10d review monthly }\n"
    "enforcement mild { mode warn longest 45d }\n";

// The errors alone: what is carried only is no matter here.
std::string ErrorsOf(const std::string& source) {
  std::string errors;
  for (std::istringstream lines(CheckText(kHead + source).diagnostics); lines.good();) {
    std::string line;
    std::getline(lines, line);
    if (line.rfind("SOD1", 0) == 0 && line.rfind("SOD1301", 0) != 0) errors += line + '\n';
  }
  return errors;
}

const model::Conflict* FindRule(const model::Model& model, std::string_view name) {
  for (size_t i = 0; i < model.conflicts.size(); ++i) {
    const model::Conflict& conflict = model.conflicts[model.conflicts.IdAt(i)];
    if (conflict.common.name == name) return &conflict;
  }
  return nullptr;
}

TEST(Enforcement, IsCopiedIntoTheRule) {
  struct Mode {
    const char* source;
    model::Mode mode;
    bool of_level;
  };
  const Mode cases[] = {
      {"conflict x between a and b { enforcement mild }", model::Mode::Warn, true},
      {"conflict x between a and b { should enforcement hard }", model::Mode::Deny, true},
      {"conflict x between a and b { enforcement mild mode deny }", model::Mode::Deny, true},
      {"conflict x between a and b { enforcement hard mode warn reason \"soon\" }", model::Mode::Warn, true},
      {"conflict x between a and b", model::Mode::Deny, false},
  };
  for (const Mode& test : cases) {
    const Checked checked = CheckText(std::string(kHead) + test.source);
    const model::Conflict* rule = FindRule(checked.model, "x");
    ASSERT_NE(rule, nullptr) << test.source;
    EXPECT_EQ(rule->mode, test.mode) << test.source;
    EXPECT_EQ(rule->enforcement.is_valid(), test.of_level) << test.source;
  }
}

TEST(Enforcement, MayBeTightenedInSilenceOnly) {
  const Case cases[] = {
      {"conflict x between a and b { enforcement mild mode deny longest 9d }", ""},
      {"conflict x between a and b { enforcement hard longest 10d review weekly }", ""},
      {"conflict x between a and b { enforcement hard never waived }", ""},
      {"conflict x between a and b { enforcement hard mode warn }", "SOD1374"},
      {"conflict x between a and b { enforcement hard longest 11d }", "SOD1374"},
      {"conflict x between a and b { enforcement hard longest 1y }", "SOD1374"},
      {"conflict x between a and b { enforcement hard review every 2mo }", "SOD1374"},
      {"conflict x between a and b { enforcement hard waived by ann }", "SOD1374"},
      {"conflict x between a and b { enforcement hard longest 11d reason \"soon\" }", ""},
      {"conflict x between a and b { enforcement hard reason \"none\" }", "SOD1375"},
      {"conflict x between a and b { reason \"none\" }", "SOD1375"},
  };
  for (const Case& test : cases) {
    const std::string errors = ErrorsOf(test.source);
    if (*test.expected == '\0') EXPECT_EQ(errors, "") << test.source;
    else EXPECT_THAT(errors, StartsWith(test.expected)) << test.source;
  }
}

// What a policy says by default it says of its own file (docs/decisions/0044): milder and stricter alike.
TEST(Defaults, LeaveImportedRulesAlone) {
  constexpr char kMust[] = "vendors_or_payments", kShould[] = "coding_or_testing";
  struct {
    const char* defaults;
    model::Mode own_must, own_should;
  } const cases[] = {
      {"", model::Mode::Deny, model::Mode::Warn},
      {"default mode observe", model::Mode::Observe, model::Mode::Observe},
      {"default mode deny", model::Mode::Deny, model::Mode::Deny},
      {"default enforcement mild", model::Mode::Warn, model::Mode::Warn},
      {"default enforcement hard default mode observe", model::Mode::Deny, model::Mode::Deny},
  };
  for (const auto& test : cases) {
    const Checked checked = CheckText("policy p { language 1 " + std::string(test.defaults) + " default risk high }\n"
        "import std.risk import std.it_conflicts import std.finance import std.finance_conflicts\n"
        "enforcement hard { mode deny } enforcement mild { mode warn } duty a duty b duty c\n"
        "conflict must_be between a and b conflict should_be between a and c { should }\n"
        "conflict between payment_initiation and payment_approval { advice \"ask\" }");
    const auto mode_of = [&](const char* name) { return FindRule(checked.model, name)->mode; };
    ASSERT_NE(FindRule(checked.model, "must_be"), nullptr) << checked.diagnostics;
    EXPECT_EQ(mode_of("must_be"), test.own_must) << test.defaults;
    EXPECT_EQ(mode_of("should_be"), test.own_should) << test.defaults;
    EXPECT_EQ(mode_of(kMust), model::Mode::Deny) << test.defaults;
    EXPECT_EQ(mode_of(kShould), model::Mode::Warn) << test.defaults;
    // Stated in both: as strict as it was imported.
    EXPECT_EQ(mode_of("entering_or_releasing_payments"), model::Mode::Deny) << test.defaults;
    for (const char* name : {kMust, kShould, "entering_or_releasing_payments"}) {
      EXPECT_FALSE(FindRule(checked.model, name)->mode_is_default) << name << test.defaults;
      EXPECT_FALSE(FindRule(checked.model, name)->enforcement.is_valid()) << name << test.defaults;
      EXPECT_TRUE(FindRule(checked.model, name)->risk_is_default) << name << test.defaults;
    }
  }
}

// Two changes of which the second stands on the line of the first: each has what its own rule was.
TEST(Amendments, AreKeptByTheirDeclaration) {
  const Checked checked = CheckText(std::string(kHead) +
      "amend vendors_or_payments { mode warn because \"x\" approved by bob next 2027-03-31 } "
      "amend paying_or_reconciling { mode observe because \"x\" approved by bob next 2027-04-30 }");
  ASSERT_EQ(checked.model.amendments.size(), 2u) << checked.diagnostics;
  for (const model::Amendment& amendment : checked.model.amendments) {
    const bool is_first = checked.model.conflicts[amendment.rule].common.name == "vendors_or_payments";
    EXPECT_EQ(amendment.before.mode, model::Mode::Deny);
    EXPECT_EQ(amendment.until, *ParseEnd(is_first ? "2027-03-31" : "2027-04-30", 0));
  }
  size_t with_was = 0;
  for (const model::Provision& provision : checked.model.provisions) {
    if (provision.kind != "amend") continue;
    with_was += static_cast<size_t>(std::ranges::count(provision.attributes, "was", &model::ProvisionAttribute::keyword));
  }
  EXPECT_EQ(with_was, 2u);
}

TEST(Amendments, KeepWhatTheRuleWas) {
  const Checked checked = CheckText(std::string(kHead) +
      "amend vendors_or_payments { risk low mode warn because \"x\" approved by bob next 2027-03-31 }\n"
      "disable keeping_or_counting_cash { because \"x\" approved by bob next 2027-03-31 }");
  const model::Conflict* amended = FindRule(checked.model, "vendors_or_payments");
  ASSERT_NE(amended, nullptr);
  EXPECT_EQ(amended->mode, model::Mode::Warn);
  EXPECT_TRUE(amended->risk.is_valid());
  const model::Conflict* disabled = FindRule(checked.model, "keeping_or_counting_cash");
  ASSERT_NE(disabled, nullptr);
  EXPECT_EQ(disabled->disabled_until, *ParseEnd("2027-03-31", 0));
  EXPECT_THAT(checked.dump, HasSubstr("was"));
}

TEST(Amendments, SayWhatIsWrong) {
  const Case cases[] = {
      {"amend nothing_such { risk low because \"x\" approved by bob next 2027-03-31 }", "SOD1001"},
      {"disable vendors_or_payments { approved by bob next 2027-03-31 }", "SOD1103"},
      {"disable vendors_or_payments { because \"x\" next 2027-03-31 }", "SOD1103"},
      {"disable vendors_or_payments { because \"x\" approved by bob }", "SOD1103"},
      {"disable vendors_or_payments { because \"x\" approved by ann next 2027-03-31 }", "SOD1379"},
      {"conflict x between a and b disable x { because \"x\" approved by bob next 2027-03-31 }", "SOD1376"},
  };
  for (const Case& test : cases) EXPECT_THAT(ErrorsOf(test.source), StartsWith(test.expected)) << test.source;
}

TEST(Cadences, AreDatesOrEvents) {
  const Case cases[] = {
      {"control d { cadence on each load }", "on each load"},
      {"control d { cadence every 2w }", "every 2w"},
      {"fact staff = 3 control d { cadence when staff changes }", "when changes staff"},
  };
  for (const Case& test : cases) EXPECT_THAT(CheckText(std::string(kHead) + test.source).dump, HasSubstr(test.expected)) << test.source;
  EXPECT_THAT(ErrorsOf("control d { cadence on each ann }"), StartsWith("SOD1002"));
  EXPECT_THAT(ErrorsOf("review r { cadence on each load next 2026-09 reviewer ann }"), StartsWith("SOD1372"));
}

TEST(Money, HasTheDecimalsOfItsCurrency) {
  const Case cases[] = {
      {"conflict x between a and b { applies when load.value at least 2.50 EUR }", ""},
      {"conflict x between a and b { applies when load.value at least 500 USD }", "SOD1370"},
      {"conflict x between a and b { applies when load.value at least 2.505 EUR }", "SOD1371"},
      {"conflict x between a and b { applies when load.weight at least 2.55 }", "SOD1371"},
      {"conflict x between a and b { applies when load.weight at least 2 EUR }", "SOD1305"},
      {"object y { amount v in EUX }", "SOD1104"},
      {"object y { amount v in JPY { band s below 1.5 band l } }", "SOD1371"},
  };
  for (const Case& test : cases) {
    const std::string errors = ErrorsOf(test.source);
    if (*test.expected == '\0') EXPECT_EQ(errors, "") << test.source;
    else EXPECT_THAT(errors, StartsWith(test.expected)) << test.source;
  }
}

}  // namespace
}  // namespace sodc::test
