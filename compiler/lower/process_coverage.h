// What a process says of the conflicts within it (rulings appendix A, SEM-23).
#ifndef SODC_LOWER_PROCESS_COVERAGE_H_
#define SODC_LOWER_PROCESS_COVERAGE_H_

#include <set>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::lower {

// The processes of a policy with their steps; refers to the model.
class ProcessCoverage {
 public:
  explicit ProcessCoverage(const model::Model& model);

  // The strictest appetite of the policy and of the processes that have an element of every
  // side of the conflict among their steps; invalid without a scale of risk.
  model::ScaleMemberId AppetiteOf(const model::Conflict& conflict) const;
  // The controls that those processes list, each once, in declared order.
  std::vector<model::ControlId> ControlsOf(const model::Conflict& conflict) const;

 private:
  struct Process {
    std::set<uint32_t> steps;  // duties
    model::ScaleMemberId appetite;
    std::vector<model::ControlId> controls;
  };
  static bool Contains(const Process& process, const model::Conflict& conflict);

  const model::Model& model_;
  std::vector<Process> processes_;
};

}  // namespace sodc::lower

#endif  // SODC_LOWER_PROCESS_COVERAGE_H_
