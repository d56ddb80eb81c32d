// What would be without the request: which conflicts it ends, and which it makes worse though it
// introduces nothing (rulings SEM-12, second-ring E41).
#ifndef SOD_CORE_WITHOUT_REQUEST_H_
#define SOD_CORE_WITHOUT_REQUEST_H_

#include <optional>
#include <span>

#include "runtime/core/judge.h"
#include "runtime/core/risk.h"

namespace sod::core {

class WithoutRequest {
 public:
  // `subject` holds what it holds now. All of them outlive this. Judges at the instants that the request is judged at.
  WithoutRequest(const Table& table, Workspace& workspace, const Subject& subject, std::span<const Instant> instants, Instant end, const Without& without,
                 const FactSteps* facts = nullptr);

  struct Comparison {
    Verdict before = Verdict::Clear;     // the worst without the request; Clear: the rule is not violated
    std::optional<Verdict> worsened_to;  // the worst at instants at which the request makes it worse
  };
  // `hit` and `risks` are those with the request.
  Comparison Compare(uint32_t rule, const Hit& hit, Risks& risks);
  const Judgement& judgement() const { return judgement_; }
  Risks& risks() { return risks_; }

 private:
  Risks risks_;
  Judgement judgement_;
};

}  // namespace sod::core

#endif  // SOD_CORE_WITHOUT_REQUEST_H_
