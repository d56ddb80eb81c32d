// The fast tier allocates nothing, whatever it finds: counted by replacing the
// allocation functions of this whole program.
#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/core/image.h"
#include "sod/query.h"
#include "tests/support/test_table.h"

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
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace sod {
namespace {

// Everything held at once: every rule is violated and every list at its longest.
std::vector<Holding> HoldEverything(const Table& table) {
  std::vector<Holding> holdings;
  for (uint32_t duty = 0; duty < table.duty_count(); ++duty) holdings.push_back({.target = duty});
  for (uint32_t role = 0; role < table.role_count(); ++role) {
    holdings.push_back({.kind = HeldKind::Role, .target = role});
  }
  return holdings;
}

TEST(NoAllocation, ViolationsAllocatesNothing) {
  if (!SODC_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer owns the allocation functions";
  const std::string file = test::Write(test::FullRows());
  const Table table = Table::Load(std::as_bytes(std::span(file))).value();
  Workspace workspace(table);
  const std::vector<Holding> everything = HoldEverything(table);

  const uint64_t before = allocations;
  size_t violated = 0;
  for (size_t count = 0; count <= everything.size(); ++count) {
    violated = workspace.Violations(std::span(everything).first(count), 20 * 86400).size();
    for (uint32_t element = 0; element < table.image().Elements().size(); ++element) {
      violated += workspace.HoldsElement(element) ? 0 : 1;
    }
    for (uint32_t rule = 0; rule < table.rule_count(); ++rule) violated += workspace.MembersHeld(rule) > 99;
  }
  workspace.FirstPairViolation({NameKind::Role, 0}, {NameKind::Duty, 1});
  const uint64_t after = allocations;

  EXPECT_EQ(after, before);
  EXPECT_EQ(violated, table.rule_count() - 1);  // but the guarded one, which is not judged
  // The counter counts.
  const std::vector<int> counted(100);
  EXPECT_GT(allocations, after);
}

}  // namespace
}  // namespace sod
