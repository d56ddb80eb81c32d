// The list of who can, for people.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/holder_output.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/process_output.h"

namespace sodc {

std::string WhoCanText(const AnswerFrame& frame, const sod::Holding& request, const std::vector<sod::Answer>& answers) {
  const std::string what = HoldingInWords(frame.table, request);
  const auto can = std::count_if(answers.begin(), answers.end(), CanTake);
  std::string text = fmt::format("{} of {} people can take {} on {}.\n", can, answers.size(), what, frame.as_of);
  for (const sod::Answer& answer : answers) {
    std::vector<std::string> stops;
    for (const sod::Conflict& conflict : answer.conflicts) {
      if (conflict.introduced) stops.push_back(SafeText(frame.table.rule(conflict.rule).name));
    }
    std::string why = answer.already_held ? "; holds it already" : "";
    if (!stops.empty()) why = fmt::format("; would introduce {}", fmt::join(stops, ", "));
    text += fmt::format("  {}  {}: {}{}\n", CanTake(answer) ? "yes" : "no ", NameOf(answer.subject),
                        WordsOf(answer.request_verdict.value_or(answer.verdict)), why);
  }
  return text + ProcessesNotAsked(frame.table) + HoldersNotAsked(frame.table) + "\n" + Provenance(frame);
}

}  // namespace sodc
