// Demands that no separated person can meet: what a duty or a role requires beside itself, and what a process asks of
// the people who do it.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/lint/covering.h"
#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::ConflictId;
using model::DutyId;
using model::Model;
using model::ProvisionAttribute;
using model::ProvisionId;
using model::Reference;
using model::RoleId;
using model::SideElement;

// What somebody holds everywhere and without a condition: duties by their highest level, roles with what they include.
class Holder {
 public:
  explicit Holder(const Model& model) : model_(model) {}

  void AddDuty(uint32_t duty) { ranks_[duty] = UINT32_MAX; }
  void AddRole(RoleId role) {
    direct_.insert(role.index);
    Include(role);
  }

  bool Holds(const SideElement& element) const {
    if (element.avoids.is_valid() || element.capacity.is_valid()) return false;
    if (const auto* role = std::get_if<RoleId>(&element.what)) return (element.is_direct ? direct_ : roles_).count(role->index) != 0;
    const auto* duty = std::get_if<DutyId>(&element.what);
    if (duty == nullptr) return false;
    const auto found = ranks_.find(duty->index);
    const uint32_t trigger = element.trigger.is_valid() ? model_.scale_members[element.trigger].rank : 0;
    return found != ranks_.end() && found->second >= trigger;
  }

  std::vector<Thing> Things() const {
    std::vector<Thing> things;
    for (const auto& [duty, rank] : ranks_) things.push_back(ThingOf(DutyId{duty}));
    for (const uint32_t role : roles_) things.push_back(ThingOf(RoleId{role}));
    return things;
  }

  bool Breaks(const Limit& limit) const {
    const auto held = std::ranges::count_if(limit.members, [&](const LimitMember& member) {
      return std::ranges::any_of(member.options, [&](const SideElement* option) { return Holds(*option); });
    });
    return static_cast<size_t>(held) > limit.most;
  }

 private:
  void Include(RoleId id) {
    if (!roles_.insert(id.index).second) return;
    const model::Role& role = model_.roles[id];
    for (const RoleId included : role.includes) Include(included);
    for (const model::Grant& grant : role.grants) {
      const bool is_plain = grant.duty.is_valid() && !grant.is_undecided && grant.condition.empty() && grant.scope.boxes.empty() && !grant.capacity.is_valid();
      if (!is_plain) continue;
      uint32_t& rank = ranks_[grant.duty.index];
      rank = std::max(rank, grant.level.is_valid() ? model_.scale_members[grant.level].rank : UINT32_MAX);
    }
  }

  const Model& model_;
  std::map<uint32_t, uint32_t> ranks_;  // by duty; the highest
  std::set<uint32_t> direct_, roles_;
};

// A rule that denies whoever holds too much of it, wherever and through whichever account.
bool Denies(const Conflict& conflict) {
  return conflict.mode == model::Mode::Deny && !conflict.changed_by.is_valid() && conflict.subject == model::RuleSubject::Person;
}

// The rules that deny, by what they are about.
class Denials {
 public:
  explicit Denials(const Model& model) : model_(model) {
    for (uint32_t row = 0; row < model.conflicts.size(); ++row) {
      const Conflict& conflict = model.conflicts[ConflictId{row}];
      if (!Denies(conflict)) continue;
      for (const model::ConflictSide& side : conflict.sides) {
        for (const SideElement& element : side.elements) rules_with_[ThingOf(element)].push_back(row);
      }
    }
  }

  // The first in declared order that the holder breaks and the other does not; a rule about one object where the
  // work is about that kind. Null: none.
  const Conflict* BrokenBy(const Holder& holder, const Holder& but_not_by, std::optional<ProvisionId> object = std::nullopt) const {
    std::set<uint32_t> rows;
    for (const Thing& thing : holder.Things()) {
      const auto found = rules_with_.find(thing);
      if (found != rules_with_.end()) rows.insert(found->second.begin(), found->second.end());
    }
    for (const uint32_t row : rows) {
      const Conflict& conflict = model_.conflicts[ConflictId{row}];
      if (conflict.is_guarded) continue;  // whether it applies is not known of everybody
      const bool is_about_object = conflict.unevaluated == model::Unevaluated::None && conflict.moment == model::Moment::Object && object && conflict.per == *object;
      const std::optional<Limit> limit = is_about_object ? LimitAsWritten(conflict) : LimitOf(conflict);
      if (limit && holder.Breaks(*limit) && !but_not_by.Breaks(*limit)) return &conflict;
    }
    return nullptr;
  }

 private:
  const Model& model_;
  std::map<Thing, std::vector<uint32_t>> rules_with_;
};

class Demands {
 public:
  Demands(const Model& model, Sink& sink) : model_(model), denials_(model), sink_(sink) {}
  std::vector<const model::Provision*> impossible;

  void Run() {
    for (const model::Provision& provision : model_.provisions) {
      if (provision.is_attribute_holder && provision.kind == "duty") CheckRequired(provision, Reference::Kind::Duty);
      if (provision.is_attribute_holder && provision.kind == "role") CheckRequired(provision, Reference::Kind::Role);
      if (provision.kind == "process" && provision.common.is_own) CheckProcess(provision);
    }
  }

 private:
  const std::string& NameOf(uint32_t duty) const { return model_.duties[DutyId{duty}].common.name; }

  // ---- What is required

  static void Add(Holder& holder, const Reference& what) {
    if (what.kind == Reference::Kind::Duty) holder.AddDuty(what.index);
    if (what.kind == Reference::Kind::Role) holder.AddRole(RoleId{what.index});
  }
  const std::string& NameOf(const Reference& what) const {
    return what.kind == Reference::Kind::Duty ? NameOf(what.index) : model_.roles[RoleId{what.index}].common.name;
  }

  // A duty or role of that name, in the place where its attributes are.
  std::optional<Reference> DeclaredAt(const model::Provision& holder, Reference::Kind kind) const {
    const auto find = [&](const auto& rows) -> std::optional<Reference> {
      for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[rows.IdAt(i)].common.span == holder.common.span) return Reference{kind, static_cast<uint32_t>(i)};
      }
      return std::nullopt;
    };
    return kind == Reference::Kind::Duty ? find(model_.duties) : find(model_.roles);
  }

  void CheckRequired(const model::Provision& provision, Reference::Kind kind) {
    const bool requires_something = std::ranges::any_of(provision.attributes, [](const auto& stated) { return stated.keyword == "requires"; });
    if (!requires_something) return;
    const std::optional<Reference> self = DeclaredAt(provision, kind);
    if (!self) return;
    Holder alone(model_), with(model_);
    Add(alone, *self);
    Add(with, *self);
    for (const ProvisionAttribute& stated : provision.attributes) {
      if (stated.keyword != "requires" || stated.values.empty() || stated.values.front().kind != model::ProvisionValue::Kind::Reference) continue;
      const Reference& required = stated.values.front().reference;
      if (required.kind != Reference::Kind::Duty && required.kind != Reference::Kind::Role) continue;
      Add(with, required);
      const Conflict* broken = denials_.BrokenBy(with, alone);
      if (broken == nullptr) continue;
      Diagnose<DiagKind::RequirementDenied>(stated.span, NameOf(*self), NameOf(required), broken->common.name)
          .Label(broken->sources.front(), "denies it")
          .Help("require something else, or let somebody else do it")
          .To(sink_);
      return;
    }
  }

  // ---- What a process asks for

  void CheckProcess(const model::Provision& process) {
    CheckSteps(process);
    CheckOrder(process);
    for (const ProvisionAttribute& stated : process.attributes) {
      if (stated.keyword == "same person") {
        CheckOnePerson(process, stated);
        CheckEnough(process, stated, model::References(stated, Reference::Kind::Duty), 1);
      }
      if (stated.keyword == "at most … people do") CheckFewPeople(process, stated);
    }
  }

  void Report(const model::Provision& process, Span place, const std::string& why, const Conflict* denial = nullptr) {
    impossible.push_back(&process);
    Diagnose<DiagKind::ProcessImpossible>(place, process.common.name, why)
        .Label(denial == nullptr ? Span{} : denial->sources.front(), "denies it")
        .Help("let different people do it, or change what the process asks for")
        .To(sink_);
  }

  // A rule that whoever does all of these breaks.
  const Conflict* BrokenBy(const model::Provision& process, const std::vector<uint32_t>& duties) const {
    Holder holder(model_);
    for (const uint32_t duty : duties) holder.AddDuty(duty);
    const ProvisionAttribute* per = model::FindAttribute(process.attributes, "per");
    const std::optional<uint32_t> object = per == nullptr ? std::nullopt : model::FirstReference(*per, Reference::Kind::Provision);
    return denials_.BrokenBy(holder, Holder(model_), object ? std::optional(ProvisionId{*object}) : std::nullopt);
  }

  void CheckSteps(const model::Provision& process) {
    for (const ProvisionAttribute& stated : process.attributes) {
      if (stated.keyword != "step") continue;
      const std::optional<uint32_t> duty = model::FirstReference(stated, Reference::Kind::Duty);
      if (!duty) continue;
      const Conflict* denial = BrokenBy(process, {*duty});
      if (denial != nullptr) Report(process, stated.span, fmt::format("nobody may do {}", Quoted(NameOf(*duty))), denial);
    }
  }

  void CheckOnePerson(const model::Provision& process, const ProvisionAttribute& stated) {
    const std::vector<uint32_t> duties = model::References(stated, Reference::Kind::Duty);
    const Conflict* denial = BrokenBy(process, duties);
    if (denial == nullptr) return;
    Report(process, stated.span, fmt::format("the person who does {} breaks {}", ListOfDuties(duties), Quoted(denial->common.name)), denial);
  }

  void CheckFewPeople(const model::Provision& process, const ProvisionAttribute& stated) {
    const std::vector<uint32_t> duties = model::References(stated, Reference::Kind::Duty);
    const int64_t people = stated.values.empty() ? 0 : stated.values.front().number;
    if (people == 1) CheckOnePerson(process, stated);
    std::vector<uint32_t> apart;
    if (people > 1 && FindApart(process, duties, 0, static_cast<size_t>(people) + 1, apart)) {
      return Report(process, stated.span, fmt::format("at most {} people do {}, and nobody may do two of them", people, ListOfDuties(apart)));
    }
    CheckEnough(process, stated, duties, people);
  }

  void CheckEnough(const model::Provision& process, const ProvisionAttribute& stated, const std::vector<uint32_t>& duties, int64_t people) {
    const ProvisionAttribute* needed = model::FindAttribute(process.attributes, "needs at least");
    if (needed == nullptr || needed->values.empty() || needed->values.front().number <= people || !AreAllSteps(process, duties)) return;
    Report(process, stated.span, fmt::format("it needs at least {} people, and at most {} do its steps", needed->values.front().number, people));
  }

  // So many duties of which nobody may do two; those that come later are tried with those taken. A process has few steps.
  bool FindApart(const model::Provision& process, const std::vector<uint32_t>& duties, size_t from, size_t wanted, std::vector<uint32_t>& apart) const {
    if (apart.size() == wanted) return true;
    for (size_t i = from; i < duties.size() && apart.size() + duties.size() - i >= wanted && duties.size() <= kMostSteps; ++i) {
      const bool is_apart = std::ranges::all_of(apart, [&](uint32_t other) { return BrokenBy(process, {other, duties[i]}) != nullptr; });
      if (!is_apart) continue;
      apart.push_back(duties[i]);
      if (FindApart(process, duties, i + 1, wanted, apart)) return true;
      apart.pop_back();
    }
    return false;
  }

  static bool AreAllSteps(const model::Provision& process, const std::vector<uint32_t>& duties) {
    return std::ranges::all_of(process.attributes, [&](const ProvisionAttribute& stated) {
      const std::optional<uint32_t> duty = stated.keyword == "step" ? model::FirstReference(stated, Reference::Kind::Duty) : std::nullopt;
      return !duty || std::ranges::find(duties, *duty) != duties.end();
    });
  }

  std::string ListOfDuties(const std::vector<uint32_t>& duties) const {
    std::vector<std::string> names;
    for (const uint32_t duty : duties) names.push_back(Quoted(NameOf(duty)));
    return ListOf(names, kMostSteps);
  }

  // ---- The order of its steps

  using Order = std::map<uint32_t, std::vector<std::pair<uint32_t, Span>>>;  // what comes behind a step, and who says so

  static Order OrderOf(const model::Provision& process) {
    Order order;
    for (const ProvisionAttribute& stated : process.attributes) {
      if (stated.keyword == "order") {
        const std::vector<uint32_t> duties = model::References(stated, Reference::Kind::Duty);
        for (size_t i = 1; i < duties.size(); ++i) order[duties[i - 1]].emplace_back(duties[i], stated.span);
      }
      const std::optional<uint32_t> duty = stated.keyword == "step" ? model::FirstReference(stated, Reference::Kind::Duty) : std::nullopt;
      if (!duty) continue;
      for (const ProvisionAttribute& after : stated.nested) {
        if (after.keyword != "after") continue;
        for (const uint32_t earlier : model::References(after, Reference::Kind::Duty)) order[earlier].emplace_back(*duty, stated.span);
      }
    }
    return order;
  }

  // The first statement by which a step comes behind itself.
  void CheckOrder(const model::Provision& process) {
    const Order order = OrderOf(process);
    for (const auto& [step, behind] : order) {
      for (const auto& [next, place] : behind) {
        if (!Leads(order, next, step)) continue;
        const std::string why = next == step ? fmt::format("{} comes before itself", Quoted(NameOf(step)))
                                             : fmt::format("{} comes before {}, and behind it", Quoted(NameOf(step)), Quoted(NameOf(next)));
        return Report(process, place, why);
      }
    }
  }
  static bool Leads(const Order& order, uint32_t from, uint32_t to) {
    std::vector<uint32_t> reached = {from};
    for (size_t i = 0; i < reached.size(); ++i) {
      if (reached[i] == to) return true;
      const auto found = order.find(reached[i]);
      if (found == order.end()) continue;
      for (const auto& [next, place] : found->second) {
        if (std::ranges::find(reached, next) == reached.end()) reached.push_back(next);
      }
    }
    return false;
  }

  static constexpr size_t kMostSteps = 24;  // rulings SEM-25

  const Model& model_;
  const Denials denials_;
  Sink& sink_;
};

}  // namespace

std::vector<const model::Provision*> FindImpossibleDemands(const Model& model, Sink& sink) {
  const auto demands = [](const model::Provision& provision) {
    return provision.kind == "process" || (provision.is_attribute_holder && model::FindAttribute(provision.attributes, "requires") != nullptr);
  };
  if (std::ranges::none_of(model.provisions, demands)) return {};
  Demands found(model, sink);
  found.Run();
  return std::move(found.impossible);
}

}  // namespace sodc::lint
