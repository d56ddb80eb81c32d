#include "compiler/model/activations.h"

#include <algorithm>

namespace sodc::model {
namespace {

const ProvisionValue* FirstValue(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  const ProvisionAttribute* found = FindAttribute(attributes, keyword);
  return found == nullptr || found->values.empty() ? nullptr : &found->values.front();
}

std::string TextOf(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  const ProvisionValue* value = FirstValue(attributes, keyword);
  return value == nullptr ? "" : value->text;
}

ActorId ActorOf(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  const ProvisionAttribute* found = FindAttribute(attributes, keyword);
  const auto row = found == nullptr ? std::nullopt : FirstReference(*found, Reference::Kind::Actor);
  return row ? ActorId{*row} : ActorId{};
}

class ReadingActivation {
 public:
  ReadingActivation(const Model& model, const Carried& carried, const Waivers& people, ProvisionId id)
      : model_(model), carried_(carried), people_(people), own_(model.provisions[id].attributes) {
    made_.provision = id;
    const ProvisionAttribute* of = FindAttribute(own_, "of");
    const auto emergency = of == nullptr ? std::nullopt : FirstReference(*of, Reference::Kind::Provision);
    if (emergency) made_.emergency = ProvisionId{*emergency};
  }

  Activation Run() {
    if (!made_.emergency.is_valid()) return std::move(made_);
    made_.user = ActorOf(own_, "used by");
    made_.reason = TextOf(own_, "reason");
    made_.ticket = TextOf(own_, "ticket");
    made_.note = TextOf(own_, "note");
    for (uint32_t row = 0; row < model_.assignments.size(); ++row) {
      const Assignment& assignment = model_.assignments[row];
      if (assignment.activation != made_.provision) continue;
      made_.assignments.push_back(row);
    }
    ReadInterval();
    ReadReview();
    FindBarred();
    FindBreaches();
    return std::move(made_);
  }

 private:
  const std::vector<ProvisionAttribute>& Emergency() const { return model_.provisions[made_.emergency].attributes; }

  void ReadInterval() {
    const ProvisionAttribute* valid = FindAttribute(own_, "valid");
    if (valid == nullptr) return;
    if (const ProvisionValue* from = FirstValue(valid->nested, "from")) made_.from = from->number;
    const ProvisionValue* until = FirstValue(valid->nested, "until");
    if (until == nullptr) until = FirstValue(valid->nested, "through");
    if (until != nullptr) made_.until = until->number;
  }

  // Nobody reviews their own, and where a reviewer is named, nobody else.
  void ReadReview() {
    if (const ProvisionValue* within = FirstValue(Emergency(), "review within")) {
      made_.review_due = After(made_.until, *within, model_.policy.time_zone_seconds);
    }
    const ProvisionAttribute* reviewed = FindAttribute(own_, "reviewed");
    if (reviewed == nullptr || reviewed->values.empty()) return;
    made_.reviewer = ActorOf(reviewed->nested, "by");
    made_.reviewed_by_user = made_.reviewer == made_.user;
    const ActorId wanted = ActorOf(Emergency(), "reviewer");
    const bool is_other = made_.reviewer.is_valid() && !made_.reviewed_by_user;
    if (is_other && (!wanted.is_valid() || wanted == made_.reviewer)) made_.reviewed = reviewed->values.front().number;
  }

  bool IsNeverBypassed(const SideElement& element) const {
    const ProvisionAttribute* never = FindAttribute(Emergency(), "never bypasses");
    if (never == nullptr) return false;
    const auto names = [&](Reference::Kind kind, uint32_t index) { return std::ranges::count(References(*never, kind), index) != 0; };
    if (const auto* duty = std::get_if<DutyId>(&element.what)) return names(Reference::Kind::Duty, duty->index);
    if (const auto* role = std::get_if<RoleId>(&element.what)) return names(Reference::Kind::Role, role->index);
    const auto* entitlement = std::get_if<EntitlementId>(&element.what);
    return entitlement != nullptr && names(Reference::Kind::Entitlement, entitlement->index);
  }

  void FindBarred() {
    for (size_t i = 0; i < model_.conflicts.size(); ++i) {
      const ConflictId id = model_.conflicts.IdAt(i);
      const bool is_barred = std::ranges::any_of(model_.conflicts[id].sides, [&](const ConflictSide& side) {
        return std::ranges::any_of(side.elements, [&](const SideElement& element) { return IsNeverBypassed(element); });
      });
      const Conflict& conflict = model_.conflicts[id];
      if (is_barred) {
        made_.barred.push_back({id, "it never bypasses this conflict"});
      } else if (!carried_.Of(conflict, "never waived").empty()) {
        made_.barred.push_back({id, "`" + conflict.common.name + "` is never waived"});
      }
    }
  }

  void FindBreaches() {
    const auto& emergency = Emergency();
    const ProvisionAttribute* allowed = FindAttribute(emergency, "for");
    if (allowed != nullptr && made_.user.is_valid() && !people_.IsAmong(made_.user, *allowed, made_.from)) {
      made_.breaches.push_back("`" + model_.actors[made_.user].common.name + "` is none of those it is for");
    }
    const ProvisionValue* longest = FirstValue(emergency, "longest");
    if (longest != nullptr && made_.until > After(made_.from, *longest, model_.policy.time_zone_seconds)) {
      made_.breaches.push_back("it is longer than " + std::to_string(longest->number) + longest->text);
    }
    const ProvisionAttribute* reasons = FindAttribute(emergency, "reason one of");
    if (reasons != nullptr && std::ranges::count(reasons->values, made_.reason, &ProvisionValue::text) == 0) {
      made_.breaches.emplace_back("its reason is none of those that are allowed");
    }
    const ProvisionAttribute* needs = FindAttribute(emergency, "needs");
    if (needs == nullptr) return;
    for (const ProvisionValue& need : needs->values) {
      if (need.text == "ticket" && made_.ticket.empty()) made_.breaches.emplace_back("it names no ticket");
      if (need.text == "note" && made_.note.empty()) made_.breaches.emplace_back("it has no note");
    }
  }

  const Model& model_;
  const Carried& carried_;
  const Waivers& people_;
  const std::vector<ProvisionAttribute>& own_;
  Activation made_;
};

}  // namespace

std::vector<Activation> ActivationsOf(const Model& model, const Waivers& people) {
  std::vector<Activation> activations;
  const Carried carried(model);
  for (size_t i = 0; i < model.provisions.size(); ++i) {
    const ProvisionId id = model.provisions.IdAt(i);
    if (model.provisions[id].kind == "activation") activations.push_back(ReadingActivation(model, carried, people, id).Run());
  }
  return activations;
}

}  // namespace sodc::model
