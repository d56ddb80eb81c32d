// The table before it is bytes: one vector of records a section, and the strings.
#ifndef SODC_LOWER_IMAGE_H_
#define SODC_LOWER_IMAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/format/records.h"

namespace sodc {

// Text fields hold indices into `strings`, in any order and with index 0 = "";
// Emit renumbers them by first use and drops unused ones, which makes the pool canonical.
struct TableImage {
#define SOD_SECTION(number, Name, Row, Kind) std::vector<sod::format::Row##Record> Name;
#include "runtime/format/records.def"
  std::vector<std::string> strings = {""};
};

}  // namespace sodc

#endif  // SODC_LOWER_IMAGE_H_
