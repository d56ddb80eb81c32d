// The smallest sets that hold every step, without a policy.
#include <gtest/gtest.h>

#include <bit>

#include "runtime/processes/crowd.h"

namespace sod::processes {
namespace {

struct Case {
  const char* name;
  std::vector<uint32_t> masks;
  uint32_t wanted;
  std::optional<uint32_t> size;
  uint64_t count;
};

TEST(SmallestGroups, AreExactAndEachCountedOnce) {
  const Case cases[] = {
      {"nobody", {}, 0b1, std::nullopt, 0},
      {"nothing wanted", {0b1}, 0, std::nullopt, 0},
      {"a step without a holder", {0b01, 0b01}, 0b11, std::nullopt, 0},
      {"one holds all", {0b111, 0b001, 0b111}, 0b111, 1, 2},
      {"greedy would take three", {0b001111, 0b010101, 0b101010}, 0b111111, 2, 1},
      {"both hold the lowest step", {0b011, 0b101, 0b110}, 0b111, 2, 3},
      {"what else is held does not matter", {0b1001, 0b0110}, 0b0011, 2, 1},
      {"all are needed", {0b001, 0b010, 0b100, 0b100}, 0b111, 3, 2},
  };
  for (const Case& one : cases) {
    const Cover cover = SmallestGroups(one.masks, one.wanted, kMaxProcessGroups);
    EXPECT_FALSE(cover.is_over) << one.name;
    EXPECT_EQ(cover.size, one.size) << one.name;
    EXPECT_EQ(cover.count, one.count) << one.name;
    EXPECT_EQ(cover.groups.size(), one.count) << one.name;
  }
}

TEST(SmallestGroups, AreCountedBeyondThoseThatAreTold) {
  std::vector<uint32_t> masks(400, 0b01);
  masks.resize(700, 0b10);
  const Cover cover = SmallestGroups(masks, 0b11, kMaxProcessGroups);
  EXPECT_EQ(cover.count, 400u * 300u);
  ASSERT_EQ(cover.groups.size(), kMaxProcessGroups);
  EXPECT_EQ(cover.groups[1], (std::vector<uint32_t>{0, 401}));
}

TEST(SmallestGroups, AreGivenUpAndNotGuessed) {
  // Five of 24 steps each: no small group, and many ways to try.
  std::vector<uint32_t> masks;
  uint32_t state = 1;
  while (masks.size() < 3000) {
    uint32_t mask = 0;
    while (std::popcount(mask) < 5) {
      state = state * 1664525u + 1013904223u;
      mask |= 1u << (state >> 16) % 24;
    }
    masks.push_back(mask);
  }
  const Cover cover = SmallestGroups(masks, 0xffffff, kMaxProcessGroups);
  EXPECT_TRUE(cover.is_over);
  EXPECT_FALSE(cover.size.has_value());
}

}  // namespace
}  // namespace sod::processes
