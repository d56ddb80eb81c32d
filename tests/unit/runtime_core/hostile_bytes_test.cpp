// Bytes that nobody vouches for: every damage is refused with a sentence or does
// no harm. Run under the address sanitizer these tests are the proof of the verifier.
#include <cstring>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/core/image.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::FullRows;
using test::Rows;
using ::testing::HasSubstr;

Result<Table> Load(std::string_view file) { return Table::Load(std::as_bytes(std::span(file))); }

std::string MessageOf(std::string_view file) {
  const Result<Table> table = Load(file);
  return table ? "loaded" : table.error().message;
}

ErrorCode CodeOf(std::string_view file) {
  const Result<Table> table = Load(file);
  EXPECT_FALSE(table.ok());
  return table ? ErrorCode::BadArgument : table.error().code;
}

TEST(HostileBytes, TheFullTableLoadsAndHasARowInEverySection) {
  const std::string file = test::Write(FullRows());
  const Result<Table> table = Load(file);
  ASSERT_TRUE(table.ok()) << table.error().message;
#define SOD_SECTION(number, Name, Row, Kind)                                             \
  if (number != 27 && number != 28 && number != 31) {                                    \
    EXPECT_FALSE(table->image().Name().empty()) << #Name;                                \
  }
#include "runtime/format/records.def"
  EXPECT_NE(test::AskEverything(table.value()), 0u);
}

TEST(HostileBytes, EveryTruncationIsRefused) {
  const std::string file = test::Write(FullRows());
  for (size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(Load(std::string_view(file).substr(0, size)).ok()) << size;
    // Also with a header that agrees with the length and sums that fit.
    std::string shorter = file.substr(0, size);
    if (size >= sizeof(format::Header)) {
      const uint64_t stated = size;
      std::memcpy(shorter.data() + offsetof(format::Header, file_bytes), &stated, 8);
    }
    test::FixSums(shorter);
    EXPECT_FALSE(Load(shorter).ok()) << size;
  }
}

TEST(HostileBytes, EveryChangedByteIsNoticed) {
  std::string file = test::Write(FullRows());
  const size_t content = file.size() - format::kDigestBytes;
  for (size_t at = 0; at < content; ++at) {
    const char before = file[at];
    for (const int change : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff}) {
      file[at] = static_cast<char>(before ^ change);
      EXPECT_FALSE(Load(file).ok()) << at;
    }
    file[at] = before;
  }
  // The trailer is not part of Load; changing it changes what is printed and nothing else.
  file.back() = 1;
  EXPECT_THAT(Load(file)->table_sha256(), ::testing::EndsWith("01"));
}

// Sums made to fit: what is still accepted must be safe to ask anything.
TEST(HostileBytes, NoChangeGetsPastTheVerifierToDoHarm) {
  const std::string file = test::Write(FullRows());
  const size_t content = file.size() - format::kDigestBytes;
  size_t accepted = 0, refused = 0;
  for (size_t at = sizeof(format::Header); at < content; ++at) {
    for (const int change : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff}) {
      std::string changed = file;
      changed[at] = static_cast<char>(changed[at] ^ change);
      test::FixSums(changed);
      const Result<Table> table = Load(changed);
      if (!table) {
        EXPECT_FALSE(table.error().message.empty());
        ++refused;
        continue;
      }
      ++accepted;
      test::AskEverything(table.value());
    }
  }
  // Most of a table is structure.
  EXPECT_GT(refused, accepted);
  EXPECT_GT(accepted, 0u);
}

TEST(HostileBytes, SaysWhatIsWrongWithAFile) {
  const std::string file = test::Write(FullRows());
  EXPECT_EQ(CodeOf(""), ErrorCode::NotATable);
  EXPECT_EQ(MessageOf(""), "the file is empty");
  EXPECT_EQ(CodeOf("policy h33 \"H33\" {}"), ErrorCode::NotATable);
  EXPECT_EQ(CodeOf(file + '\0'), ErrorCode::Damaged);

  std::string text_mode = file;
  text_mode.erase(text_mode.find('\r'), 1);
  EXPECT_THAT(MessageOf(text_mode), HasSubstr("transfer in text mode"));
  std::string seven_bit = file;
  for (char& c : seven_bit) c = static_cast<char>(c & 0x7f);
  EXPECT_THAT(MessageOf(seven_bit), HasSubstr("transfer in text mode"));
}

TEST(HostileBytes, RefusesOtherVersionsAndByteOrders) {
  std::string file = test::Write(FullRows());
  std::string newer = file;
  newer[8] = 2;
  test::FixSums(newer);
  EXPECT_EQ(CodeOf(newer), ErrorCode::WrongVersion);
  EXPECT_THAT(MessageOf(newer), HasSubstr("format 2.0, this runtime reads 1.x"));

  // The header of a big-endian writer.
  format::Header header;
  std::memcpy(&header, file.data(), sizeof(header));
  std::string other = file;
  const auto swap = [&](size_t offset, size_t size) {
    std::reverse(other.begin() + static_cast<ptrdiff_t>(offset),
                 other.begin() + static_cast<ptrdiff_t>(offset + size));
  };
  for (const size_t offset : {8, 10, 12, 14}) swap(offset, 2);
  swap(16, 8);
  for (const size_t offset : {24, 28}) swap(offset, 4);
  test::FixSums(other);
  swap(44, 4);
  EXPECT_EQ(CodeOf(other), ErrorCode::WrongVersion);
  EXPECT_THAT(MessageOf(other), HasSubstr("byte order"));
}

TEST(HostileBytes, SkipsUnknownOptionalSectionsAndRefusesUnknownOthers) {
  const Rows rows = FullRows();
  test::WriteOptions options;
  options.extra = {{900, false, "statistics"}};
  options.minor = 7;
  const Result<Table> table = Load(test::Write(rows, options));
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_NE(test::AskEverything(table.value()), 0u);

  options.extra = {{68, true, "processes"}};
  EXPECT_EQ(CodeOf(test::Write(rows, options)), ErrorCode::WrongVersion);
  EXPECT_THAT(MessageOf(test::Write(rows, options)), HasSubstr("section 68 (processes)"));
  options.extra = {{900, true, "?"}};
  EXPECT_THAT(MessageOf(test::Write(rows, options)), HasSubstr("section 900"));
}

}  // namespace
}  // namespace sod
