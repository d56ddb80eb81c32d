// What one session comes to: as text for people and as JSON (schema sod.session/1).
#ifndef SODC_DRIVER_SESSION_OUTPUT_H_
#define SODC_DRIVER_SESSION_OUTPUT_H_

#include <string>
#include <vector>

#include "compiler/driver/answer_output.h"
#include "sod/session.h"

namespace sodc {

// `passed_over`: what was named beside what is active by the same name and is not held so that it can be activated.
std::string SessionText(const AnswerFrame& frame, const sod::SessionAnswer& answer, const std::vector<sod::SessionThing>& passed_over = {});
// One JSON object; on one line and without a line end when `is_compact`.
std::string SessionJson(const AnswerFrame& frame, const sod::SessionAnswer& answer, const std::vector<sod::SessionThing>& passed_over = {},
                        bool is_compact = false);

}  // namespace sodc

#endif  // SODC_DRIVER_SESSION_OUTPUT_H_
