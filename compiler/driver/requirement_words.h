// What is required of whoever holds something, as text and as JSON (docs/query-json.md).
#ifndef SODC_DRIVER_REQUIREMENT_WORDS_H_
#define SODC_DRIVER_REQUIREMENT_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

#include <llvm/Support/JSON.h>

#include "sod/requirements.h"

namespace sodc {

// The section with its title, a line each; empty: nothing.
std::string RequirementsInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::Prerequisite>& requirements, bool is_request);
// "; 1 requirement not met": for a line of a list; empty: nothing.
std::string RequirementsInShort(const std::vector<sod::Prerequisite>& requirements);
// How many the request makes worse.
size_t CountIntroduced(const std::vector<sod::Prerequisite>& requirements);
// What to do next where no conflict, but a requirement makes the verdict; else empty.
std::string_view AdviceOnRequirements(const std::vector<sod::Prerequisite>& requirements, const sod::Answer& answer);
// `requirements`; nothing when there is none. With `is_request` each says whether it is new.
void WriteRequirements(const sod::Table& table, const std::vector<sod::Prerequisite>& requirements, bool is_request, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_REQUIREMENT_WORDS_H_
