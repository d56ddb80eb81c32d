// Output files are written whole or not at all.
#ifndef SODC_DRIVER_WRITE_FILE_H_
#define SODC_DRIVER_WRITE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace sodc {

// Writes `bytes` to a new file beside `path`, syncs it and renames it over `path`, whose
// rights it keeps. Never replaces a directory or one of `inputs`. Pipes and devices are
// written directly. Returns a sentence on failure, else an empty text.
std::string WriteFile(const std::string& path, std::string_view bytes, const std::vector<std::string>& inputs);

// The same for a file that was read and rewritten: only when it still holds `before`, and only
// when it may be written, although its folder would let it be replaced. `shown` is its name in
// the sentence.
std::string ReplaceFile(const std::string& path, const std::string& shown, std::string_view before,
                        std::string_view after);

}  // namespace sodc

#endif  // SODC_DRIVER_WRITE_FILE_H_
