// Tables of cases: a piece of policy behind a head that all cases of a test share, and what is to be seen.
#ifndef SODC_TESTS_UNIT_SEMA_CASES_H_
#define SODC_TESTS_UNIT_SEMA_CASES_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {

struct Case {
  const char* source;    // stands behind the head
  const char* expected;
};

// Nothing is wrong, and the dump of the model contains what is expected.
inline void ExpectModel(const std::string& head, std::span<const Case> cases) {
  for (const Case& test : cases) {
    const Checked checked = CheckText(head + test.source);
    EXPECT_EQ(checked.diagnostics, "") << test.source;
    EXPECT_THAT(checked.dump, ::testing::HasSubstr(test.expected)) << test.source;
  }
}

// The diagnostics begin with what is expected; "": nothing is wrong.
inline void ExpectDiagnostics(const std::string& head, std::span<const Case> cases) {
  for (const Case& test : cases) {
    const std::string diagnostics = CheckText(head + test.source).diagnostics;
    if (*test.expected == '\0') EXPECT_EQ(diagnostics, "") << test.source;
    else EXPECT_THAT(diagnostics, ::testing::StartsWith(test.expected)) << test.source;
  }
}

}  // namespace sodc::test

#endif  // SODC_TESTS_UNIT_SEMA_CASES_H_
