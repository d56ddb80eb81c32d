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
  // The controls that processes list which have every element among their steps, each once, in
  // declared order: a control of one process proves nothing about duties outside it.
  std::vector<model::ControlId> ControlsOf(const model::Conflict& conflict) const;

 private:
  struct Process {
    std::set<uint32_t> steps;  // duties
    model::ScaleMemberId appetite;
    std::vector<model::ControlId> controls;
  };
  static bool IsStep(const Process& process, const model::SideElement& element);
  static bool Touches(const Process& process, const model::Conflict& conflict);   // an element of every side
  static bool Contains(const Process& process, const model::Conflict& conflict);  // all elements of every side

  const model::Model& model_;
  std::vector<Process> processes_;
};

}  // namespace sodc::lower

#endif  // SODC_LOWER_PROCESS_COVERAGE_H_
