// Words that several findings use. Private to compiler/lint.
#ifndef SODC_LINT_WORDING_H_
#define SODC_LINT_WORDING_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::lint {

// The places that a finding about many shows; the rest is counted.
inline constexpr size_t kMostPlaces = 12;

// "`a`".
std::string Quoted(std::string_view name);
std::vector<std::string> QuotedAll(const std::vector<std::string>& names);
// "a, b and c"; of more than `shown` the first of them "and 7 more".
std::string ListOf(const std::vector<std::string>& items, size_t shown = 3);
// "1 conflict", "3 conflicts".
std::string Counted(size_t count, std::string_view noun);
// "Code Development with Production Deployment": the sides of a conflict by their titles.
std::string SidesOf(const model::Model& model, const model::Conflict& conflict);
// A conflict between duties, roles or entitlements, stated by this policy: no restriction of a
// role, no rule about one duty, none of the library.
bool IsOwnConflict(const model::Conflict& conflict);

}  // namespace sodc::lint

#endif  // SODC_LINT_WORDING_H_
