// The limit of the format, with a smaller one.
#include "compiler/emit/emit.h"

#include <gtest/gtest.h>

#include "compiler/diag/sinks.h"

namespace sodc {
namespace {

TableImage SmallImage() {
  TableImage image;
  image.strings = {""};
  image.Meta.emplace_back();
  return image;
}

TEST(Emit, ATableOverTheLimitIsReportedAndNotMade) {
  CollectingSink sink;
  const std::string whole = Emit(SmallImage(), sink);
  ASSERT_FALSE(whole.empty());
  EXPECT_EQ(Emit(SmallImage(), sink, whole.size()), whole);
  EXPECT_TRUE(sink.diagnostics().empty());

  EXPECT_EQ(Emit(SmallImage(), sink, whole.size() - 1), "");
  ASSERT_EQ(sink.diagnostics().size(), 1u);
  EXPECT_EQ(sink.diagnostics()[0].kind, DiagKind::TableTooLarge);
  EXPECT_EQ(sink.diagnostics()[0].message, "the table would have " + std::to_string(whole.size()) +
                                               " bytes; the limit of the format is " + std::to_string(whole.size() - 1));
}

}  // namespace
}  // namespace sodc
