// Worksheets of compensation that are begun and not finished (rulings appendix E; PCI DSS v4.0.1, appendix C).
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

constexpr std::string_view kFields[] = {"constraints", "definition", "objective", "risk", "validation", "maintenance"};

bool Fills(const model::ProvisionAttribute& line, std::string_view field) {
  return line.values.size() == 2 && line.values[0].text == field && !line.values[1].text.empty();
}

}  // namespace

void FindUnfinishedWorksheets(const model::Model& model, Sink& sink) {
  const model::Carried carried(model);
  for (const model::Conflict& conflict : model.conflicts) {
    const std::vector<const model::ProvisionAttribute*> lines = carried.Of(conflict, "worksheet");
    if (lines.empty() || !conflict.common.is_own) continue;
    std::vector<std::string> lacking;
    for (const std::string_view field : kFields) {
      if (std::ranges::none_of(lines, [&](const auto* line) { return Fills(*line, field); })) lacking.push_back(Quoted(field));
    }
    if (lacking.empty()) continue;
    for (const model::ClauseId id : conflict.clauses) {
      const model::Clause& clause = model.clauses[id];
      // A clause about the policy asks for no worksheet.
      if (clause.compensation != model::Compensation::Worksheet || clause.about == model::ClauseAbout::Policy) continue;
      Diagnose<DiagKind::WorksheetUnfinished>(lines.front()->span, conflict.common.name, ListOf(lacking, lacking.size()))
          .Help("clause \"" + clause.id + "\" of `" + model.frameworks[clause.framework].common.name + "` is met by compensation only when all of it is written")
          .To(sink);
      break;
    }
  }
}

}  // namespace sodc::lint
