// The strict CSV scanner, case by case.
#include "compiler/driver/csv.h"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sodc {
namespace {

// `1[a|b] 2[c]`, with ` !problem` behind a damaged record.
std::string Shown(std::string_view text) {
  std::vector<std::string> records;
  for (const CsvRecord& record : ReadCsv(text)) {
    records.push_back(fmt::format("{}[{}]{}{}", record.row, fmt::join(record.fields, "|"),
                                  record.problem.empty() ? "" : " !", record.problem));
  }
  return fmt::format("{}", fmt::join(records, " "));
}

struct Case {
  const char* what;
  std::string_view text;
  const char* shown;
};

TEST(Csv, SplitsWellFormedRecords) {
  const Case cases[] = {
      {"nothing", "", ""},
      {"one field", "a", "1[a]"},
      {"last line end is no record", "a\n", "1[a]"},
      {"fields and records", "a,b\nc,d\n", "1[a|b] 2[c|d]"},
      {"CRLF", "a,b\r\nc,d\r\n", "1[a|b] 2[c|d]"},
      {"empty fields", ",a,\n,,\n", "1[|a|] 2[||]"},
      {"byte-order mark", "\xef\xbb\xbf" "a,b\n", "1[a|b]"},
      {"quoted", "\"a\",\"b,c\"\n", "1[a|b,c]"},
      {"doubled quotes", "\"say \"\"no\"\"\"\n", "1[say \"no\"]"},
      {"line end in a field", "\"a\nb\",c\nd,e\n", "1[a\nb|c] 2[d|e]"},
      {"empty quoted field is a record", "\"\",\n", "1[|]"},
      {"empty lines are counted and skipped", "a\n\n\nb\n", "1[a] 4[b]"},
      {"spaces belong to the field", " a , b\n", "1[ a | b]"},
  };
  for (const Case& c : cases) EXPECT_EQ(Shown(c.text), c.shown) << c.what;
}

TEST(Csv, TellsWhatIsDamagedAndReadsOn) {
  const Case cases[] = {
      {"quote in a plain field", "a\"b,c\nd\n",
       "1[a\"b|c] !field 1: a quote inside an unquoted field; quote the field and double its quotes 2[d]"},
      {"text after a quoted field", "a,\"b\"c,d\ne\n", "1[a|b|d] !field 2: text after the closing quote 2[e]"},
      {"never closed", "a,\"b\nc,d\n", "1[a|b\nc,d\n] !field 2: a quoted field is never closed"},
      {"lone carriage return", "a\rb\nc\n", "1[a\rb] !field 1: a carriage return without a line feed 2[c]"},
      {"NUL", std::string_view("a\0b\n", 4), "1[a\0b] !field 1: a NUL byte"},
  };
  for (const Case& c : cases) {
    if (std::string_view(c.what) == "NUL") {
      EXPECT_EQ(ReadCsv(c.text)[0].problem, "field 1: a NUL byte");
    } else {
      EXPECT_EQ(Shown(c.text), c.shown) << c.what;
    }
  }
}

}  // namespace
}  // namespace sodc
