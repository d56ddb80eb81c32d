// What `query --process` prints.
#ifndef SODC_DRIVER_PROCESS_OUTPUT_H_
#define SODC_DRIVER_PROCESS_OUTPUT_H_

#include <string>

#include "compiler/driver/answer_output.h"
#include "sod/processes.h"

namespace sodc {

std::string ProcessText(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer);
std::string ProcessJson(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer);

}  // namespace sodc

#endif  // SODC_DRIVER_PROCESS_OUTPUT_H_
