// One diagnostic as all formats of report.h tell it: a place that always exists and an
// identity that lasts. Private to compiler/diag.
#ifndef SODC_DIAG_REPORTED_H_
#define SODC_DIAG_REPORTED_H_

#include <string>
#include <vector>

#include "compiler/diag/report.h"

namespace sodc {

struct Place {
  std::string path;
  bool is_standard_library = false;
  Position begin, end;
};

struct Reported {
  const Diagnostic* diagnostic = nullptr;
  const CheckedPolicy* policy = nullptr;
  Place place;                 // a problem of the whole run: where the main file begins
  std::string fingerprint;     // 64 hexadecimal digits, distinct in a report
  uint32_t occurrence = 1;     // among those of one code, file and names
  bool is_repetition = false;  // another policy that imports the file has told it already
};

// In the order of the report.
std::vector<Reported> ListOf(const Report& report);

Place PlaceOf(const CheckedPolicy& policy, Span span);

// The message without what changes by itself: the texts in backticks, a line each.
std::string NamesIn(std::string_view message);

}  // namespace sodc

#endif  // SODC_DIAG_REPORTED_H_
