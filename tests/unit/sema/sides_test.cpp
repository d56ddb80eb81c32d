// Sets and sides of any kind: roles, groups of roles, duties of a role, relations to
// objects; capacities, `directly`, sides that overlap, members that imply each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] =
    "policy p { language 1 }\nimport std.levels import std.classes import std.capacities\n"
    "duty a { class verify tags x } duty b duty c duty d\n"
    "role r { grants a, b at limited tags clinical } role s { includes r grants c } role t { tags clinical }\n";

Checked Compiled(const std::string& rest) { return CheckText(kHead + rest); }

TEST(SidesOfAnyKind, AreExpandedInOrder) {
  const Case cases[] = {
      {"conflict x between roles { r, t } and d", "side any: role r, role t\n"},
      {"conflict x between any of all roles and d", "side any: role r, role s, role t\n"},
      {"conflict x between all of all roles except role s and d", "side all: role r, role t\n"},
      {"conflict x between any of all roles where tag clinical and d", "side any: role r, role t\n"},
      {"conflict x between { d, role t } and c", "side any: d at report, role t\n"},
      {"conflict x between { d, role t } at full and c", "side any: d at full, role t\n"},
      {"group g = roles { r, t } conflict x between any of g and d", "side any of g: role r, role t\n"},
      {"group g = { d, role t } conflict x between any of g and c", "side any of g: d at report, role t\n"},
      {"conflict x between duties of role s and d", "side any: c at report, a at report, b at report\n"},
      {"group only = duties of role s except duties of role r conflict x between any of only and d",
       "side one of only: c at report\n"},
      {"conflict x between directly role r and directly role t", "side one: directly role r\n"},
      {"conflict x between directly roles { r, s } and d", "side any: directly role r, directly role s\n"},
      {"conflict x between a as performs and a as approves", "side one: a at report as approves\n"},
      {"conflict x between role r as owner and role r as member", "side one: role r as owner\n  side one: role r as member\n"},
      {"conflict x between directly roles { r, s } as owner and d", "side any: directly role r as owner, directly role s as owner\n"},
      {"conflict x at most 1 of roles { r, t }", "side one: role t\n"},
      {"group g = roles { r, t } conflict x at most 1 of roles { each of g, directly s }", ""},
      {"group g = roles { r, t } conflict x at most 1 of { each of g, d }", "side one: role t\n  side one: d at report\n"},
      {"object o { relations owner } conflict x between d and being owner of o",
       "side one: being owner of o\n"},
  };
  for (const Case& side : cases) {
    const Checked checked = Compiled(side.source);
    EXPECT_THAT(checked.diagnostics, Not(HasSubstr("SOD1350"))) << side.source;
    EXPECT_THAT(checked.dump, HasSubstr(side.expected)) << side.source << checked.diagnostics << checked.dump;
  }
}

TEST(SidesOfAnyKind, AreRejectedWithAWayOut) {
  const Case cases[] = {
      {"role u { grants roles { r } }", "SOD1350 5:17 `r` is a role; here stand duties | help: include it: `includes r`"},
      {"role u { grants r }", "SOD1350 5:17 `r` is a role; here stand duties | help: include it: `includes r`"},
      {"group g = roles { r } duty e { separated from g }",
       "SOD1350 5:47 `r` is a role; here stand duties | help: write a rule about both: `conflict role r with e`"},
      {"duty e { separated from role r }",
       "SOD1350 5:25 `r` is a role; here stand duties | help: write a rule about both: `conflict role r with e`"},
      {"role u { restricts d, role r }",
       "SOD1350 5:23 `r` is a role; here stand duties | help: say it of whoever holds the role: `holders never role r`"},
      {"role u { restricts r }",
       "SOD1350 5:20 `r` is a role; here stand duties | help: say it of whoever holds the role: `holders never role r`"},
      {"compatible role r with d", "SOD1350 5:12 `r` is a role; here stand duties | help: duties are compatible: `duties of role r`"},
      {"compatible d with r", "SOD1350 5:19 `r` is a role; here stand duties | help: duties are compatible: `duties of role r`"},
      {"conflict x at most 1 of roles { all, r }", "SOD1350 5:33 `a` is a duty; here stand roles"},
      {"conflict x between any of all roles where class verify and d", "SOD1351 5:43 `r` is a role and has no class"},
      {"conflict x between any of all roles where tag clinic and d",
       "SOD1352 5:47 nothing in this set has the tag `clinic` | help: did you mean `clinical`?"},
      {"object o { relations owner } conflict x between d and being ower of o",
       "SOD1353 5:61 object `o` has no relation `ower` | help: did you mean `owner`?"},
      {"role u { grants duties of role u }", "SOD1354 5:6 what role `u` grants is defined by itself: role u → role u"},
      {"role u { grants g } group g = duties of role u", "SOD1201 5:27 group `g` is defined by itself: g → role u → g"},
      {"system y conflict x between entitlement y \"E\" as owner and d", "is an entitlement; `as` belongs to duties and roles"},
      {"conflict x between directly d and c", "SOD1356 5:20 `d` is a duty; `directly` belongs to roles"},
      {"conflict x between role r at full and d", "SOD1118"},
      {"conflict x between r and d", "SOD1002 5:20 `r` is a role; here stands a duty or a group"},
      {"group g = roles { r, t } conflict x at most 1 of roles { g, s }", "SOD1207 5:58 group `g` in braces"},
      {"conflict x between d as consult and c", "did you mean `consulted`"},
      {"conflict x between d and c per object", "SOD1358 5:28 `per object` is about the object that the duties declare, and `d` declares none"},
      {"object o object n duty e { on o } duty f { on n } conflict x between e and f per object",
       "SOD1358 5:78 `per object` is about the object that the duties declare, and `f` is on another one than `e`"},
      {"conflict x between d and c per voyage", "SOD1001 5:32 `voyage` is not declared"},
  };
  for (const Case& wrong : cases) {
    EXPECT_THAT(Compiled(wrong.source).diagnostics, HasSubstr(wrong.expected)) << wrong.source;
  }
}

// One holding must not count twice, whatever the kinds (SEM-8).
TEST(CountedMembers, AreIndependent) {
  const Case wrong[] = {
      {"conflict x at most 1 of { role r, role s }", "SOD1208 5:27 `r` is counted twice | help: holding `s` is holding this role"},
      {"conflict x at most 1 of { role s, a }", "SOD1208 5:35 `a` is counted twice | help: role `s` grants it"},
      {"conflict x at most 1 of { role r, b at limited }", "SOD1208"},
      {"conflict x at most 1 of { a as performs, a }", "SOD1208"},
      {"conflict x at most 1 of { directly role r, role r }", "SOD1208"},
      {"conflict x at most 1 of { role r as member, role s }", "SOD1208"},  // included in the same capacity
      {"conflict x at most 1 of { role s as member, a }", "SOD1208"},
      {"conflict x at most 1 of { directly role s, role r }", "SOD1208"},
      {"group g = roles { r, t } conflict x at most 1 of { any of g, role s }", "SOD1208"},
  };
  for (const Case& counted : wrong) {
    EXPECT_THAT(Compiled(counted.source).diagnostics, HasSubstr(counted.expected)) << counted.source;
  }
  const char* fine[] = {
      "conflict x at most 1 of { role r, role t }",
      "conflict x at most 1 of { role r, b at full }",               // granted at limited
      "conflict x at most 1 of { a as performs, a as approves }",    // two holdings
      "conflict x at most 1 of { role r as owner, role s }",         // who owns a role does not hold it
      "conflict x at most 1 of { role s as owner, a }",
      "conflict x at most 1 of { directly role r, directly role s }",  // including is not assigning
      "group g = roles { r, s } conflict x at most 1 of { any of g, role t }",  // the side counts once
  };
  for (const char* source : fine) EXPECT_EQ(Compiled(source).diagnostics, "") << source;
}

TEST(SidesOfAnyKind, AreNotEmptyInPartEither) {
  EXPECT_THAT(Compiled("group nobody conflict x between { a, nobody } and d").diagnostics, HasSubstr("SOD1205 5:38"));
}

TEST(SidesThatOverlap, AreLegalAsSetsOfAny) {
  const Checked checked = Compiled("conflict x between { a, b } and { b, c }");
  EXPECT_THAT(checked.diagnostics, HasSubstr("SOD1357 5:33 `b` stands on both sides of any and any"));
  EXPECT_THAT(checked.dump, HasSubstr("side any: b at report, c at report\n"));
  const Case others[] = {
      {"conflict x between any of b and { b, c }", "SOD1357"},
      {"conflict x between any of roles { r, t } and any of roles { t }", "SOD1357 5:46 `t`"},
      {"conflict x between all of { a, b } and { b, c }", "SOD1206"},
      {"conflict x between b and { b, c }", "SOD1206"},
      {"conflict x between any of b and any of b", "SOD1206"},
      {"conflict x between { a, b } and { b, c } at full", "SOD1206"},  // not at one level
      {"conflict x between { role r, role t } and all of roles { t, s }", "| fix 5:64 ' except role t'"},
  };
  for (const Case& other : others) {
    EXPECT_THAT(Compiled(other.source).diagnostics, HasSubstr(other.expected)) << other.source;
  }
}

TEST(Headers, SayWhoseHoldingsCount) {
  const Case cases[] = {
      {"conflict x between c and d per session", " per session\n"},
      {"conflict x between c and d per account", "mode deny by default per account\n"},
      {"conflict x between c and d per unit", " per unit unevaluated unit"},
      {"object o conflict x between c and d per o", "mode deny by default per o\n"},
      {"object o duty e { on o } duty f { on o } conflict x between e and f per object", "mode deny by default per o\n"},
      {"object o { relations owner } conflict x between c and being owner of o per o", " per o unevaluated self"},
      {"object o { relations owner } duty e { creates o } conflict x between c and being owner of o", "mode deny by default per o\n"},
      {"conflict x at most 1 of { c, d } per session", " per session\n"},
  };
  for (const Case& header : cases) {
    EXPECT_THAT(Compiled(header.source).dump, HasSubstr(header.expected)) << header.source;
  }
}

// What differs in whose holdings count is another rule (docs/decisions/0023).
TEST(Headers, KeepRulesApart) {
  const Checked checked = Compiled("conflict x between c and d conflict y between c and d per session");
  EXPECT_THAT(checked.dump, HasSubstr("conflict y"));
  EXPECT_THAT(checked.dump, HasSubstr("conflict x"));
  EXPECT_EQ(checked.model.conflicts.size(), 2u);
}

}  // namespace
}  // namespace sodc::test
