// The meaning pass: for each promise a table that breaks just that one.
#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::Rows;
using ::testing::HasSubstr;

struct Case {
  const char* message;
  std::function<void(Rows&)> damage;
};

std::string MessageOf(const Rows& rows, const test::WriteOptions& options = {}) {
  const std::string file = test::Write(rows, options);
  const Result<Table> table = Table::Load(std::as_bytes(std::span(file)));
  return table ? "loaded" : table.error().message;
}

const Case kCases[] = {
    {"exactly one row of Meta", [](Rows& r) {
       r.Meta.push_back(r.Meta[0]);
       r.Meta[1].references_first = 1;
       r.Meta[1].references_count = 0;
       r.Meta[1].controls_first = 1;
       r.Meta[1].controls_count = 0;
     }},
    {"impossible `mode_ceiling`", [](Rows& r) { r.Meta[0].mode_ceiling = format::Mode{4}; }},
    {"impossible `is_own`", [](Rows& r) { r.Duties[0].is_own = 2; }},
    {"impossible `duty`", [](Rows& r) { r.Grants[0].duty = 99; }},
    {"impossible `risk`", [](Rows& r) { r.Rules[0].risk = 99; }},
    {"impossible `place`", [](Rows& r) { r.Duties[0].place_line = 0; }},
    {"impossible `place`", [](Rows& r) { r.Duties[0].place_file = 9; }},
    {"impossible `grants`", [](Rows& r) { ++r.Roles[1].grants_first; }},
    {"rows that no `grants` of Roles names", [](Rows& r) { --r.Roles[2].grants_count; }},
    {"UTC has a second spelling", [](Rows& r) { r.Meta[0].time_zone = 86400; }},
    {"the amendments of rules are out of order", [](Rows& r) { r.RuleAmendments.push_back(r.RuleAmendments[0]); }},
    {"who may approve conflicts is out of order", [](Rows& r) {
       r.RuleApprovers.push_back(r.RuleApprovers[0]);
       r.RuleApprovers[0].rule = 1;
     }},
    {"an actor, a role or people by a condition may approve a conflict", [](Rows& r) { r.RuleApprovers[0].actor = 0; }},
    {"an actor, a role or people by a condition may approve a conflict", [](Rows& r) { r.RuleApprovers[0].role = kNone; }},
    {"what violators lose is out of order", [](Rows& r) { r.RuleLosses.push_back(r.RuleLosses[0]); }},
    {"what violators lose is a side of another rule", [](Rows& r) { r.RuleLosses[0].side = kNone; }},
    {"what violators lose is a side of another rule", [](Rows& r) { r.RuleLosses[0].loss = format::RuleLoss::Refuse; }},
    {"what enforces rules is out of order", [](Rows& r) {
       r.Rules[0].moment = format::Moment::Session;
       r.RuleEnforcers.push_back({0, 0});
     }},
    {"a control enforces a rule twice", [](Rows& r) { r.RuleEnforcers.push_back(r.RuleEnforcers[0]); }},
    {"a rule for all times is enforced", [](Rows& r) { r.Rules.back().moment = format::Moment::Static; }},
    {"rows that no `people` of Deadlines names", [](Rows& r) { r.Deadlines[0].people_count = 0; }},
    {"a condition has too few operands or too many", [](Rows& r) { r.GuardNodes[6].operands = 2; }},
    {"a condition has too few operands or too many", [](Rows& r) { r.GuardNodes[1].operands = 1; }},
    {"a condition tests nothing", [](Rows& r) { r.GuardNodes[2].source = kNone; }},
    {"a condition tests nothing", [](Rows& r) { r.GuardNodes[1].source = 0; }},
    {"a condition compares nothing with something", [](Rows& r) { r.GuardNodes[5].kind = format::GuardNodeKind::IsUnknown; }},
    {"a condition compares with no number", [](Rows& r) { r.GuardValues[1].lo = 1; }},
    {"the numbers of a condition are out of order", [](Rows& r) { r.GuardValues[4].lo = 1; }},
    {"a condition goes on behind its end", [](Rows& r) { r.GuardNodes[1] = {format::GuardNodeKind::Is, 0, 0, 1, 0}; }},
    {"a condition ends too early", [](Rows& r) { r.GuardNodes[1].operands = 3; }},
    {"a word of a condition is no number", [](Rows& r) { r.GuardWords[2].lo = 100; }},
    {"what a condition reads has the scale of something else", [](Rows& r) { r.GuardSources[0].scale = 0; }},
    {"what a condition reads has the scale of something else", [](Rows& r) { r.GuardSources[2].scale = kNone; }},
    {"what a condition reads has values that are not its own", [](Rows& r) { r.GuardSources[4].reads = format::GuardReads::Holder; }},
    {"what a condition reads has values that are not its own", [](Rows& r) { r.GuardSources[4].is_counted = 1; }},
    {"what is not counted has elements", [](Rows& r) { r.GuardSources[3].is_counted = 0; }},
    {"the values of a fact are out of order", [](Rows& r) { r.GuardSettings[1].from = kBeginningOfTime; }},
    {"a fact has an impossible value", [](Rows& r) { r.GuardSettings[1].value = 2; }},
    {"a duty or a role is counted", [](Rows& r) { r.CountedElements[0].role = 0; }},
    {"only a class has criteria", [](Rows& r) { r.GuardSources[2].reads = format::GuardReads::Approver; }},
    {"a class has an impossible value", [](Rows& r) { r.ClassCriteria[1].rank = 99; }},
    {"a class is made of itself", [](Rows& r) { r.ClassCriteria[0].guard = 1; }},
    {"a condition ends before it begins", [](Rows& r) { r.RuleConditions[1].until = kBeginningOfTime; }},
    {"the conditions of rules are out of order", [](Rows& r) { std::swap(r.RuleConditions[0], r.RuleConditions[1]); }},
    {"a rule requires nothing", [](Rows& r) { r.RuleConditions[2].what = 0; }},
    {"a condition of a rule is none", [](Rows& r) { r.RuleConditions[0].guard = kNone; }},
    {"a condition has the mode of another", [](Rows& r) { r.RuleConditions[0].mode = format::Mode::Deny; }},
    {"a rule has two conditions for one thing", [](Rows& r) { r.RuleConditions.insert(r.RuleConditions.begin(), r.RuleConditions[0]); }},
    {"what is said of people is out of order", [](Rows& r) { std::swap(r.PersonValues[0], r.PersonValues[1]); }},
    {"what is said of a person ends before it begins", [](Rows& r) { r.PersonValues[0].until = kBeginningOfTime; }},
    {"what is said of a person is read by nothing", [](Rows& r) { r.PersonValues[1].value = 2; }},
    {"the changes of rules are out of order", [](Rows& r) { r.RuleChanges.push_back(r.RuleChanges[0]); }},
    {"a rule had more controls than it has", [](Rows& r) { r.RuleAmendments[0].controls = 99; }},
    {"impossible `rule`", [](Rows& r) { r.RuleAmendments[0].rule = 99; }},
    {"names are out of order", [](Rows& r) { std::swap(r.Names[0], r.Names[1]); }},
    {"a name stands for something else", [](Rows& r) { r.Names[0].index = 9999; }},
    {"a member of a scale is out of place", [](Rows& r) { r.ScaleMembers[1].rank = 0; }},
    {"the access scale does not measure access", [](Rows& r) { r.Meta[0].access_scale = 1; }},
    {"the risk scale does not measure risk", [](Rows& r) { r.Meta[0].risk_scale = 0; }},
    {"a role includes itself", [](Rows& r) { r.RoleIncludes[0].role = 1; }},
    {"a team is a member of itself", [](Rows& r) { r.TeamMembers[0].actor = 2; }},
    {"the duties of a role are out of order", [](Rows& r) { std::swap(r.RoleDuties[0], r.RoleDuties[1]); }},
    {"nothing supplies a duty of a role", [](Rows& r) { r.RoleDuties[0].via = 1; }},
    {"nothing supplies a duty of a role", [](Rows& r) { r.RoleDuties[0].level = 2; }},
    {"nothing supplies a duty of a role", [](Rows& r) { r.RoleDuties[0].via = format::kViaRole; }},
    {"the atoms of a role are out of order", [](Rows& r) { std::swap(r.RoleAtoms[0], r.RoleAtoms[1]); }},
    {"nothing supplies an atom of a role", [](Rows& r) { r.RoleAtoms[0].via = kNone; }},
    {"a role lacks an atom it must set", [](Rows& r) {
       r.RoleAtoms.erase(r.RoleAtoms.begin());
       --r.Roles[0].atoms_count;
       for (size_t i = 1; i < r.Roles.size(); ++i) --r.Roles[i].atoms_first;
     }},
    {"a duty does not set the atom that a rule waits for", [](Rows& r) {
       r.DutyAtoms.erase(r.DutyAtoms.begin());
       --r.Duties[0].atoms_count;
       for (size_t i = 1; i < r.Duties.size(); ++i) --r.Duties[i].atoms_first;
     }},
    {"a duty sets an atom that is not its own", [](Rows& r) { r.DutyAtoms[0].level = 0; }},
    {"the atoms of a duty are out of order", [](Rows& r) { std::swap(r.DutyAtoms[0], r.DutyAtoms[1]); }},
    {"does not lead to a rule", [](Rows& r) { r.AtomPairs[0].rule = 1; }},
    {"does not lead to a rule", [](Rows& r) { r.Rules[2].at_most = 1, r.Rules[0].at_most = 2; }},
    {"the members of a rule are out of order", [](Rows& r) {
       std::swap(r.RuleMembers[2], r.RuleMembers[3]);
     }},
    {"an atom stands for a duty that does not exist", [](Rows& r) { r.Atoms[0].ref = 50; }},
    {"an atom has a level that does not exist", [](Rows& r) { r.Atoms[0].level = 7; }},
    {"a side is out of place", [](Rows& r) { r.Sides[0].rule = 1; }},
    {"neither a duty nor a role", [](Rows& r) { r.Elements[0].role = 0; }},
    {"has the atom of something else", [](Rows& r) { r.Elements[0].atom = 1; }},
    {"a grant is out of place", [](Rows& r) { r.Grants[0].role = 1; }},
    {"a grant has a level that does not exist", [](Rows& r) { r.Grants[0].level = 3; }},
    {"a restriction is out of place", [](Rows& r) { r.Restrictions[0].role = 0; }},
    {"an account is out of place", [](Rows& r) { r.Accounts[0].owner = kNone; }},
    {"an account is out of place", [](Rows& r) { r.Accounts[2].owner = 0; }},
    {"somebody who is no team has members", [](Rows& r) {
       r.Actors[2].kind = format::ActorKind::External;
       for (auto& name : r.Names) {
         if (name.kind == format::NameKind::Team) name.kind = format::NameKind::External;
       }
     }},
    {"an assignment needs an actor or an account", [](Rows& r) { r.Assignments[0].account = 0; }},
    {"an assignment needs a duty, a role or an entitlement", [](Rows& r) { r.Assignments[0].duty = 0; }},
    {"an assignment ends before it begins", [](Rows& r) { r.Assignments[0].until = -1; }},
    {"a rule ends before it begins", [](Rows& r) { r.Rules[0].valid_until = kBeginningOfTime, r.Rules[0].valid_from = 0; }},
    {"a separation needs a duty or a group", [](Rows& r) { r.Separations[0].target_duty = 0; }},
    {"has an impossible depth", [](Rows& r) { r.DocumentNodes[0].depth = 1; }},
    {"has an impossible depth", [](Rows& r) { r.DocumentNodes[1].depth = 2; }},
    {"a clause is out of place", [](Rows& r) {
       r.Frameworks.push_back(r.Frameworks[0]);
       r.Frameworks[0].clauses_count = 0;
       r.Frameworks[1].clauses_first = 0;
       for (auto& name : r.Names) {
         if (name.kind == format::NameKind::Framework) name.index = 1;
       }
     }},
    {"a capacity is none", [](Rows& r) { r.Grants[0].capacity = 0; }},
    {"a rule has a dimension that it does not match", [](Rows& r) { r.Rules[1].match = format::ScopeMatch::Same; }},
    {"a rule has a dimension that it does not match", [](Rows& r) { r.Rules[1].dimension = 0; }},
    {"a rule across places is no pair", [](Rows& r) {
       r.Rules[2].match = format::ScopeMatch::Across;
       r.Rules[2].dimension = 0;
     }},
    {"a rule counts nothing", [](Rows& r) { r.Rules[0].counting = 0; }},
    {"impossible leaves", [](Rows& r) { r.ScopeNodes[1].lo = 1; }},
    {"impossible leaves", [](Rows& r) { r.ScopeNodes[0].hi = 3; }},
    {"impossible leaves", [](Rows& r) { r.ScopeNodes[3].hi = 2; }},
    {"an impossible parent", [](Rows& r) { r.ScopeNodes[3].parent = 3; }},
    {"miscounts its leaves", [](Rows& r) { r.ScopeDimensions[0].leaf_count = 4; }},
    {"a scope says something twice", [](Rows& r) { r.ScopeBoxNodes[2].node = 2; }},
    {"a scope occurs twice", [](Rows& r) {
       r.Scopes = {{0, 1}, {1, 1}, {2, 1}};
       r.ScopeBoxNodes[2].node = 1;
     }},
    {"a scope is nowhere", [](Rows& r) { r.Scopes = {{0, 0}, {0, 3}}; }},
    {"a scope names nothing", [](Rows& r) {
       r.ScopeBoxes[0].nodes_count = 0;
       r.ScopeBoxes[1] = {0, 2};
     }},
    {"too few or too many sources", [](Rows& r) { r.Derivations.push_back({0, 1, 0}); }},
    {"a derivation stands before its sources", [](Rows& r) { r.Derivations[0].target = r.DerivationSources[0].atom; }},
    {"conferred together by too few or too many", [](Rows& r) {
       r.JointDutySources.pop_back();
       r.JointDuties[0].sources_count = 1;
     }},
    {"duties conferred together are out of order", [](Rows& r) {
       r.JointDutySources.insert(r.JointDutySources.end(), 2, r.JointDutySources[0]);
       r.JointDuties.push_back({0, 2, 2});
     }},
    {"an entitlement lacks an atom", [](Rows& r) {
       r.EntitlementAtoms = {r.EntitlementAtoms.back()};
       r.Entitlements[0].atoms_count = 1;
     }},
    {"entitlements are out of order", [](Rows& r) { std::swap(r.EntitlementAtoms.front(), r.EntitlementAtoms.back()); }},
    {"a foreign name stands for nothing", [](Rows& r) { r.ForeignIds[0].index = 99; }},
    {"a value refers to nothing", [](Rows& r) { r.ProvisionValues[0].index = 99; }},
    {"an attribute has an impossible depth", [](Rows& r) { r.ProvisionAttributes[0].depth = 1; }},
    {"a delegation needs", [](Rows& r) { r.Delegations[0].role = 0; }},
    {"a delegation ends before it begins", [](Rows& r) { r.Delegations[0].until = -1; }},
    {"a waiver ends before it begins", [](Rows& r) { r.Waivers[0].until = r.Waivers[0].from; }},
    {"a waiver has no beginning or no end", [](Rows& r) { r.Waivers[0].until = INT64_MAX; }},
    {"a waiver has no beginning or no end", [](Rows& r) { r.Waivers[0].from = INT64_MIN; }},
    {"a waiver is for nobody or of no rule", [](Rows& r) {
       r.Waivers[0].rules_count = 0;
       r.WaiverRules.clear();
     }},
    {"a waiver is for nobody or of no rule", [](Rows& r) {
       r.Waivers[0].parties_count = 0;
       r.WaiverParties.clear();
     }},
    {"a waiver excuses a duty, a role or an entitlement", [](Rows& r) { r.WaiverMembers[0].role = 0; }},
    {"a waiver excuses a duty, a role or an entitlement", [](Rows& r) { r.WaiverMembers[0].duty = kNone; }},
    {"a waiver is for an actor or a role", [](Rows& r) { r.WaiverParties[0].role = 0; }},
    {"a waiver is for an actor or a role", [](Rows& r) { r.WaiverParties[1].role = kNone; }},
    {"an exemption is never reviewed", [](Rows& r) { r.Exemptions[0].until = INT64_MAX; }},
    {"an exemption is of no rule", [](Rows& r) {
       r.Exemptions[1].rules_count = 0;
       r.ExemptionRules.pop_back();
     }},
    {"an exemption is for somebody, or for what began before a day", [](Rows& r) { r.Exemptions[0].before = 0; }},
    {"an exemption is for somebody, or for what began before a day", [](Rows& r) { r.Exemptions[1].before = INT64_MIN; }},
    {"an exemption is for an actor or a role", [](Rows& r) { r.ExemptionParties[0].actor = 0; }},
    {"an exemption is for an actor or a role", [](Rows& r) { r.ExemptionApprovers[0].role = 0; }},
    {"the use of an emergency ends before it begins", [](Rows& r) { r.Activations[0].until = r.Activations[0].from; }},
    {"the use of an emergency gives something else", [](Rows& r) { r.ActivationHoldings[0].assignment = 0; }},
    {"the use of an emergency gives something else", [](Rows& r) { r.Assignments.back().state = format::HoldingState::Active; }},
    {"the use of an emergency gives something else", [](Rows& r) { ++r.Assignments.back().until; }},
    {"uses guards of rules", [](Rows& r) { r.Rules.back().unevaluated = format::Unevaluated::None; }},
};

TEST(Verify, RefusesEachBrokenPromise) {
  for (const Case& broken : kCases) {
    Rows rows = test::FullRows();
    broken.damage(rows);
    EXPECT_THAT(MessageOf(rows), HasSubstr(broken.message));
  }
}

TEST(Verify, WantsACanonicalStringPool) {
  test::WriteOptions as_given;
  as_given.renumber_strings = false;
  const auto with_strings = [](std::vector<std::string> strings, uint32_t name, uint32_t title) {
    Rows rows;
    format::MetaRecord meta;
    meta.name = name;
    meta.title = title;
    meta.language = 1;
    rows.Meta.push_back(meta);
    rows.strings = std::move(strings);
    return rows;
  };
  EXPECT_EQ(MessageOf(with_strings({"", "a", "b"}, 1, 2), as_given), "loaded");
  EXPECT_THAT(MessageOf(with_strings({"", "a", "b"}, 2, 1), as_given), HasSubstr("impossible `name`"));
  EXPECT_THAT(MessageOf(with_strings({"", "a", "b"}, 1, 3), as_given), HasSubstr("impossible `title`"));
  EXPECT_THAT(MessageOf(with_strings({"", "a", "b"}, 1, 1), as_given), HasSubstr("used nowhere"));
  EXPECT_THAT(MessageOf(with_strings({"", "a", "a"}, 1, 2), as_given), HasSubstr("occurs twice"));
  EXPECT_THAT(MessageOf(with_strings({"", "a", ""}, 1, 2), as_given), HasSubstr("out of order"));
  EXPECT_THAT(MessageOf(with_strings({"a", "b"}, 0, 1), as_given), HasSubstr("malformed"));
  const std::string bad_texts[] = {std::string("a\0b", 3), "\x80", "\xc1\x81", "\xe0\x80\x80", "\xed\xa0\x80",
                                   "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x9f\x99"};
  for (const std::string& text : bad_texts) {
    EXPECT_THAT(MessageOf(with_strings({"", text, "b"}, 1, 2), as_given), HasSubstr("not UTF-8"));
  }
  EXPECT_EQ(MessageOf(with_strings({"", "é€🙂", "\xf4\x8f\xbf\xbf"}, 1, 2), as_given), "loaded");
}

// More strings than the table of hashes begins with.
TEST(Verify, FindsRepetitionAmongManyStrings) {
  Rows rows = test::FullRows();
  std::vector<format::TextRecord>& references = rows.MetaReferences;
  for (int i = 0; i < 5000; ++i) {
    rows.strings.push_back("reference " + std::to_string(i));
    references.push_back({static_cast<uint32_t>(rows.strings.size() - 1)});
  }
  rows.Meta[0].references_count = static_cast<uint32_t>(references.size());
  EXPECT_EQ(MessageOf(rows), "loaded");
  rows.strings.back() = "reference 17";
  EXPECT_THAT(MessageOf(rows), HasSubstr("occurs twice"));
}

}  // namespace
}  // namespace sod
