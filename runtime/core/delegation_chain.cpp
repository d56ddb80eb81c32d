#include "runtime/core/delegation_chain.h"

#include <algorithm>

#include "runtime/core/boxes.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/subjects.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

using format::AssignmentRecord;
using format::DelegationRecord;

class Chain {
 public:
  explicit Chain(const Image& image) : image_(image), dimensions_(image) {}

  // The delegation by which the delegator of `wanted` has it, and nothing else; kNone without one.
  uint32_t Before(const DelegationRecord& wanted) const {
    const std::vector<uint32_t> holders = HoldersFor(image_, wanted.delegator);
    const auto is_holder = [&](uint32_t actor) { return std::ranges::find(holders, actor) != holders.end(); };
    for (uint32_t row = 0; row < image_.Delegations().size(); ++row) {
      const DelegationRecord& other = image_.Delegations()[row];
      if (!is_holder(other.delegate) || !Gives(other, HoldingOf(other), wanted)) continue;
      return IsAssigned(wanted, is_holder) ? kNone : row;
    }
    return kNone;
  }

 private:
  template <typename IsHolder>
  bool IsAssigned(const DelegationRecord& wanted, IsHolder is_holder) const {
    return std::ranges::any_of(image_.Assignments(), [&](const AssignmentRecord& assignment) {
      const bool is_his = assignment.account == format::kNone ? is_holder(assignment.actor) : IsUsedBy(assignment.account, is_holder);
      if (!is_his) return false;
      Holding holding = HoldingOf(assignment);
      holding.state = static_cast<HoldingState>(assignment.state);
      if (assignment.capacity != format::kNone) holding.capacity = image_.ScaleMembers()[assignment.capacity].rank;
      return Gives(assignment, holding, wanted);
    });
  }

  template <typename IsHolder>
  bool IsUsedBy(uint32_t account, IsHolder is_holder) const {
    const format::AccountRecord& record = image_.Accounts()[account];
    const auto users = Slice(image_.AccountUsers(), record.users_first, record.users_count);
    return is_holder(record.owner) || std::ranges::any_of(users, is_holder, &format::ActorRefRecord::actor);
  }

  // At some time of the delegation, in some of its places.
  template <typename Record>
  bool Gives(const Record& record, Holding holding, const DelegationRecord& wanted) const {
    if (record.from >= wanted.until || wanted.from >= record.until) return false;
    if (!IsUsableAt(image_, holding, std::max(record.from, wanted.from))) return false;
    return dimensions_.AnyPart(dimensions_.whole(), record.scope, [&](const ScopeBox& held) {
      return dimensions_.AnyPart(held, wanted.scope, [&](const ScopeBox& box) {
        holding.box = box;
        return GivesTarget(holding, wanted);
      });
    });
  }

  bool GivesTarget(const Holding& holding, const DelegationRecord& wanted) const {
    if (wanted.duty != format::kNone) {
      const uint32_t level = std::min(wanted.level, image_.top_level());
      bool is_given = false;
      ForEachDuty(image_, holding, [&](const GivenDuty& given) {
        is_given |= given.duty == wanted.duty && given.level >= level && CountsInCapacity(image_, given.capacity, kNone);
      });
      const auto is_wanted = [&](const JointDuty& joint) { return joint.duty == wanted.duty; };
      const Instant at = std::max(holding.from, wanted.from);
      return is_given || std::ranges::any_of(JointDutiesOf(image_, std::span(&holding, 1), at), is_wanted);
    }
    if (holding.kind != HeldKind::Role) {
      return holding.kind == HeldKind::Entitlement && StandsFor(holding.target, wanted.entitlement);
    }
    const std::vector<uint32_t> roles = RoleClosure(image_, holding.target);
    if (wanted.role != format::kNone) return std::ranges::binary_search(roles, wanted.role);
    return std::ranges::any_of(roles, [&](uint32_t role) {
      const format::RoleRecord& record = image_.Roles()[role];
      return std::ranges::any_of(Slice(image_.Grants(), record.grants_first, record.grants_count), [&](const format::GrantRecord& grant) {
        return grant.entitlement != format::kNone && grant.is_undecided == 0 && StandsFor(grant.entitlement, wanted.entitlement);
      });
    });
  }

  bool StandsFor(uint32_t held, uint32_t wanted) const {
    if (held == wanted) return true;
    if (wanted == format::kNone) return false;
    const format::EntitlementRecord& record = image_.Entitlements()[held];
    const auto confers = Slice(image_.EntitlementConfers(), record.confers_first, record.confers_count);
    return std::ranges::find(confers, wanted, &format::EntitlementRefRecord::entitlement) != confers.end();
  }

  const Image& image_;
  const Dimensions dimensions_;
};

}  // namespace

std::vector<uint32_t> DelegationChain(const Image& image, uint32_t delegation) {
  std::vector<uint32_t> chain = {delegation};
  const Chain steps(image);
  for (;;) {
    const uint32_t before = steps.Before(image.Delegations()[chain.back()]);
    if (before == kNone || std::ranges::find(chain, before) != chain.end()) return chain;
    chain.push_back(before);
  }
}

}  // namespace sod::core
