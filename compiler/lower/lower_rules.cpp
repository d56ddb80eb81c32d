// Rules become atoms and one limit each (architecture.md, rulings appendix C):
// a side of `any` with several elements is one atom of its own, a side of `all`
// is its elements; two sides are then "at most members − 1". What stands on both of two
// such sides is a member by itself and part of neither (docs/decisions/0032).
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "compiler/lower/builder.h"
#include "compiler/lower/enforcers.h"
#include "compiler/lower/process_coverage.h"
#include "compiler/model/carried.h"
#include "compiler/model/waivers.h"

namespace sodc::lower {
namespace {

format::RuleKind FileValue(model::ConflictKind kind) {
  switch (kind) {
    case model::ConflictKind::Pair:
      return format::RuleKind::Pair;
    case model::ConflictKind::Set:
      return format::RuleKind::Set;
    case model::ConflictKind::AtMost:
      return format::RuleKind::AtMost;
    case model::ConflictKind::Role:
      return format::RuleKind::Role;
    case model::ConflictKind::Restriction:
      return format::RuleKind::Restriction;
    case model::ConflictKind::Forbidden:
      return format::RuleKind::Forbidden;
    case model::ConflictKind::Sensitive:
      return format::RuleKind::Sensitive;
    case model::ConflictKind::Reserved:
      return format::RuleKind::Reserved;
  }
  return format::RuleKind::Pair;
}

format::Quantifier FileValue(model::SideQuantifier quantifier) {
  switch (quantifier) {
    case model::SideQuantifier::One:
      return format::Quantifier::One;
    case model::SideQuantifier::Any:
      return format::Quantifier::Any;
    case model::SideQuantifier::All:
      return format::Quantifier::All;
  }
  return format::Quantifier::One;
}

format::Unevaluated FileValue(model::Unevaluated reason) {
  switch (reason) {
    case model::Unevaluated::None: return format::Unevaluated::None;
    case model::Unevaluated::Session: return format::Unevaluated::Session;
    case model::Unevaluated::Object: return format::Unevaluated::Object;
    case model::Unevaluated::Guard: return format::Unevaluated::Guard;
    case model::Unevaluated::Unit: return format::Unevaluated::Unit;
    case model::Unevaluated::Self: return format::Unevaluated::Self;
  }
  return format::Unevaluated::None;
}

format::ScopeMatch FileValue(model::ScopeMatch match) {
  switch (match) {
    case model::ScopeMatch::Any:
      return format::ScopeMatch::Any;
    case model::ScopeMatch::Same:
      return format::ScopeMatch::Same;
    case model::ScopeMatch::Across:
      return format::ScopeMatch::Across;
  }
  return format::ScopeMatch::Any;
}

// Atoms in the order in which rules first need them; distinct facts never share one.
class Atoms {
 public:
  explicit Atoms(std::vector<format::AtomRecord>& records) : records_(records) {}

  uint32_t Get(const format::AtomRecord& wanted) {
    const auto [place, is_new] = rows_.try_emplace(
        std::tuple(wanted.kind, wanted.ref, wanted.level, wanted.capacity, wanted.avoids),
        static_cast<uint32_t>(records_.size()));
    if (is_new) records_.push_back(wanted);
    return place->second;
  }

 private:
  std::vector<format::AtomRecord>& records_;
  std::map<std::tuple<format::AtomKind, uint32_t, uint32_t, uint32_t, uint32_t>, uint32_t> rows_;
};

format::ElementRecord MakeElement(Builder& builder, const model::SideElement& element,
                                  Atoms& atoms) {
  format::ElementRecord record;
  format::AtomRecord atom;
  record.capacity = atom.capacity = Builder::Row(element.capacity);
  record.avoids = atom.avoids = Builder::Row(element.avoids);
  record.is_direct = element.is_direct;
  if (const auto* duty = std::get_if<model::DutyId>(&element.what)) {
    record.kind = format::ElementKind::Duty;
    record.duty = atom.ref = Builder::Row(*duty);
    record.level = atom.level = builder.TriggerRank(element.trigger);
    atom.kind = format::AtomKind::Duty;
  } else if (const auto* role = std::get_if<model::RoleId>(&element.what)) {
    record.kind = format::ElementKind::Role;
    record.role = atom.ref = Builder::Row(*role);
    atom.kind = element.is_direct ? format::AtomKind::DirectRole : format::AtomKind::Role;
  } else if (const auto* entitlement = std::get_if<model::EntitlementId>(&element.what)) {
    record.kind = format::ElementKind::Entitlement;
    record.entitlement = atom.ref = Builder::Row(*entitlement);
    atom.kind = format::AtomKind::Entitlement;
  }
  record.atom = atoms.Get(atom);
  return record;
}

// A relation is what any duty that creates such objects may bring about: one element for each, or one without an
// atom where no duty does.
std::vector<format::ElementRecord> MakeElements(Builder& builder, const model::SideElement& element, Atoms& atoms) {
  const auto* being = std::get_if<model::Being>(&element.what);
  if (being == nullptr) return {MakeElement(builder, element, atoms)};
  format::ElementRecord relation;
  relation.kind = format::ElementKind::Relation;
  relation.object = Builder::Row(being->object);
  relation.relation = builder.Text(being->relation());
  std::vector<format::ElementRecord> made;
  for (const model::DutyId creator : being->creators()) {
    format::ElementRecord record = MakeElement(builder, {.what = creator, .trigger = being->trigger()}, atoms);
    record.kind = relation.kind;
    record.object = relation.object;
    record.relation = relation.relation;
    made.push_back(record);
  }
  if (made.empty()) made.push_back(relation);
  return made;
}

// What an element stands for, from which level on, in which capacity and how.
using ElementKey = std::tuple<size_t, uint32_t, std::string, uint32_t, uint32_t, bool>;

ElementKey KeyOf(const model::SideElement& element) {
  const auto* being = std::get_if<model::Being>(&element.what);
  const uint32_t row = std::visit([](const auto& what) {
    if constexpr (std::is_same_v<std::decay_t<decltype(what)>, model::Being>) return what.object.index;
    else return what.index;
  }, element.what);
  return {element.what.index(), row, being == nullptr ? "" : being->relation(), element.trigger.index,
          element.capacity.index, element.is_direct};
}

// The limit of a rule while its sides are added.
struct Limit {
  std::set<ElementKey> shared;     // what stands on both of two sides of any
  std::set<ElementKey> relations;  // members that are judged for each object, by no atom
  std::vector<uint32_t> members;

  void Add(const model::SideElement& element, uint32_t atom) {
    if (atom == format::kNone) {
      relations.insert(KeyOf(element));
    } else {
      members.push_back(atom);
    }
  }
  size_t size() const { return members.size() + relations.size(); }
};

// A rule `across` one thing has that on both sides and is about two places of it.
std::set<ElementKey> SharedElements(const model::Conflict& conflict) {
  std::set<ElementKey> shared;
  if (conflict.kind != model::ConflictKind::Set || conflict.match == model::ScopeMatch::Across) return shared;
  std::set<ElementKey> first;
  for (const model::SideElement& element : conflict.sides[0].elements) first.insert(KeyOf(element));
  for (const model::SideElement& element : conflict.sides[1].elements) {
    if (first.count(KeyOf(element)) != 0) shared.insert(KeyOf(element));
  }
  return shared;
}

// Adds the side with its elements and the limit members it contributes.
void AddSide(Builder& builder, const model::ConflictSide& side, uint32_t rule_row, Atoms& atoms, Limit& limit) {
  TableImage& image = builder.image;
  format::SideRecord record;
  record.rule = rule_row;
  record.quantifier = FileValue(side.quantifier);
  record.group = Builder::Row(side.group);
  record.elements_first = Begin(image.Elements);
  size_t own_count = 0;
  std::vector<const model::SideElement*> written;  // for each row
  for (const model::SideElement& element : side.elements) {
    const std::vector<format::ElementRecord> made = MakeElements(builder, element, atoms);
    image.Elements.insert(image.Elements.end(), made.begin(), made.end());
    written.resize(written.size() + made.size(), &element);
    own_count += limit.shared.empty() || limit.shared.count(KeyOf(element)) == 0 ? made.size() : 0;
  }
  record.elements_count = CountSince(image.Elements, record.elements_first);
  // One relation that several duties bring about: any of them.
  if (side.quantifier == model::SideQuantifier::One && written.size() > 1) record.quantifier = format::Quantifier::Any;
  const bool is_group = record.quantifier == format::Quantifier::Any && own_count > 1;
  if (is_group) {
    format::AtomRecord atom;
    atom.kind = format::AtomKind::Side;
    atom.ref = Begin(image.Sides);
    atom.avoids = Builder::Row(side.elements.front().avoids);
    record.atom = atoms.Get(atom);
    limit.members.push_back(record.atom);
  }
  for (size_t i = 0; i < written.size() && !(is_group && limit.shared.empty()); ++i) {
    const bool is_member = !is_group || limit.shared.count(KeyOf(*written[i])) != 0;
    if (is_member) limit.Add(*written[i], image.Elements[record.elements_first + i].atom);
  }
  image.Sides.push_back(record);
}

// How many of the members one may hold. A single duty is held or not, and a rule `across`
// one thing is about two holdings of it: its exact test looks at both sides.
uint32_t MostAllowed(const model::Conflict& conflict, const Limit& limit) {
  if (!limit.shared.empty()) return 1;
  switch (conflict.kind) {
    case model::ConflictKind::Forbidden:
    case model::ConflictKind::Sensitive:
    case model::ConflictKind::Reserved:
      return 0;
    case model::ConflictKind::AtMost:
      return conflict.at_most;
    default:
      return limit.size() == 0 ? 0 : static_cast<uint32_t>(limit.size()) - 1;
  }
}

void AddLimit(Builder& builder, const model::Conflict& conflict, uint32_t rule_row, Atoms& atoms,
              format::RuleRecord& record) {
  TableImage& image = builder.image;
  Limit limit;
  limit.shared = SharedElements(conflict);
  std::vector<uint32_t>& members = limit.members;
  record.sides_first = Begin(image.Sides);
  for (const model::ConflictSide& side : conflict.sides) {
    AddSide(builder, side, rule_row, atoms, limit);
  }
  record.sides_count = CountSince(image.Sides, record.sides_first);

  std::ranges::sort(members);
  const auto repeated = std::ranges::unique(members);
  members.erase(repeated.begin(), repeated.end());
  const bool is_counted = conflict.kind == model::ConflictKind::AtMost;
  record.declared_at_most = is_counted ? conflict.at_most : 0;
  record.at_most = MostAllowed(conflict, limit);
  record.members_first = Begin(image.RuleMembers);
  for (const uint32_t atom : members) image.RuleMembers.push_back({atom});
  record.members_count = static_cast<uint32_t>(members.size());
}

void AddTexts(Builder& builder, const model::Conflict& conflict, format::RuleRecord& record) {
  record.name = builder.Text(conflict.common.name);
  record.title = builder.Text(conflict.common.title);
  record.description = builder.Text(conflict.common.description);
  record.reason = builder.Text(conflict.reason);
  record.because = builder.Text(conflict.because);
  record.advice = builder.Text(conflict.advice);
  record.identifier = builder.Text(conflict.identifier);
  record.kind_label = builder.Text(conflict.kind_label);
  record.reviewed = builder.Text(conflict.reviewed ? ToString(*conflict.reviewed) : std::string());
}

// What is said of rules elsewhere than in them.
struct Around {
  explicit Around(const model::Model& model) : processes(model), carried(model), enforcers(EnforcersIn(model, carried)) {}

  std::vector<model::ControlId> PermittedWith(const model::Conflict& conflict) const {
    std::vector<model::ControlId> controls;
    for (const model::ProvisionAttribute* stated : carried.Of(conflict, "permitted with")) {
      for (const uint32_t row : model::References(*stated, model::Reference::Kind::Control)) controls.push_back(model::ControlId{row});
    }
    return controls;
  }

  const ProcessCoverage processes;
  const model::Carried carried;
  const Enforcers enforcers;
};

// Whom an `approved by` names, and whether it names more by a condition on people.
struct Approvers {
  std::vector<model::WaiverParty> parties;
  bool has_others = false;
};

// Of those that apply to the conflict: a condition that cannot be decided names them to be safe.
std::vector<Approvers> ApproversIn(const std::vector<const model::ProvisionAttribute*>& stated, const model::Conflict& conflict,
                                   const model::Carried& carried) {
  std::vector<Approvers> all;
  for (const model::ProvisionAttribute* one : stated) {
    const model::ProvisionAttribute* when = model::FindAttribute(one->nested, "when");
    if (when != nullptr && !when->nested.empty() && carried.HoldsFor(conflict, when->nested.front()) == model::Truth::No) continue;
    all.push_back({model::PartiesIn(carried, *one), model::FindAttribute(one->nested, "people where") != nullptr});
  }
  return all;
}

// By the rule, any of them; by the rules about all waivers, those whom each of these names.
Approvers ApproversOf(const model::Model& model, const model::Conflict& conflict, const model::Carried& carried) {
  Approvers found;
  for (const Approvers& one : ApproversIn(carried.Of(conflict, "approved by"), conflict, carried)) {
    for (const model::WaiverParty& party : one.parties) {
      if (std::ranges::find(found.parties, party) == found.parties.end()) found.parties.push_back(party);
    }
    found.has_others |= one.has_others;
  }
  if (!found.parties.empty() || found.has_others || conflict.mode != model::Mode::Approve) return found;
  std::vector<const model::ProvisionAttribute*> of_waivers;
  for (const model::Provision& provision : model.provisions) {
    if (provision.kind != "waivers") continue;
    for (const model::ProvisionAttribute& attribute : provision.attributes) {
      if (attribute.keyword == "approved by") of_waivers.push_back(&attribute);
    }
  }
  bool is_first = true;
  for (const Approvers& one : ApproversIn(of_waivers, conflict, carried)) {
    if (is_first) found = one;
    std::erase_if(found.parties, [&](const model::WaiverParty& party) { return std::ranges::find(one.parties, party) == one.parties.end(); });
    found.has_others &= one.has_others;
    is_first = false;
  }
  return found;
}

void AddApprovers(Builder& builder, const model::Conflict& conflict, uint32_t rule, const model::Carried& carried) {
  const Approvers approvers = ApproversOf(builder.model, conflict, carried);
  for (const model::WaiverParty& party : approvers.parties) {
    const format::RuleApproverRecord record = {rule, builder.ActorRow(party.actor), Builder::Row(party.role), 0};
    if (record.actor != format::kNone || record.role != format::kNone) builder.image.RuleApprovers.push_back(record);
  }
  if (approvers.has_others) builder.image.RuleApprovers.push_back({rule, format::kNone, format::kNone, 1});
}

void AddLists(Builder& builder, const model::Conflict& conflict, const Around& around, format::RuleRecord& record) {
  TableImage& image = builder.image;
  record.controls_first = Begin(image.RuleControls);
  for (const model::ControlId control : conflict.controls) {
    image.RuleControls.push_back({builder.ControlRow(control)});
  }
  record.controls_count = CountSince(image.RuleControls, record.controls_first);
  builder.ControlRange(around.processes.ControlsOf(conflict), image.RuleProcessControls, record.process_controls_first,
                       record.process_controls_count);
  builder.ControlRange(around.PermittedWith(conflict), image.RulePermittedWith, record.permitted_with_first, record.permitted_with_count);
  record.clauses_first = Begin(image.RuleClauses);
  for (const model::ClauseId clause : conflict.clauses) {
    image.RuleClauses.push_back({Builder::Row(clause)});
  }
  record.clauses_count = CountSince(image.RuleClauses, record.clauses_first);
  builder.TextRange(conflict.tags, image.RuleTags, record.tags_first, record.tags_count);
  record.places_first = Begin(image.RulePlaces);
  for (const Span& span : conflict.sources) {
    format::PlaceRecord place;
    builder.Place(place, span);
    image.RulePlaces.push_back(place);
  }
  record.places_count = CountSince(image.RulePlaces, record.places_first);
}

format::RuleRecord MakeRule(Builder& builder, const model::Conflict& conflict, uint32_t rule_row,
                            const Around& around, Atoms& atoms) {
  format::RuleRecord record;
  record.valid_from = conflict.valid_from;
  record.valid_until = conflict.valid_until;
  AddTexts(builder, conflict, record);
  record.is_named = conflict.is_named;
  record.kind = FileValue(conflict.kind);
  record.modality = lower::FileValue(conflict.modality);
  record.mode = lower::FileValue(conflict.mode);
  record.mode_is_declared = conflict.mode_is_declared;
  record.mode_is_default = conflict.mode_is_default;
  record.mode_is_of_level = conflict.mode_is_of_level;
  record.enforcement = Builder::Row(conflict.enforcement);
  record.enforcement_is_default = conflict.enforcement_is_default;
  record.risk = Builder::Row(conflict.risk);
  record.risk_is_default = conflict.risk_is_default;
  record.category = Builder::Row(conflict.category);
  record.owner = builder.ActorRow(conflict.owner);
  record.match = FileValue(conflict.match);
  record.unevaluated = FileValue(conflict.unevaluated);
  record.dimension = Builder::Row(conflict.dimension);
  record.only_in = builder.ScopeRow(conflict.only_in);
  // The enumerators are the file's.
  record.unevaluated = static_cast<format::Unevaluated>(conflict.unevaluated);
  record.moment = static_cast<format::Moment>(conflict.moment);
  record.per = Builder::Row(conflict.per);
  record.subject = static_cast<format::RuleSubject>(conflict.subject);
  record.disabled_until = conflict.disabled_until;
  record.counting = conflict.counting;
  record.counting_is_declared = conflict.counting_is_declared;
  AddLimit(builder, conflict, rule_row, atoms, record);
  record.appetite = Builder::Row(around.processes.AppetiteOf(conflict));
  AddLists(builder, conflict, around, record);
  AddApprovers(builder, conflict, rule_row, around.carried);
  AddEnforcers(builder, rule_row, around.enforcers);
  return record;
}

// INVARIANT: an amendment adds controls behind those that the rule had (sema/amendments.cpp).
void AddAmendments(Builder& builder) {
  for (const model::Amendment& amendment : builder.model.amendments) {
    const model::Conflict& before = amendment.before;
    format::RuleAmendmentRecord record;
    record.until = amendment.until;
    record.rule = Builder::Row(amendment.rule);
    record.mode = lower::FileValue(before.mode);
    record.mode_is_declared = before.mode_is_declared;
    record.mode_is_default = before.mode_is_default;
    record.mode_is_of_level = before.mode_is_of_level;
    record.risk = Builder::Row(before.risk);
    record.risk_is_default = before.risk_is_default;
    record.category = Builder::Row(before.category);
    record.owner = builder.ActorRow(before.owner);
    record.advice = builder.Text(before.advice);
    record.enforcement = Builder::Row(before.enforcement);
    record.enforcement_is_default = before.enforcement_is_default;
    record.controls = static_cast<uint32_t>(before.controls.size());
    builder.image.RuleAmendments.push_back(record);
  }
  std::ranges::sort(builder.image.RuleAmendments, {}, &format::RuleAmendmentRecord::rule);
}

// Rules come in ascending order, and so do their changes.
void AddChange(Builder& builder, const model::Conflict& conflict, uint32_t rule) {
  if (!conflict.changed_by.is_valid()) return;
  format::RuleChangeRecord record;
  record.rule = rule;
  record.statement = Builder::Row(conflict.changed_by);
  record.is_disabled = builder.model.provisions[conflict.changed_by].kind == "disable";
  const auto& amendments = builder.model.amendments;
  const auto amendment = std::ranges::find(amendments, rule, [](const model::Amendment& row) { return Builder::Row(row.rule); });
  record.until = record.is_disabled ? conflict.disabled_until : amendment == amendments.end() ? kEndOfTime : amendment->until;
  builder.image.RuleChanges.push_back(record);
}

bool IsPair(const format::RuleRecord& rule) {
  return rule.at_most == 1 && rule.members_count == 2;
}

// From every atom to the rules it takes part in: pairs by their other atom, sorted
// by (atom, rule); all other limits by rule, which is their order of addition.
void AddAdjacency(TableImage& image) {
  std::vector<std::vector<format::AtomPairRecord>> pairs(image.Atoms.size());
  std::vector<std::vector<format::RuleRefRecord>> limits(image.Atoms.size());
  for (uint32_t row = 0; row < image.Rules.size(); ++row) {
    const format::RuleRecord& rule = image.Rules[row];
    const auto* members = image.RuleMembers.data() + rule.members_first;
    if (IsPair(rule)) {
      pairs[members[0].atom].push_back({members[1].atom, row});
      pairs[members[1].atom].push_back({members[0].atom, row});
      continue;
    }
    for (uint32_t i = 0; i < rule.members_count; ++i) limits[members[i].atom].push_back({row});
  }
  for (size_t atom = 0; atom < image.Atoms.size(); ++atom) {
    format::AtomRecord& record = image.Atoms[atom];
    std::ranges::sort(pairs[atom], {}, [](const format::AtomPairRecord& pair) {
      return std::pair(pair.atom, pair.rule);
    });
    record.pairs_first = Begin(image.AtomPairs);
    image.AtomPairs.insert(image.AtomPairs.end(), pairs[atom].begin(), pairs[atom].end());
    record.pairs_count = CountSince(image.AtomPairs, record.pairs_first);
    record.limits_first = Begin(image.AtomLimits);
    image.AtomLimits.insert(image.AtomLimits.end(), limits[atom].begin(), limits[atom].end());
    record.limits_count = CountSince(image.AtomLimits, record.limits_first);
  }
}

}  // namespace

void LowerRules(Builder& builder) {
  Atoms atoms(builder.image.Atoms);
  const Around around(builder.model);
  for (const model::Conflict& conflict : builder.model.conflicts) {
    const uint32_t rule_row = Begin(builder.image.Rules);
    builder.image.Rules.push_back(MakeRule(builder, conflict, rule_row, around, atoms));
    AddChange(builder, conflict, rule_row);
  }
  AddAmendments(builder);
  AddAdjacency(builder.image);
}

}  // namespace sodc::lower
