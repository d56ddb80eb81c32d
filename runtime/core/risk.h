// The second and the third layer of an answer: which controls of a conflict count, what risk
// they leave, which waivers excuse it, and the disposition (rulings appendix A, SEM-5, SEM-19, SEM-23, SEM-27).
#ifndef SOD_CORE_RISK_H_
#define SOD_CORE_RISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "runtime/core/activations.h"
#include "runtime/core/controls.h"
#include "runtime/core/exemptions.h"
#include "runtime/core/guards.h"
#include "runtime/core/judge.h"
#include "runtime/core/waivers.h"
#include "runtime/core/watched.h"

namespace sod::core {

// What the counted controls leave of the inherent risk, as ranks of a scale of `level_count`
// levels: one step for each class that can be taken with failure domains that no other class
// taken shares. Without a counted control that prevents, the top level stays above the middle.
// O(controls of one class × of the next × of the third).
uint32_t ResidualRank(uint32_t inherent, uint32_t level_count, std::span<const JudgedControl> controls);

struct ConflictRisk {
  Verdict disposition = Verdict::Denied;
  Instant at = 0;                       // when it is so: the first instant with the worst one
  uint32_t inherent = kNone;            // rows of ScaleMembers
  uint32_t residual = kNone;
  uint32_t appetite = kNone;
  std::vector<JudgedControl> controls;
  std::vector<JudgedWaiver> waivers;
  format::Mode mode = format::Mode::Deny, effective_mode = format::Mode::Deny;
  JudgedCondition applies, mode_when;
  std::vector<Requirement> requirements;
};

// Judges the conflicts of one subject.
class Risks {
 public:
  // All of them outlive this; `workspace` belongs to the table of the image.
  Risks(const Image& image, Workspace& workspace, const Subject& subject, std::span<const Holding> grants,
        const Without& without = {}, const FactSteps* facts = nullptr);
  Risks(const Risks&) = delete;
  Risks& operator=(const Risks&) = delete;

  // The worst over all instants at which the hit holds.
  ConflictRisk Of(uint32_t rule, const Hit& hit);

  // What a disposition may depend on besides the rule: more at some instants than at others.
  struct Bearing {
    uint32_t rule = kNone;
    std::vector<uint32_t> controls;
    std::span<const WaiverOfRule> waivers, exemptions;
  };
  Bearing BearingOf(uint32_t rule, const Hit& hit);
  const FactSteps* facts() const { return facts_; }
  // Where a span of the hit begins, and inside it wherever the disposition may change; ascending, each once.
  std::vector<Instant> InstantsOf(const Hit& hit, const Bearing& bearing) const;
  ConflictRisk At(uint32_t rule, const Bearing& bearing, const Hit& hit, Instant at);

 private:
  // Those of roles that may cover it at some instant, or those that do at `at`.
  std::vector<uint32_t> ControlsOf(const format::RuleRecord& rule, uint32_t row, const Hit& hit, std::optional<Instant> at);
  void AddControlsOfRoles(uint32_t row, const Hit& hit, std::optional<Instant> at, std::vector<uint32_t>& controls);
  void JudgeWaivers(uint32_t rule, const Bearing& bearing, const Hit& hit, ConflictRisk& risk);
  void JudgeConditions(uint32_t row, const format::RuleRecord& rule, const Hit& hit, ConflictRisk& risk);
  bool IsPermitted(const format::RuleRecord& rule, const ConflictRisk& risk) const;
  bool IsGuarded(uint32_t row, const ConflictRisk& risk) const;
  void SetDisposition(const format::RuleRecord& rule, uint32_t row, const Hit& hit, ConflictRisk& risk);
  const Watched& WatchedAt(Instant at);
  // Whether the rule is violated then also without the holdings that are left out; what is granted comes last.
  bool IsViolatedWithout(uint32_t rule, Instant at, const std::function<bool(uint32_t)>& is_left_out);

  const Image& image_;
  Workspace& workspace_;
  const Subject& subject_;
  Subject with_request_;               // whoever is given a role has the exemptions of the role
  std::vector<Holding> grants_;        // count whatever their state
  const std::function<const Holding&(uint32_t)> holding_;  // those of the subject, then what is granted
  const Without without_;
  const FactSteps* const facts_;
  std::vector<uint32_t> activations_;  // uses of emergencies that give the subject something: rows
  std::vector<WaiverOfRule> waivers_, exemptions_;
  std::map<Instant, Watched> watched_;
};

}  // namespace sod::core

#endif  // SOD_CORE_RISK_H_
