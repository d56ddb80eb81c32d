// UTF-8 in and out.
#ifndef SODC_BASE_UTF8_H_
#define SODC_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sodc {

// One decoded code point; length 0 means that the byte at the place starts none
// (overlong, surrogate, truncated or stray bytes are all refused).
struct CodePoint {
  uint32_t value = 0;
  uint32_t length = 0;
};
CodePoint DecodeUtf8(std::string_view text, size_t offset);

// Appends a code point below 0x110000 that is no surrogate.
void AppendUtf8(std::string& text, uint32_t code_point);

// The offset of the first byte that is not UTF-8, or npos.
size_t FindBrokenUtf8(std::string_view text);

}  // namespace sodc

#endif  // SODC_BASE_UTF8_H_
