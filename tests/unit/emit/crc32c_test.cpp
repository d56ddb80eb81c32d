// The checksum against published values.
#include "compiler/emit/crc32c.h"

#include <string>

#include <gtest/gtest.h>

namespace sodc {
namespace {

// RFC 3720 appendix B.4.
TEST(Crc32c, EqualsThePublishedValues) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43u);
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(Crc32c(""), 0u);
}

}  // namespace
}  // namespace sodc
