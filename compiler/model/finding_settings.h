// What the policy says about SOD2xxx diagnostics. Read by `check`, not part of a table.
#ifndef SODC_MODEL_FINDING_SETTINGS_H_
#define SODC_MODEL_FINDING_SETTINGS_H_

#include <cstdint>
#include <string>

#include "compiler/source/span.h"

namespace sodc::model {

enum class FindingSeverity : uint8_t { Note, Warning, Error };
struct FindingSetting {                // `finding SOD2104 note because "…"`
  uint16_t code = 0;                   // 2104
  FindingSeverity severity = FindingSeverity::Note;
  std::string because;
  Span span;
};
struct FindingAllowance {              // `allow SOD2104 because "…"`
  uint16_t code = 0;
  std::string because;
  Span span;
  Span declaration;                    // in which it stands
};

}  // namespace sodc::model

#endif  // SODC_MODEL_FINDING_SETTINGS_H_
