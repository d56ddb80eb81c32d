// Names and row sizes by section number, from records.def.
#include "runtime/core/verify.h"

namespace sod::core {

SectionInfo InfoOfSection(uint32_t number) {
  [[maybe_unused]] constexpr bool Must = true, MayIgnore = false;
  switch (number) {
    case static_cast<uint32_t>(format::Section::StringOffsets):
      return {"StringOffsets", sizeof(uint32_t), Must};
    case static_cast<uint32_t>(format::Section::StringBytes):
      return {"StringBytes", 1, Must};
#define SOD_SECTION(Number, Name, Row, Kind) \
  case Number:                               \
    return {#Name, sizeof(format::Row##Record), Kind};
#include "runtime/format/records.def"
    case 68: return {"processes"};
    case 71: return {"units"};
    default: return {};
  }
}

}  // namespace sod::core
