// Where something stands in the sources: the bottom type of all phases.
#ifndef SODC_SOURCE_SPAN_H_
#define SODC_SOURCE_SPAN_H_

#include <compare>
#include <cstdint>

#include "compiler/base/id.h"

namespace sodc {

struct SourceFile;
using FileId = Id<SourceFile>;

// A half-open range of bytes of one file. The default span is "nowhere".
struct Span {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool is_valid() const { return file.is_valid(); }
  // The smallest span that covers both; both must lie in one file.
  Span Cover(Span other) const {
    return {file, begin < other.begin ? begin : other.begin, end > other.end ? end : other.end};
  }
  auto operator<=>(const Span&) const = default;
};

}  // namespace sodc

#endif  // SODC_SOURCE_SPAN_H_
