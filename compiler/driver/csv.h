// RFC 4180, strictly: a small scanner that reports every damaged record.
#ifndef SODC_DRIVER_CSV_H_
#define SODC_DRIVER_CSV_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sodc {

// One record. `row` counts records as a spreadsheet does: the header is row 1.
struct CsvRecord {
  uint32_t row = 1;
  std::vector<std::string> fields;
  std::string problem;  // a sentence when the record is damaged; fields hold what could be read
};

// Splits `text`: an optional byte-order mark, CRLF or LF, quoted fields with doubled
// quotes and line ends inside. A record with nothing in it (an empty line) is skipped
// and still counted. After an unclosed quote nothing more can be read. O(bytes).
std::vector<CsvRecord> ReadCsv(std::string_view text);

// The row in which the byte at `offset` stands.
uint32_t RowOfByte(std::string_view text, size_t offset);

}  // namespace sodc

#endif  // SODC_DRIVER_CSV_H_
