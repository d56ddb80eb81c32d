// Removal of one thing at a time as long as the failure stays.
#include "shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace oracle {

namespace {

bool Contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

class Shrinker {
 public:
  Shrinker(Failure failure, const StillFails& still_fails)
      : failure_(std::move(failure)), still_fails_(still_fails) {}

  Failure Run() {
    do {
      has_changed_ = false;
      DropParts();
      DropEntities();
      DropSettings();
    } while (has_changed_);
    return std::move(failure_);
  }

 private:
  // Keeps the change when the failure survives it.
  template <typename Change>
  bool Try(Change change) {
    Failure smaller = failure_;
    change(smaller);
    if (!still_fails_(smaller.world, smaller.question)) return false;
    failure_ = std::move(smaller);
    has_changed_ = true;
    return true;
  }

  // `list_of(failure)` is a list; tries to do without each of its items.
  template <typename ListOf>
  void DropItems(ListOf list_of) {
    for (size_t i = list_of(failure_).size(); i-- > 0;) {
      Try([&](Failure& smaller) {
        auto& list = list_of(smaller);
        list.erase(list.begin() + static_cast<long>(i));
      });
    }
  }

  void DropParts() {
    DropItems([](Failure& f) -> auto& { return f.world.rules; });
    DropItems([](Failure& f) -> auto& { return f.world.assignments; });
    for (size_t i = 0; i < failure_.world.assignments.size(); ++i) {
      if (failure_.world.assignments[i].targets.size() < 2) continue;
      DropItems([i](Failure& f) -> auto& { return f.world.assignments[i].targets; });
    }
    for (size_t i = 0; i < failure_.world.roles.size(); ++i) {
      DropItems([i](Failure& f) -> auto& { return f.world.roles[i].includes; });
      DropItems([i](Failure& f) -> auto& { return f.world.roles[i].grants; });
      DropItems([i](Failure& f) -> auto& { return f.world.roles[i].restrictions; });
    }
    for (size_t i = 0; i < failure_.world.duties.size(); ++i) {
      DropItems([i](Failure& f) -> auto& { return f.world.duties[i].separations; });
      DropItems([i](Failure& f) -> auto& { return f.world.duties[i].groups; });
    }
    for (size_t i = 0; i < failure_.world.groups.size(); ++i) {
      DropItems([i](Failure& f) -> auto& { return f.world.groups[i].duties; });
      DropItems([i](Failure& f) -> auto& { return f.world.groups[i].groups; });
      DropItems([i](Failure& f) -> auto& { return f.world.groups[i].except_duties; });
    }
    for (size_t i = 0; i < failure_.world.actors.size(); ++i) {
      DropItems([i](Failure& f) -> auto& { return f.world.actors[i].accounts; });
      DropItems([i](Failure& f) -> auto& { return f.world.actors[i].members; });
    }
    DropItems([](Failure& f) -> auto& { return f.question.held; });
  }

  // Entities keep their number; they are only left out of the text.
  template <typename ListOf>
  void DropAbsent(ListOf list_of, bool (Shrinker::*is_used)(int) const) {
    for (size_t i = 0; i < list_of(failure_.world).size(); ++i) {
      if (list_of(failure_.world)[i].is_absent || (this->*is_used)(static_cast<int>(i))) continue;
      Try([&](Failure& smaller) { list_of(smaller.world)[i].is_absent = true; });
    }
  }

  void DropEntities() {
    DropAbsent([](World& w) -> auto& { return w.groups; }, &Shrinker::UsesGroup);
    DropAbsent([](World& w) -> auto& { return w.roles; }, &Shrinker::UsesRole);
    DropAbsent([](World& w) -> auto& { return w.duties; }, &Shrinker::UsesDuty);
    DropAbsent([](World& w) -> auto& { return w.actors; }, &Shrinker::UsesActor);
  }

  void DropSettings() {
    if (failure_.world.default_mode) Try([](Failure& f) { f.world.default_mode.reset(); });
    if (failure_.world.mode_ceiling) Try([](Failure& f) { f.world.mode_ceiling.reset(); });
    if (failure_.world.is_split) Try([](Failure& f) { f.world.is_split = false; });
    if (failure_.world.order_seed != 0) Try([](Failure& f) { f.world.order_seed = 0; });
    if (failure_.question.request) Try([](Failure& f) { f.question.request.reset(); });
    for (size_t i = 0; i < failure_.world.rules.size(); ++i) {
      const Days& days = failure_.world.rules[i].valid;
      if (days.from || days.until) Try([i](Failure& f) { f.world.rules[i].valid = {}; });
      if (failure_.world.rules[i].mode) Try([i](Failure& f) { f.world.rules[i].mode.reset(); });
    }
    for (size_t i = 0; i < failure_.world.assignments.size(); ++i) {
      const Days& days = failure_.world.assignments[i].days;
      if (days.from || days.until) Try([i](Failure& f) { f.world.assignments[i].days = {}; });
    }
  }

  bool UsesDuty(int duty) const {
    const World& world = failure_.world;
    for (const Group& group : world.groups) {
      if (Contains(group.duties, duty) || Contains(group.except_duties, duty)) return true;
    }
    for (const Duty& other : world.duties) {
      for (const Separation& separation : other.separations) {
        if (separation.duty == duty) return true;
      }
    }
    for (const Role& role : world.roles) {
      for (const Grant& grant : role.grants) {
        if (grant.duty == duty) return true;
      }
      for (const Restriction& restriction : role.restrictions) {
        if (restriction.duty == duty) return true;
      }
    }
    for (const Rule& rule : world.rules) {
      for (const Side& side : rule.sides) {
        if (Contains(side.duties, duty)) return true;
      }
    }
    return UsesTarget(false, duty);
  }

  bool UsesGroup(int group) const {
    const World& world = failure_.world;
    for (const Group& other : world.groups) {
      if (Contains(other.groups, group)) return true;
    }
    for (const Duty& duty : world.duties) {
      if (Contains(duty.groups, group)) return true;
      for (const Separation& separation : duty.separations) {
        if (separation.group == group) return true;
      }
    }
    for (const Role& role : world.roles) {
      for (const Grant& grant : role.grants) {
        if (grant.group == group) return true;
      }
      for (const Restriction& restriction : role.restrictions) {
        if (restriction.group == group) return true;
      }
    }
    for (const Rule& rule : world.rules) {
      for (const Side& side : rule.sides) {
        if (side.group == group) return true;
      }
    }
    return false;
  }

  bool UsesRole(int role) const {
    for (const Role& other : failure_.world.roles) {
      if (Contains(other.includes, role)) return true;
    }
    for (const Rule& rule : failure_.world.rules) {
      for (const Side& side : rule.sides) {
        if (side.role == role || Contains(side.roles, role)) return true;
      }
    }
    return UsesTarget(true, role);
  }

  bool UsesTarget(bool is_role, int index) const {
    const auto is_same = [&](const Target& target) {
      return target.is_role == is_role && target.index == index;
    };
    for (const Assignment& assignment : failure_.world.assignments) {
      if (std::any_of(assignment.targets.begin(), assignment.targets.end(), is_same)) return true;
    }
    const Question& question = failure_.question;
    return std::any_of(question.held.begin(), question.held.end(), is_same) ||
           (question.request && is_same(question.request->target));
  }

  bool UsesActor(int actor) const {
    if (failure_.question.actor == actor) return true;
    for (const Actor& other : failure_.world.actors) {
      if (Contains(other.members, actor)) return true;
    }
    for (const Assignment& assignment : failure_.world.assignments) {
      if (assignment.actor == actor) return true;
    }
    return false;
  }

  Failure failure_;
  const StillFails& still_fails_;
  bool has_changed_ = false;
};

}  // namespace

Failure Shrink(Failure failure, const StillFails& still_fails) {
  return Shrinker(std::move(failure), still_fails).Run();
}

}  // namespace oracle
