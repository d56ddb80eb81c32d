// What a gate asks of one person on one object allocates nothing, conditions included: counted by replacing the allocation
// functions of this whole program.
#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "sod/history.h"
#include "tests/unit/runtime_histories/port.h"

// A sanitizer brings allocation functions of its own, which must stay.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SODC_COUNTS_ALLOCATIONS 0
#else
#define SODC_COUNTS_ALLOCATIONS 1
#endif

namespace {
std::atomic<uint64_t> allocations = 0;
}  // namespace

#if SODC_COUNTS_ALLOCATIONS
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  __builtin_trap();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace sod {
namespace {

TEST(NoAllocation, ObjectJudgeAllocatesNothing) {
  if (!SODC_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer owns the allocation functions";
  const Table table = LoadRows(PortUnderCondition());
  const ObjectJudge judge(table);
  std::vector<uint64_t> mask(judge.mask_words());
  std::vector<uint32_t> rules(1);
  const std::vector<ObjectValue> values = {{kWorth, {1001, 1001}}};

  const uint64_t before = allocations;
  judge.AddAct(0, 0, mask);
  judge.AddAct(0, 1, mask);
  const size_t violated = judge.Violations(0, mask, {}, 0, rules);
  const ConditionState known = judge.Applies(rules[0], 0, 0, values), unknown = judge.Applies(rules[0], 0, 0, {});
  const uint64_t after = allocations;

  EXPECT_EQ(after, before);
  EXPECT_EQ(violated, 1u);
  EXPECT_EQ(known, ConditionState::Yes);
  EXPECT_EQ(unknown, ConditionState::Unknown);
  // The counter counts.
  const std::vector<int> counted(100);
  EXPECT_GT(allocations, after);
}

}  // namespace
}  // namespace sod
