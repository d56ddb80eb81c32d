// Outline → canonical text.
#ifndef SODC_FORMAT_LAYOUT_H_
#define SODC_FORMAT_LAYOUT_H_

#include <cstddef>
#include <string>

#include "compiler/format/outline.h"

namespace sodc {

std::string WriteLayout(const Outline& outline, size_t width);

}  // namespace sodc

#endif  // SODC_FORMAT_LAYOUT_H_
