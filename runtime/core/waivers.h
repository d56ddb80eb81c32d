// Whether a waiver excuses a conflict of a person on a day, and if not, every reason why
// (rulings SEM-19, appendix A; second-ring E11; docs/decisions/0043).
#ifndef SOD_CORE_WAIVERS_H_
#define SOD_CORE_WAIVERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/core/controls.h"
#include "runtime/core/image.h"
#include "runtime/core/judge.h"
#include "runtime/core/watched.h"
#include "sod/query.h"

namespace sod::core {

// Whether the party is the actor or a team with the actor in it, through any number of teams.
bool IsNamedBy(const Image& image, uint32_t party, uint32_t actor);
// Whether the holding gives the role by itself, in a state in which it can be used.
bool GivesRole(const Image& image, const Holding& holding, uint32_t role);
bool HoldsRole(const Image& image, const Subject& subject, uint32_t role, Instant at);

// A rule, a waiver that names it and the row of WaiverRules by which it does.
struct WaiverOfRule {
  uint32_t rule = kNone;
  uint32_t waiver = kNone;
  uint32_t named = kNone;
};
// All that may be for the subject at some time, by rule, then declared order. None for a subject
// that is no declared actor: nobody can have asked for it. O(n log n) of the waivers and their rules.
std::vector<WaiverOfRule> WaiversFor(const Image& image, const Subject& subject);

// The waiver as it stands for the subject at `at`; nothing when it is not for the subject then.
// `hit`: what violates the rule; `watched`: the subject at that time. O(controls of the waiver + actors behind
// its approver + what takes part in the hit × what the waiver is narrowed to).
std::optional<JudgedWaiver> JudgeWaiver(const Image& image, const Subject& subject, const WaiverOfRule& waiver, const Hit& hit,
                                        const Watched& watched, Instant at, const Without& without = {});

}  // namespace sod::core

#endif  // SOD_CORE_WAIVERS_H_
