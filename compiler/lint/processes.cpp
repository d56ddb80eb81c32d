// Findings about who can do a process, as the table answers it.
#include <algorithm>
#include <string>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"

namespace sodc::lint {

void FindProcessesOfTooFew(const model::Model& model, const std::vector<HeldProcess>& held, const std::vector<const model::Provision*>& told, Sink& sink) {
  for (const HeldProcess& one : held) {
    const model::Common& process = model.provisions[one.process].common;
    if (one.needs > 1 && !one.too_few.empty() && one.too_few.size() < one.needs) {
      const size_t count = one.too_few.size();
      Diagnose<DiagKind::ProcessOfTooFew>(process.span, process.name, one.needs, count == 1 ? "one of them" : std::to_string(count) + " of them",
                                          ListOf(QuotedAll(one.too_few)))
          .Help("give steps to others; every group that can do it: `sodc query … --process " + process.name + "`")
          .To(sink);
    }
    const bool is_told = one.is_as_written && std::ranges::find(told, &model.provisions[one.process]) != told.end();
    if (!one.in_the_way.empty() && !is_told) {
      Diagnose<DiagKind::ProcessNotDoable>(process.span, process.name, one.is_as_written ? "anybody" : "those who are declared", ListOf(one.in_the_way))
          .Help("give a step to somebody else, or ask less; who holds what: `sodc query … --process " + process.name + "`")
          .To(sink);
    }
    if (one.unheld.empty()) continue;
    std::vector<std::string> names;
    for (const model::DutyId duty : one.unheld) names.push_back(Quoted(model.duties[duty].common.name));
    Diagnose<DiagKind::StepWithoutHolder>(process.span, ListOf(names), process.name).Help("assign it to somebody, or let the step be one that others do").To(sink);
  }
}

}  // namespace sodc::lint
