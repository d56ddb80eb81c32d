// Pages of what is declared and is neither a thing that is held nor a rule: waivers, exemptions, emergencies
// and their uses, levels of enforcement, and all that is carried as it stands in the source.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/explain/page.h"
#include "compiler/explain/words.h"
#include "compiler/model/activations.h"
#include "compiler/model/exemptions.h"

namespace sodc::explain {
namespace {

using model::Model;
using model::ProvisionAttribute;
using model::ProvisionId;
using model::ProvisionValue;
using model::Reference;

// ---- What is stated, word by word

std::string NameOfReference(const Model& model, const Reference& reference) {
  const uint32_t row = reference.index;
  switch (reference.kind) {
    case Reference::Kind::Scale: return model.scales[model::ScaleId{row}].common.name;
    case Reference::Kind::ScaleMember: return model.scale_members[model::ScaleMemberId{row}].common.name;
    case Reference::Kind::Duty: return model.duties[model::DutyId{row}].common.name;
    case Reference::Kind::Group: return model.groups[model::GroupId{row}].common.name;
    case Reference::Kind::Role: return "role " + model.roles[model::RoleId{row}].common.name;
    case Reference::Kind::Actor: return model.actors[model::ActorId{row}].common.name;
    case Reference::Kind::System: return model.systems[model::SystemId{row}].common.name;
    case Reference::Kind::Conflict: return model.conflicts[model::ConflictId{row}].common.name;
    case Reference::Kind::Control: return model.controls[model::ControlId{row}].common.name;
    case Reference::Kind::Framework: return model.frameworks[model::FrameworkId{row}].common.name;
    case Reference::Kind::Clause: return model.clauses[model::ClauseId{row}].id;
    case Reference::Kind::Document: return model.documents[row].common.name;
    case Reference::Kind::ScopeDimension: return model.scope_dimensions[model::ScopeDimensionId{row}].common.name;
    case Reference::Kind::ScopeNode: return model.scope_nodes[model::ScopeNodeId{row}].common.name;
    case Reference::Kind::Entitlement: return "entitlement " + model.entitlements[model::EntitlementId{row}].common.name;
    case Reference::Kind::Provision: return model.provisions[ProvisionId{row}].common.name;
  }
  return {};
}

std::string Stated(const Model& model, const ProvisionValue& value) {
  switch (value.kind) {
    case ProvisionValue::Kind::Reference: return NameOfReference(model, value.reference);
    case ProvisionValue::Kind::Text: return '"' + value.text + '"';
    case ProvisionValue::Kind::Integer: return Number(value);
    case ProvisionValue::Kind::Duration: return std::to_string(value.number) + value.text;
    case ProvisionValue::Kind::Word:
    case ProvisionValue::Kind::Time: break;
  }
  return value.text;
}

bool IsScope(const ProvisionAttribute& attribute) {
  return attribute.keyword == "in" && !attribute.values.empty() && attribute.values[0].kind == ProvisionValue::Kind::Reference &&
         attribute.values[0].reference.kind == Reference::Kind::ScopeNode;
}

// INVARIANT: recursion is as deep as braces and conditions nest, which the parser limits.
std::string Stated(const Model& model, const ProvisionAttribute& attribute) {
  std::vector<std::string> values, clauses;
  for (const ProvisionValue& value : attribute.values) values.push_back(Stated(model, value));
  std::string text = Join(values);
  if (IsScope(attribute)) {
    const model::ScopeNodeId node{attribute.values[0].reference.index};
    text = model.scope_dimensions[model.scope_nodes[node].dimension].common.name + " " + text;
  }
  for (const ProvisionAttribute& nested : attribute.nested) {
    const std::string inner = Stated(model, nested);
    const bool has_word = nested.keyword != "party" && nested.keyword != "unit" && nested.keyword != "side";
    clauses.push_back(!has_word || nested.keyword == "role" ? inner : nested.keyword + (inner.empty() ? "" : " " + inner));
  }
  const bool is_list = attribute.keyword == "for" || attribute.keyword == "approved by" || attribute.keyword == "waived by";
  for (const std::string& clause : clauses) text += (text.empty() ? "" : is_list ? ", " : " ") + clause;
  return text;
}

void AddStated(const Model& model, const model::Provision& provision, Page& page) {
  for (const ProvisionAttribute& attribute : provision.attributes) {
    const std::string text = Stated(model, attribute);
    text.empty() ? page.Line(attribute.keyword) : page.Fact(attribute.keyword, text);
  }
}

// ---- People and rules

void AddOnce(std::vector<std::string>& names, std::string name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
}

// Everybody by name: of a team its members, of a role who held it then by an assignment of the policy.
std::vector<std::string> PeopleOf(const Model& model, const std::vector<model::WaiverParty>& parties, Instant at) {
  const model::ActorHoldings holdings(model);
  std::vector<std::string> people;
  for (const model::WaiverParty& party : parties) {
    const bool is_team = party.actor.is_valid() && model.actors[party.actor].kind == model::ActorKind::Team;
    if (party.actor.is_valid() && !is_team) AddOnce(people, Label(model.actors[party.actor].common));
    for (size_t i = 0; i < model.actors.size(); ++i) {
      const model::ActorId actor = model.actors.IdAt(i);
      if (model.actors[actor].kind == model::ActorKind::Team) continue;
      const bool is_meant = is_team ? holdings.IsPartOf(actor, party.actor) : party.role.is_valid() && holdings.HoldsRole(actor, party.role, at);
      if (!is_meant) continue;
      const std::string by = is_team ? "team " + model.actors[party.actor].common.name : "role " + model.roles[party.role].common.name;
      AddOnce(people, Label(model.actors[actor].common) + ", by " + by);
    }
  }
  return people;
}

void AddRulesOf(const Model& model, const std::vector<model::ConflictId>& rules, std::string_view title, Page& page) {
  std::vector<std::string> lines;
  for (const model::ConflictId id : rules) lines.push_back(RuleLine(model, model.conflicts[id]));
  page.Section(title, lines);
}

std::string DayOf(const Model& model, Instant at) { return TimeText(at, model.policy.time_zone_seconds); }
std::string LastDayOf(const Model& model, Instant end) { return EndText(end, model.policy.time_zone_seconds); }

// ---- Each kind

class AboutProvision {
 public:
  AboutProvision(const Subject& subject, ProvisionId id, Page& page)
      : subject_(subject), model_(subject.model), id_(id), provision_(subject.model.provisions[id]), page_(page) {}

  void Add() {
    if (provision_.changes_verdicts) page_.Line("carried by this version, and not judged");
    AddStated(model_, provision_, page_);
    if (provision_.kind == "waiver") return AddWaiver();
    if (provision_.kind == "exemption" || provision_.kind == "grandfather") return AddExemption();
    if (provision_.kind == "activation") return AddActivation();
    if (provision_.kind == "emergency") return AddEmergency();
    if (provision_.kind == "enforcement") AddEnforcement();
  }

 private:
  void Standing(std::string_view words) {
    if (subject_.as_of) page_.Fact("on " + DayOf(model_, *subject_.as_of), words);
  }

  void AddWaiver() {
    const model::Waivers waivers(model_);
    const auto found = std::ranges::find(waivers.all(), id_, &model::Waiver::provision);
    if (found == waivers.all().end()) return;
    const model::Waiver& waiver = *found;
    if (subject_.as_of) Standing(StandingOf(waiver));
    page_.Section("Covers, on its first day", PeopleOf(model_, waiver.parties, waiver.from));
    std::vector<std::string> fails, earlier, later;
    for (const model::ConflictId rule : waiver.conflicts) {
      for (const model::Breach& breach : waivers.BreachesOf(waiver, rule)) AddOnce(fails, breach.words);
    }
    const std::string interest = waivers.OwnInterest(waiver, subject_.as_of);
    const std::string_view nobody = waivers.WhyNobody(waiver);
    if (!interest.empty()) fails.push_back("it is approved by " + interest);
    if (!nobody.empty()) fails.push_back(fmt::format("it is approved by `{}`, {}", model_.actors[waiver.approver].common.name, nobody));
    AddRulesOf(model_, waiver.conflicts, fails.empty() ? "Excuses" : "Would excuse", page_);
    for (const model::Waiver* one : waivers.RenewedBy(waiver)) earlier.push_back(Line(*one));
    for (const model::Waiver& one : waivers.all()) {
      const auto chain = waivers.RenewedBy(one);
      if (std::ranges::find(chain, &waiver) != chain.end()) later.push_back(Line(one));
    }
    page_.Section("Fails at", fails);
    page_.Section("Renews", earlier);
    page_.Section("Renewed by", later);
  }

  std::string Line(const model::Waiver& waiver) const {
    return Label(model_.provisions[waiver.provision].common) + During(model_, waiver.from, std::min(waiver.until, waiver.closed));
  }

  std::string StandingOf(const model::Waiver& waiver) const {
    const Instant at = *subject_.as_of;
    if (at < waiver.from) return "not yet in force: it begins on " + DayOf(model_, waiver.from);
    if (at >= waiver.closed && waiver.closed < waiver.until) return "closed since " + DayOf(model_, waiver.closed);
    if (at >= waiver.until) return "over: it ended on " + LastDayOf(model_, waiver.until);
    return "in force until " + LastDayOf(model_, std::min(waiver.until, waiver.closed));
  }

  void AddExemption() {
    const model::Carried carried(model_);
    const std::vector<model::Exemption> all = model::ExemptionsOf(model_, carried);
    const auto found = std::ranges::find(all, id_, &model::Exemption::provision);
    if (found == all.end()) return;
    const bool is_over = subject_.as_of && *subject_.as_of >= found->review_due;
    const std::string last = LastDayOf(model_, found->review_due);
    Standing(is_over ? "it excuses nothing: its review was due by " + last : "in force, to be reviewed by " + last);
    if (found->is_grandfathering()) page_.Line("covers everybody, for what all was assigned before that day");
    page_.Section("Covers", PeopleOf(model_, found->parties, subject_.as_of.value_or(kBeginningOfTime)));
    std::vector<std::string> fails;
    for (const model::ConflictId rule : found->conflicts) {
      if (const std::string words = model::BreachOf(carried, model_.conflicts[rule]); !words.empty()) AddOnce(fails, words);
    }
    AddRulesOf(model_, found->conflicts, fails.empty() ? "Excuses" : "Would excuse", page_);
    page_.Section("Fails at", fails);
  }

  std::vector<model::Activation> Activations() const {
    const model::Waivers people(model_);
    return model::ActivationsOf(model_, people);
  }

  std::string StandingOf(const model::Activation& activation) const {
    if (!subject_.as_of) return {};
    const Instant at = *subject_.as_of;
    if (at >= activation.review_due && at < activation.reviewed) return "nobody else has reviewed it in time: it excuses nothing";
    if (at < activation.from) return "not yet in use";
    return at < activation.until ? "in use until " + LastDayOf(model_, activation.until) : "over since " + DayOf(model_, activation.until);
  }

  void AddActivation() {
    const std::vector<model::Activation> all = Activations();
    const auto found = std::ranges::find(all, id_, &model::Activation::provision);
    if (found == all.end()) return;
    Standing(StandingOf(*found));
    if (found->review_due != kEndOfTime) page_.Fact("review due by", LastDayOf(model_, found->review_due));
    std::vector<std::string> given, barred, fails = found->breaches;
    for (const uint32_t row : found->assignments) given.push_back(NameOf(model_, model_.assignments[row].target));
    for (const model::Activation::Barred& rule : found->barred) {
      barred.push_back(RuleLine(model_, model_.conflicts[rule.conflict]) + ": " + rule.words);
    }
    if (found->reviewed_by_user) fails.emplace_back("who used it reviewed it");
    page_.Section("Gives", given);
    page_.Section("Never excuses", barred);
    page_.Section("Fails at", fails);
  }

  void AddEmergency() {
    std::vector<std::string> uses;
    for (const model::Activation& activation : Activations()) {
      if (activation.emergency != id_) continue;
      const std::string standing = StandingOf(activation);
      const std::string user = activation.user.is_valid() ? model_.actors[activation.user].common.name : "nobody";
      std::string line = Label(model_.provisions[activation.provision].common) + ", by " + user + During(model_, activation.from, activation.until);
      if (!standing.empty()) line += "; " + standing;
      for (const std::string& breach : activation.breaches) line += "; " + breach;
      uses.push_back(std::move(line));
    }
    const ProvisionAttribute* gives = model::FindAttribute(provision_.attributes, "gives");
    std::vector<model::ConflictId> rules;
    for (size_t i = 0; gives != nullptr && i < model_.conflicts.size(); ++i) {
      const model::ConflictId rule = model_.conflicts.IdAt(i);
      const auto members = model::MembersIn(*gives);
      const bool is_touched = std::ranges::any_of(model_.conflicts[rule].sides, [&](const model::ConflictSide& side) {
        return std::ranges::any_of(side.elements, [&](const model::SideElement& element) { return model::IsAmong(element, members); });
      });
      if (is_touched) rules.push_back(rule);
    }
    page_.Section("Used", uses);
    AddRulesOf(model_, rules, "Rules about what it gives", page_);
  }

  void AddEnforcement() {
    std::vector<model::ConflictId> rules;
    for (size_t i = 0; i < model_.conflicts.size(); ++i) {
      const model::ConflictId rule = model_.conflicts.IdAt(i);
      if (model_.conflicts[rule].enforcement == id_) rules.push_back(rule);
    }
    if (model_.policy.default_enforcement == id_) page_.Line("the default of the policy");
    AddRulesOf(model_, rules, "Rules of this level", page_);
  }

  const Subject& subject_;
  const Model& model_;
  const ProvisionId id_;
  const model::Provision& provision_;
  Page& page_;
};

// INVARIANT: recursion is as deep as braces nest, which the parser limits.
bool Names(const std::vector<ProvisionAttribute>& attributes, Reference::Kind kind, uint32_t row) {
  return std::ranges::any_of(attributes, [&](const ProvisionAttribute& attribute) {
    return std::ranges::count(model::References(attribute, kind), row) != 0 || Names(attribute.nested, kind, row);
  });
}

}  // namespace

void AddNaming(const Subject& subject, Reference::Kind kind, uint32_t row, Page& page) {
  std::vector<std::string> lines;
  for (const model::Provision& provision : subject.model.provisions) {
    if (provision.kind == "test" || !Names(provision.attributes, kind, row)) continue;
    AddOnce(lines, provision.kind + " " + Label(provision.common));
  }
  page.Section("Named by", lines);
}

void AddProvision(const Subject& subject, ProvisionId id, Page& page) { AboutProvision(subject, id, page).Add(); }

}  // namespace sodc::explain
