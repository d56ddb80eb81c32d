// Keys of JSON objects as they stand in the text, where a parser keeps the last of two alike and says nothing.
#ifndef SODC_DRIVER_JSON_KEYS_H_
#define SODC_DRIVER_JSON_KEYS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sodc {

struct RepeatedKey {
  size_t column = 1;   // one-based, in bytes: of the second of the two
  std::string key;     // as it reads, escapes resolved
};

// The first key that one object has twice, at any depth. `text` has been parsed as JSON without an error.
// O(length · log keys).
std::optional<RepeatedKey> FindRepeatedKey(std::string_view text);

}  // namespace sodc

#endif  // SODC_DRIVER_JSON_KEYS_H_
