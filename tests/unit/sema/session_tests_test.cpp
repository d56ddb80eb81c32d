// Tests of a policy about sessions: what cannot be asked or expected of one.
#include <gtest/gtest.h>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

constexpr char kHead[] =
    "policy p { language 1 }\n"
    "duty a duty b duty c role r { grants c } group both = { a, b } object run { relations owner } person ann\n"
    "framework f { clause \"1\" \"First\" } conflict held between a and b conflict one at most 1 of { a, b, c } per session\n";

struct SessionCase {
  const char* body;      // of a test on line 4
  const char* expected;
};

TEST(SessionTests, AreRejectedForWhatNoSessionShows) {
  const SessionCase cases[] = {
      {"session a, b, role r expect denied by one", ""},
      {"session both when activated role r expect conflicts one", ""},
      {"when activated entitlement x expect clear", "SOD1001 4:"},
      {"expect safe { a, b, }, { role r }", ""},
      {"session a expect denied by held", "SOD1366 4:"},
      {"session a expect disposition denied of held", "SOD1366 4:"},
      {"when activated a expect frameworks f \"1\" is met", "SOD1367 4:"},
      {"session a, both expect clear", "SOD1368 4:"},
      {"session role r when activated role r expect clear", "SOD1368 4:"},
      {"session c when activated role r expect clear", ""},  // the duty and a role that grants it are two things
      {"when activated both expect clear", "SOD1369 4:"},
      {"session a when granted b expect clear", "SOD1365 4:"},
      {"expect safe { a } when granted b", "SOD1365 4:"},
      {"session being owner of run expect clear", "SOD1350 4:"},
      {"expect safe { being owner of run }", "SOD1350 4:"},
      {"session a case \"x\" { when activated a expect clear } case \"y\" { session b when activated a expect clear }", "SOD1368 4:"},
      {"session a when granted b case \"x\" { expect clear } case \"y\" { expect clear }", "SOD1365 4:"},  // once for both
      {"when granted b case \"x\" { expect clear } case \"y\" { session a expect clear }", "SOD1365 4:"},
      {"expect conflicts held case \"x\" { session a expect clear }", ""},  // what the test expects is not the case's
      {"session a act a by ann on run \"1\" at 2026-02-01T10:00Z expect clear", "SOD1365 4:"},
  };
  for (const SessionCase& c : cases) {
    const Checked checked = CheckText(std::string(kHead) + "test \"t\" { someone with a, b, r " + c.body + " }");
    const std::string expected = c.expected;
    EXPECT_EQ(checked.diagnostics.substr(0, expected.size()), expected) << c.body << '\n' << checked.diagnostics;
    EXPECT_EQ(checked.diagnostics.empty(), expected.empty()) << c.body << '\n' << checked.diagnostics;
    EXPECT_LE(std::count(checked.diagnostics.begin(), checked.diagnostics.end(), '\n'), 1) << checked.diagnostics;
  }
}

}  // namespace
}  // namespace sodc::test
