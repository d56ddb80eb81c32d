#include "compiler/driver/csv.h"

#include <fmt/format.h>

namespace sodc {

namespace {

class CsvScanner {
 public:
  explicit CsvScanner(std::string_view text) : text_(text) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  bool is_at_end() const { return at_ >= text_.size(); }

  CsvRecord ReadRecord(uint32_t row) {
    CsvRecord record{.row = row, .fields = {}, .problem = {}};
    for (;;) {
      record.fields.push_back(Peek() == '"' ? ReadQuoted(record) : ReadPlain(record));
      if (Peek() != ',') break;
      ++at_;
    }
    SkipLineEnd();
    return record;
  }

 private:
  // '\0' at the end; a NUL in the text is reported by ReadPlain.
  char Peek() const { return is_at_end() ? '\0' : text_[at_]; }
  bool IsAtLineEnd() const {
    return is_at_end() || text_[at_] == '\n' || (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }
  void SkipLineEnd() {
    if (Peek() == '\r') ++at_;
    if (Peek() == '\n') ++at_;
  }

  void Report(CsvRecord& record, const char* what) {
    if (record.problem.empty()) record.problem = fmt::format("field {}: {}", record.fields.size() + 1, what);
  }

  std::string ReadPlain(CsvRecord& record) {
    std::string field;
    while (!IsAtLineEnd() && text_[at_] != ',') {
      const char c = text_[at_++];
      if (c == '"') Report(record, "a quote inside an unquoted field; quote the field and double its quotes");
      if (c == '\r') Report(record, "a carriage return without a line feed");
      if (c == '\0') Report(record, "a NUL byte");
      field += c;
    }
    return field;
  }

  std::string ReadQuoted(CsvRecord& record) {
    std::string field;
    ++at_;
    for (;;) {
      if (is_at_end()) {
        Report(record, "a quoted field is never closed");
        return field;
      }
      const char c = text_[at_++];
      if (c == '\0') Report(record, "a NUL byte");
      if (c != '"') {
        field += c;
      } else if (Peek() == '"') {
        field += '"';
        ++at_;
      } else {
        break;
      }
    }
    if (!IsAtLineEnd() && Peek() != ',') {
      Report(record, "text after the closing quote");
      while (!IsAtLineEnd() && Peek() != ',') ++at_;
    }
    return field;
  }

  std::string_view text_;
  size_t at_ = 0;
};

bool IsEmptyLine(const CsvRecord& record) {
  return record.fields.size() == 1 && record.fields[0].empty() && record.problem.empty();
}

}  // namespace

std::vector<CsvRecord> ReadCsv(std::string_view text) {
  std::vector<CsvRecord> records;
  CsvScanner scanner(text);
  for (uint32_t row = 1; !scanner.is_at_end(); ++row) {
    CsvRecord record = scanner.ReadRecord(row);
    if (!IsEmptyLine(record)) records.push_back(std::move(record));
  }
  return records;
}

uint32_t RowOfByte(std::string_view text, size_t offset) {
  std::string until(text.substr(0, offset));
  until += 'x';  // a row that begins here is one, too
  return ReadCsv(until).back().row;
}

}  // namespace sodc
