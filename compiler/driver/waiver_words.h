// The waivers of a conflict in sentences: which one excuses it, and why the others do not.
#ifndef SODC_DRIVER_WAIVER_WORDS_H_
#define SODC_DRIVER_WAIVER_WORDS_H_

#include <string>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// One line for each waiver, without its end; none for a conflict without waivers. Texts of the
// policy are made safe for a terminal.
std::vector<std::string> WaiversInWords(const sod::Table& table, const sod::Conflict& conflict);
// "2026-03-31": the last day before the first of the waivers used ends; empty when none is used.
std::string FirstEndOfUsed(const sod::Table& table, const sod::Answer& answer);

}  // namespace sodc

#endif  // SODC_DRIVER_WAIVER_WORDS_H_
