// oracle_family f1|f3|f7 [--shard I/N] [--seed S] [--count N] [--only CASE] [--print]
//
// Runs a family through the compiler and libsod on one side and the judge on the other.
// Prints the counts; ends with 1 when an answer differs or a count is not the exact one.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "../product/compile_world.h"
#include "../product/differ.h"
#include "../world/print_world.h"
#include "family.h"

namespace {

using oracle::Case;
using oracle::Counts;
using oracle::Family;

struct Options {
  std::string family;
  uint64_t shard = 0;
  uint64_t shards = 1;
  uint64_t seed = 1;
  uint64_t count = 10'000;
  std::optional<uint64_t> only;
  bool print = false;
};

bool ParseShard(const std::string& text, Options& options) {
  const size_t slash = text.find('/');
  if (slash == std::string::npos) return false;
  options.shard = std::strtoull(text.c_str(), nullptr, 10);
  options.shards = std::strtoull(text.c_str() + slash + 1, nullptr, 10);
  return options.shard < options.shards;
}

std::optional<Options> ParseOptions(int argc, char** argv) {
  if (argc < 2) return std::nullopt;
  Options options;
  options.family = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--print") {
      options.print = true;
      continue;
    }
    if (i + 1 == argc) return std::nullopt;
    const std::string value = argv[++i];
    const uint64_t number = std::strtoull(value.c_str(), nullptr, 10);
    if (flag == "--seed") {
      options.seed = number;
    } else if (flag == "--count") {
      options.count = number;
    } else if (flag == "--only") {
      options.only = number;
    } else if (flag != "--shard" || !ParseShard(value, options)) {
      return std::nullopt;
    }
  }
  return options;
}

std::optional<Family> FamilyOf(const Options& options) {
  if (options.family == "f1") return oracle::StructureFamily();
  if (options.family == "f3") return oracle::SetFamily();
  if (options.family == "f7") return oracle::RandomFamily(options.seed, options.count);
  return std::nullopt;
}

// How many failing worlds are shrunk and shown; the rest are only counted.
constexpr int kShown = 3;

int RunCases(const Family& family, const Options& options, Counts& counts) {
  const oracle::TemporaryFolder folder;
  int failures = 0;
  const uint64_t first = options.only.value_or(options.shard);
  const uint64_t last = options.only ? *options.only + 1 : family.cases;
  for (uint64_t i = first; i < last; i += options.shards) {
    const Case entry = family.make(i);
    if (options.print) std::printf("%s", oracle::PrintWorld(entry.world).c_str());
    const auto found = oracle::Differ(entry.world, entry.questions, folder.path(), counts);
    if (!found || ++failures > kShown) continue;
    const std::string report = oracle::Report(entry.world, entry.questions, *found, folder.path());
    std::printf("==== %s, case %llu disagrees: %s\n%s", family.name.c_str(),
                static_cast<unsigned long long>(i), found->what.c_str(), report.c_str());
  }
  return failures;
}

// A family that quietly ran less than it promises is a failure.
bool HasExactCounts(const Family& family, const Options& options, const Counts& counts) {
  if (options.only) return true;
  const uint64_t cases = (family.cases + options.shards - 1 - options.shard) / options.shards;
  if (counts.worlds != cases) return false;
  return family.answers == 0 || counts.answers == cases * (family.answers / family.cases);
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Options> options = ParseOptions(argc, argv);
  const std::optional<Family> family = options ? FamilyOf(*options) : std::nullopt;
  if (!family) {
    std::fprintf(stderr, "usage: oracle_family f1|f3|f7 [--shard I/N] [--seed S] [--count N] [--only CASE] [--print]\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  Counts counts;
  const int failures = RunCases(*family, *options, counts);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%s, shard %llu/%llu: %llu policies, %llu answers, %llu with a conflict, %llu conflicts, %llu paths, %llu lists, %d disagreements, %.1f s\n",
              family->name.c_str(), static_cast<unsigned long long>(options->shard),
              static_cast<unsigned long long>(options->shards),
              static_cast<unsigned long long>(counts.worlds),
              static_cast<unsigned long long>(counts.answers),
              static_cast<unsigned long long>(counts.with_conflict),
              static_cast<unsigned long long>(counts.conflicts),
              static_cast<unsigned long long>(counts.paths),
              static_cast<unsigned long long>(counts.lists), failures, seconds.count());
  const bool is_exact = HasExactCounts(*family, *options, counts);
  if (!is_exact && failures == 0) std::printf("the counts are not the exact ones of the family\n");
  return failures == 0 && is_exact ? 0 : 1;
}
