// The verifier: from bytes nobody vouches for to an Image, in linear time (the
// order of strings aside: O(n log n) at worst). Three passes, each
// relying on the ones before:
//   frame     header, directory, sums, gaps: where the sections are
//   rows      every field of every row by its kind in records.def; the string pool
//   meaning   what one field says about another: order, adjacency, closures, cycles
#ifndef SOD_CORE_VERIFY_H_
#define SOD_CORE_VERIFY_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "runtime/core/image.h"
#include "sod/result.h"

namespace sod::core {

// The frame of `bytes`, which must be 8-byte aligned. Nothing when it is sound.
std::optional<Error> VerifyFrame(std::span<const std::byte> bytes);
// Only after VerifyFrame. `has_skipped` = there are optional sections this reader does not know,
// whose strings it cannot count.
std::optional<Error> VerifyStrings(const Image& image);
std::optional<Error> VerifyRows(const Image& image, bool has_skipped);
// Only after VerifyRows.
std::optional<Error> VerifyMeaning(const Image& image);

// What is known of a section number: its name in messages and, for the sections of
// this format, the size of a row. Reserved numbers have a name alone; others nothing.
struct SectionInfo {
  const char* name = nullptr;
  uint32_t row_bytes = 0;  // 0: not a section of this format version
  bool must_understand = true;
};
SectionInfo InfoOfSection(uint32_t number);

inline Error Damaged(std::string message) {
  return {ErrorCode::Damaged, "the table is damaged: " + std::move(message),
          "build it again, or copy it in binary mode"};
}

}  // namespace sod::core

#endif  // SOD_CORE_VERIFY_H_
