// One table, many threads, a workspace each: equal answers, and no race for the
// thread sanitizer to find.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

TEST(Threads, ShareATableWithoutLocks) {
  const std::string file = test::Write(test::FullRows());
  const Table table = Table::Load(std::as_bytes(std::span(file))).value();
  const uint64_t expected = test::AskEverything(table);

  std::vector<uint64_t> answers(4);
  std::vector<std::thread> threads;
  for (uint64_t& answer : answers) {
    threads.emplace_back([&answer, table] {
      for (int round = 0; round < 3; ++round) answer = test::AskEverything(table);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const uint64_t answer : answers) EXPECT_EQ(answer, expected);
}

}  // namespace
}  // namespace sod
