// Loading files, counts, and finding things by name and title.
#include <cstdio>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/core/crc32c.h"
#include "sod/table.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using ::testing::HasSubstr;

constexpr NameKind kActors[] = {NameKind::Person, NameKind::Team, NameKind::External};
constexpr NameKind kDuties[] = {NameKind::Duty};

TEST(Table, FindsByNameThenByTitle) {
  test::PolicyBuilder policy;
  policy.Duty("pay", "Paying");
  policy.Duty("paying", "Pay");
  const Table table = policy.Load();
  EXPECT_EQ(table.Find("pay", kDuties)->index, 0u);
  EXPECT_EQ(table.Find("Pay", kDuties)->index, 1u);
  EXPECT_EQ(table.FindDuty("paying"), 1u);
  EXPECT_EQ(table.FindDuty("Pay"), std::nullopt);
  EXPECT_EQ(table.FindRole("pay"), std::nullopt);
}

TEST(Table, SuggestsNearNamesAndListsSharedTitles) {
  test::PolicyBuilder policy;
  policy.Person("eric");
  policy.Person("erica");
  policy.rows.Actors[0].title = policy.rows.Actors[1].title = policy.rows.Text("Eric Lee");
  const Table table = policy.Load();

  const auto unknown = table.Find("erik", kActors);
  EXPECT_EQ(unknown.error().code, ErrorCode::UnknownName);
  EXPECT_EQ(unknown.error().message, "there is no person, team or external `erik`");
  EXPECT_EQ(unknown.error().help, "did you mean `eric`?");
  EXPECT_EQ(table.Find("somebody else", kActors).error().help, "");

  const auto shared = table.Find("Eric Lee", kActors);
  EXPECT_EQ(shared.error().code, ErrorCode::AmbiguousName);
  EXPECT_EQ(shared.error().help, "write one of the names: `eric` (person), `erica` (person)");
}

TEST(Table, FindsByTheNamesOfOtherSystems) {
  test::PolicyBuilder policy;
  policy.Duty("pay");
  policy.Role({"clerk", {}, {}});
  policy.Person("eric");
  policy.rows.Systems.push_back({.name = policy.rows.Text("sap"), .title = policy.rows.Text("SAP"), .ignores_case = 1});
  policy.rows.Systems.push_back({.name = policy.rows.Text("git"), .title = policy.rows.Text("Git")});
  policy.rows.ForeignIds.push_back({0, policy.rows.Text("Z_AP"), format::NameKind::Role, 0});
  policy.rows.ForeignIds.push_back({0, policy.rows.Text("Z_AP"), format::NameKind::Person, 0});
  policy.rows.ForeignIds.push_back({1, policy.rows.Text("pay1"), format::NameKind::Duty, 0});
  const Table table = policy.Load();

  constexpr NameKind kRoles[] = {NameKind::Role};
  EXPECT_EQ(table.FindForeign("sap", "z_ap", kRoles).value(), (Entity{NameKind::Role, 0}));
  EXPECT_EQ(table.FindForeign("SAP", "Z_AP", kActors).value(), (Entity{NameKind::Person, 0}));
  EXPECT_EQ(table.FindForeign("git", "pay1", kDuties).value(), (Entity{NameKind::Duty, 0}));
  const auto unlike = table.FindForeign("git", "PAY1", kDuties);
  EXPECT_EQ(unlike.error().code, ErrorCode::UnknownName);
  EXPECT_EQ(unlike.error().help, "did you mean `pay1`?");
  EXPECT_EQ(table.FindForeign("sap", "Z_AP", kDuties).error().help, "");  // nothing of another kind is suggested
  EXPECT_EQ(table.FindForeign("gitt", "pay1", kDuties).error().message, "there is no system `gitt`");
}

TEST(Table, PrefersThePolicysOwnAmongEqualNames) {
  test::PolicyBuilder policy;
  policy.Duty("review");
  policy.Duty("review");  // imported
  EXPECT_EQ(policy.Load().FindDuty("review"), 0u);
}

TEST(Table, FindsLevels) {
  test::PolicyBuilder policy;
  policy.Levels({"none", "limited", "full"});
  const Table table = policy.Load();
  EXPECT_EQ(table.level_count(), 3u);
  EXPECT_EQ(table.FindLevel("limited").value(), 1u);
  EXPECT_EQ(table.FindLevel("limitd").error().help, "did you mean `limited`?");
  EXPECT_EQ(table.level(2).name, "full");

  test::PolicyBuilder plain;
  EXPECT_EQ(plain.Load().FindLevel("full").error().code, ErrorCode::UnknownName);
}

TEST(Table, ReadsFilesAndSaysWhyItCannot) {
  const std::string path = ::testing::TempDir() + "table_test.sodt";
  std::ofstream(path, std::ios::binary) << test::Write(test::FullRows());
  const Result<Table> table = Table::LoadFile(path);
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_EQ(table->policy_title(), "Demo");
  EXPECT_EQ(table->table_sha256(), std::string(64, '0'));
  std::ofstream(path) << "not a table";
  EXPECT_THAT(Table::LoadFile(path).error().message, HasSubstr(path + "`: this is not a decision table"));
  std::remove(path.c_str());
  EXPECT_EQ(Table::LoadFile(path).error().code, ErrorCode::InputOutput);
  EXPECT_EQ(Table::LoadFile(::testing::TempDir()).error().code, ErrorCode::InputOutput);
}

TEST(Table, OutlivesTheBytesItCameFrom) {
  std::string file = test::Write(test::FullRows());
  const Table table = Table::Load(std::as_bytes(std::span(file))).value();
  const uint64_t before = test::AskEverything(table);
  file.assign(file.size(), '\xff');
  EXPECT_EQ(test::AskEverything(table), before);
}

// RFC 3720 appendix B.4.
TEST(Crc32c, EqualsThePublishedValues) {
  const auto sum = [](std::string_view text) { return core::Crc32c(std::as_bytes(std::span(text))); };
  EXPECT_EQ(sum(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(sum(std::string(32, '\xff')), 0x62a8ab43u);
  EXPECT_EQ(sum("123456789"), 0xe3069283u);
  EXPECT_EQ(sum(""), 0u);
}

}  // namespace
}  // namespace sod
