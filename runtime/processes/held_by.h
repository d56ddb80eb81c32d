// How each of some people holds one duty or role at an instant. Private to the library.
#ifndef SOD_PROCESSES_HELD_BY_H_
#define SOD_PROCESSES_HELD_BY_H_

#include <map>
#include <span>
#include <vector>

#include "runtime/core/image.h"
#include "sod/holders.h"

namespace sod::processes {

struct HeldBy {
  bool is_own = false;                  // otherwise than by standing in for somebody
  bool may_be_own = false;              // for certain, or if what is unknown of them were so
  bool stands_in = false;               // by a delegation of somebody who is counted
  bool may_stand_in = false;            // if what is undecided were so
  bool is_for_others = false;           // by a delegation of a team or the like: it may be of somebody who is counted
  std::vector<uint32_t> delegators;     // people, of what is certain
  std::vector<uint32_t> may_delegate;   // people, of what is undecided

  bool is_certain() const { return is_own || stands_in || is_for_others; }
  bool operator==(const HeldBy&) const = default;
};

// Of one bound. Keeps what roles give of it, so that each is looked at once.
class HeldByReader {
 public:
  // `by_actor`: indices of those who count.
  HeldByReader(const core::Image& image, const HolderBound& bound, const std::map<uint32_t, uint32_t>& by_actor);

  HeldBy Of(const Subject& subject, Instant at) const;
  // For certain or if undecided cells were so; by whatever way.
  bool MayHold(const Subject& subject, Instant at) const;
  // Whether the holding can have to do with it at all.
  bool MayGive(const Holding& holding) const;

 private:
  bool IsGiven(std::span<const Holding> holdings, Instant at) const;
  bool IsUndecided(const Holding& holding) const;
  bool Reaches(uint32_t role, std::span<const uint32_t> roles, std::map<uint32_t, bool>& known) const;
  void AddDelegation(const Holding& holding, bool is_certain, HeldBy& held) const;
  void AddTogether(std::span<const Holding> delegated, Instant at, HeldBy& held) const;

  const core::Image& image_;
  const HolderBound& bound_;
  const std::map<uint32_t, uint32_t>& by_actor_;
  std::vector<uint32_t> undecided_roles_;  // with an undecided grant of the duty, ascending
  bool is_joint_ = false;                  // several entitlements may confer the duty together
  mutable std::map<uint32_t, bool> includes_, is_undecided_;  // by role
};

}  // namespace sod::processes

#endif  // SOD_PROCESSES_HELD_BY_H_
