// The body of table_fuzz.cpp without libFuzzer: seeded damage of a whole table.
//   table_fuzz_seeded COUNT SEED | --corpus FOLDER | --flips TABLE
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>

#include "tests/support/test_table.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr uint32_t kTelling[] = {0, 1, 2, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};

size_t Below(std::mt19937_64& random, size_t bound) { return random() % bound; }

// A word set to a telling value or to another word of the file, a run moved, a piece cut out or repeated.
void Damage(std::string& file, std::mt19937_64& random) {
  if (file.size() < 64) return;
  const size_t at = Below(random, file.size() / 4 - 1) * 4, from = Below(random, file.size() / 4 - 1) * 4;
  switch (Below(random, 6)) {
    case 0:
    case 1: {
      const uint32_t value = kTelling[Below(random, std::size(kTelling))];
      file.replace(at, 4, reinterpret_cast<const char*>(&value), 4);
      break;
    }
    case 2:
      file.replace(at, 4, file.substr(from, 4));
      break;
    case 3:
      file[at] = static_cast<char>(file[at] + (Below(random, 2) == 0 ? 1 : -1));
      break;
    case 4:
      file.erase(at, 1 + Below(random, 64));
      break;
    default:
      file.insert(at, file.substr(from, 1 + Below(random, 64)));
  }
}

int WriteCorpus(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "full.sodt", std::ios::binary) << sod::test::Write(sod::test::FullRows());
  return 0;
}

// Every bit of a real table: refused as it is; with sums made to fit every 61st does no harm.
int FlipEveryBit(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string file((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  if (!sod::Table::Load(std::as_bytes(std::span(file)))) return 4;
  const size_t bits = (file.size() - sod::format::kDigestBytes) * 8;
  size_t missed = 0;
  for (size_t bit = 0; bit < bits; ++bit) {
    const char before = file[bit / 8];
    file[bit / 8] = static_cast<char>(before ^ (1 << bit % 8));
    missed += sod::Table::Load(std::as_bytes(std::span(file))).ok() ? 1 : 0;
    if (bit % 61 == 0) LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(file.data()), file.size());
    file[bit / 8] = before;
  }
  std::printf("%zu bits of %s, %zu not noticed\n", bits, path.c_str(), missed);
  return missed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  if (std::string(argv[1]) == "--corpus") return WriteCorpus(argv[2]);
  if (std::string(argv[1]) == "--flips") return FlipEveryBit(argv[2]);
  const unsigned long count = std::strtoul(argv[1], nullptr, 10);
  std::mt19937_64 random(std::strtoul(argv[2], nullptr, 10));
  const std::string table = sod::test::Write(sod::test::FullRows());
  for (unsigned long i = 0; i < count; ++i) {
    std::string file = table;
    for (size_t damage = 0; damage <= Below(random, 3); ++damage) Damage(file, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(file.data()), file.size());
  }
  std::printf("%lu damaged tables, none did harm\n", count);
  return 0;
}
