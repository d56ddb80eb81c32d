// Whether the things that a limit counts are independent: no holding may count twice
// (rulings SEM-8), whatever the kinds of what is counted.
#include <algorithm>

#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using model::SideElement;

// A capacity that is not named is any in which something is done.
bool CoversCapacity(const model::Model& model, model::ScaleMemberId wanted, model::ScaleMemberId held) {
  if (wanted == held || wanted.is_valid() == held.is_valid()) return wanted == held;
  const model::ScaleMemberId named = wanted.is_valid() ? wanted : held;
  return model.scale_members[named].is_acting;
}

class Independence {
 public:
  Independence(Context& context, const std::vector<model::ConflictSide>& sides) : context_(context), sides_(sides) {
    for (uint32_t side = 0; side < sides.size(); ++side) {
      for (const SideElement& element : sides[side].elements) counted_[ThingOf(context, element)].push_back({side, &element});
    }
  }

  bool Check() {
    for (uint32_t side = 0; side < sides_.size(); ++side) {
      for (const SideElement& element : sides_[side].elements) {
        const auto* role = std::get_if<model::RoleId>(&element.what);
        const bool is_fine = role == nullptr ? CheckThing(side, element) : CheckRole(side, element, *role);
        if (!is_fine) return false;
      }
    }
    return true;
  }

 private:
  struct Counted {
    uint32_t side;
    const SideElement* element;
  };

  // The same thing counted by an earlier side.
  bool CheckThing(uint32_t side, const SideElement& element) {
    for (const Counted& other : counted_.at(ThingOf(context_, element))) {
      if (other.side >= side || !CoversCapacity(context_.model, other.element->capacity, element.capacity)) continue;
      return Report(*other.element, element, "one holding must not count twice; keep one of them");
    }
    return true;
  }

  // What holding the role is holding, too. What is directly assigned is not held by inclusion.
  bool CheckRole(uint32_t side, const SideElement& element, model::RoleId role) {
    if (!CheckThing(side, element)) return false;
    const bool confers = !element.capacity.is_valid() || context_.model.scale_members[element.capacity].is_acting;
    if (!confers) return true;
    const std::string name = NameOf(context_, element);
    std::vector<model::RoleId> open = {role};
    std::unordered_set<uint32_t> seen = {role.index};
    for (size_t i = 0; i < open.size(); ++i) {
      const model::Role& held = context_.model.roles[open[i]];
      const auto thing = Element{Element::Kind::Role, open[i].index};
      if (const SideElement* other = i == 0 ? nullptr : CountedElsewhere(side, thing, element.capacity); other != nullptr && !other->is_direct) {
        return Report(element, *other, "holding `" + name + "` is holding this role; keep one of them");
      }
      for (const model::Grant& grant : held.grants) {
        if (const SideElement* other = CountedGrant(side, grant)) {
          return Report(element, *other, "role `" + name + "` grants it; keep one of them");
        }
      }
      for (const model::RoleId included : held.includes) {
        if (seen.insert(included.index).second) open.push_back(included);
      }
    }
    return true;
  }

  const SideElement* CountedElsewhere(uint32_t side, Element thing, model::ScaleMemberId capacity) const {
    const auto found = counted_.find(thing.Key());
    if (found == counted_.end()) return nullptr;
    for (const Counted& other : found->second) {
      if (other.side != side && CoversCapacity(context_.model, other.element->capacity, capacity)) return other.element;
    }
    return nullptr;
  }

  const SideElement* CountedGrant(uint32_t side, const model::Grant& grant) const {
    if (!grant.duty.is_valid() || grant.is_undecided) return nullptr;
    const auto found = counted_.find(Element{Element::Kind::Duty, grant.duty.index}.Key());
    if (found == counted_.end()) return nullptr;
    for (const Counted& other : found->second) {
      const auto trigger = other.element->trigger;
      const bool is_enough = !trigger.is_valid() || !grant.level.is_valid() || RankOf(context_, grant.level) >= RankOf(context_, trigger);
      if (other.side != side && is_enough && CoversCapacity(context_.model, other.element->capacity, grant.capacity)) return other.element;
    }
    return nullptr;
  }

  bool Report(const SideElement& first, const SideElement& second, std::string help) {
    Diagnose<DiagKind::MembersImplyEachOther>(second.span, "`" + NameOf(context_, second) + "`")
        .Label(first.span, "first counted here")
        .Help(std::move(help))
        .To(context_.sink);
    return false;
  }

  Context& context_;
  const std::vector<model::ConflictSide>& sides_;
  std::unordered_map<uint64_t, std::vector<Counted>> counted_;
};

}  // namespace

bool MayBeOne(const Context& context, const SideElement& a, const SideElement& b) {
  return ThingOf(context, a) == ThingOf(context, b) && CoversCapacity(context.model, a.capacity, b.capacity);
}

bool CheckIndependent(Context& context, const std::vector<model::ConflictSide>& sides) {
  return Independence(context, sides).Check();
}

}  // namespace sodc::sema
