// The fewest and the most people behind acts of whom not all are known; against a policy, tests/oracle/histories.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/histories/doers.h"
#include "tests/support/test_table.h"

namespace sod::histories {
namespace {

Table FourPeopleAndARobot() {
  test::PolicyBuilder builder;
  for (const char* name : {"ann", "ben", "cleo", "dan", "robot"}) builder.Person(name);
  test::Rows rows = builder.Finish();
  rows.Actors[4].kind = format::ActorKind::Tool;
  for (format::NameRecord& name : rows.Names) {
    if (name.kind == format::NameKind::Person && name.index == 4) name.kind = format::NameKind::Tool;
  }
  const std::string bytes = test::Write(rows);
  auto table = Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

TEST(Doers, AreCountedOverWhoeverTheUnknownAre) {
  const Table table = FourPeopleAndARobot();
  const Parties parties(table);
  const Party ann{{0}, false}, ben{{1}, false}, cleo{{2}, false}, robot{{4}, false}, anyone{{}, true};
  const Party ann_or_ben{{0, 1}, false}, ben_or_cleo{{1, 2}, false}, cleo_or_dan{{2, 3}, false}, dan_or_robot{{3, 4}, false};
  struct Case {
    const char* name;
    std::vector<std::vector<Party>> acts;
    uint32_t least, most;
  };
  const Case cases[] = {
      {"nobody", {}, 0, 0},
      {"one twice", {{ann}, {ann}}, 1, 1},
      {"two", {{ann}, {ben}}, 2, 2},
      {"a robot is nobody", {{ann}, {robot}}, 1, 1},
      {"for another", {{ann, ben}}, 1, 1},
      {"for another, and the other", {{ann, ben}, {ben}, {ann}}, 1, 1},
      {"for two, one after the other", {{ann, ben}, {ann, cleo}}, 1, 1},
      {"a robot for somebody", {{robot, ann}}, 1, 1},
      {"somebody unknown", {{anyone}}, 1, 1},
      {"somebody unknown twice", {{anyone}, {anyone}}, 1, 2},
      {"somebody unknown besides", {{ann}, {anyone}}, 1, 2},
      {"one of two, both known", {{ann}, {ben}, {ann_or_ben}}, 2, 2},
      {"one of two who are one", {{ann, ben}, {ann_or_ben}}, 1, 1},
      {"one of two, twice", {{ann_or_ben}, {ann_or_ben}}, 1, 2},
      {"one of two, three times", {{ann_or_ben}, {ann_or_ben}, {ann_or_ben}}, 1, 2},
      {"who stands in both", {{ann_or_ben}, {ben_or_cleo}}, 1, 2},
      {"no two have one in common", {{ann_or_ben}, {cleo_or_dan}}, 2, 2},
      {"a chain", {{ann_or_ben}, {ben_or_cleo}, {cleo_or_dan}}, 2, 3},
      {"the first gives way", {{ben_or_cleo}, {ann_or_ben}, {cleo}}, 2, 3},
      {"perhaps a robot", {{ann}, {dan_or_robot}}, 1, 2},
      {"somebody unknown for Ann", {{anyone, ann}, {ben}}, 1, 2},
  };
  for (const Case& one : cases) {
    Doers doers(parties);
    for (const std::vector<Party>& act : one.acts) doers.Add(act);
    EXPECT_TRUE(doers.AreAtLeast(one.least)) << one.name;
    EXPECT_FALSE(doers.AreAtLeast(one.least + 1)) << one.name;
    EXPECT_EQ(doers.Most(), one.most) << one.name;
  }
}

TEST(Doers, AreNotGuessedBeyondTheBound) {
  const Table table = FourPeopleAndARobot();
  const Parties parties(table);
  Doers doers(parties);
  for (int i = 0; i < 300; ++i) EXPECT_FALSE(doers.Add({Party{{0, 1}, false}}));
  EXPECT_TRUE(doers.AreAtLeast(1));
  EXPECT_FALSE(doers.AreAtLeast(2));
  EXPECT_GE(doers.Most(), 2u);
}

}  // namespace
}  // namespace sod::histories
