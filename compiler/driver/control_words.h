// Why a control does not count, in a sentence.
#ifndef SODC_DRIVER_CONTROL_WORDS_H_
#define SODC_DRIVER_CONTROL_WORDS_H_

#include <string>

#include "sod/query.h"

namespace sodc {

// "Eric Beans administers GitLab CI/CD", "nobody is named who does it". For a sentence, without its end.
std::string ReasonInWords(const sod::RejectedBecause& because);
// "prevents by machine", "finds or is a second person", "an outside party".
std::string_view ClassInWords(sod::ControlClass control_class);

}  // namespace sodc

#endif  // SODC_DRIVER_CONTROL_WORDS_H_
