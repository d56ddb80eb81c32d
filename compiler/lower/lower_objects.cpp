// Kinds of objects, and what rules and processes say of what is done on one (second-ring E2, E4, E13, E15, E46).
// INVARIANT: provisions are lowered already, in their order, their attributes in pre-order.
#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/builder.h"
#include "compiler/lower/condition_words.h"
#include "compiler/model/carried.h"

namespace sodc::lower {
namespace {

using model::FirstReference;
using model::FindAttribute;
using model::ProvisionAttribute;
using model::Reference;

format::DurationUnit UnitOf(const std::string& unit) {
  if (unit == "h") return format::DurationUnit::Hour;
  if (unit == "w") return format::DurationUnit::Week;
  if (unit == "mo") return format::DurationUnit::Month;
  if (unit == "y") return format::DurationUnit::Year;
  return format::DurationUnit::Day;
}

std::string WordAt(const ProvisionAttribute& attribute, size_t index) {
  return index < attribute.values.size() ? attribute.values[index].text : std::string();
}

uint32_t NumberAt(const ProvisionAttribute& attribute, size_t index, uint32_t most) {
  if (index >= attribute.values.size()) return 0;
  return static_cast<uint32_t>(std::clamp<int64_t>(attribute.values[index].number, 0, most));
}

// `applies when C and D` is one condition; where nothing is said there is none.
const ProvisionAttribute* ConditionIn(const std::vector<ProvisionAttribute>& attributes) {
  const ProvisionAttribute* when = FindAttribute(attributes, "applies when");
  return when != nullptr ? when : FindAttribute(attributes, "when");
}

class Objects {
 public:
  explicit Objects(Builder& builder) : builder_(builder), image_(builder.image) {}

  void Run() {
    const auto& provisions = builder_.model.provisions;
    for (size_t i = 0; i < provisions.size(); ++i) {
      const model::ProvisionId id = provisions.IdAt(i);
      if (provisions[id].kind == "object") kinds_.emplace(id.index, static_cast<uint32_t>(kinds_.size()));
    }
    for (const auto& [provision, row] : kinds_) AddKind(provision);
    AddDutyObjects();
    AddOwnActions();
    for (size_t i = 0; i < provisions.size(); ++i) {
      if (provisions[provisions.IdAt(i)].kind == "process") AddProcess(provisions.IdAt(i));
    }
  }

 private:
  uint32_t KindOf(const ProvisionAttribute& attribute) const {
    const auto provision = FirstReference(attribute, Reference::Kind::Provision);
    const auto found = provision ? kinds_.find(*provision) : kinds_.end();
    return found == kinds_.end() ? format::kNone : found->second;
  }

  void AddKind(uint32_t provision) {
    const model::Provision& declared = builder_.model.provisions[model::ProvisionId{provision}];
    format::ObjectKindRecord record;
    record.provision = provision;
    record.relations_first = Begin(image_.ObjectRelations);
    record.attributes_first = Begin(image_.ObjectAttributes);
    for (const ProvisionAttribute& attribute : declared.attributes) {
      if (attribute.keyword == "part of") record.part_of = KindOf(attribute);
      if (attribute.keyword == "relations") {
        for (const model::ProvisionValue& value : attribute.values) {
          relations_.emplace(std::pair(provision, value.text), Begin(image_.ObjectRelations));
          image_.ObjectRelations.push_back({builder_.Text(value.text)});
        }
      }
      AddAttribute(attribute);
    }
    record.relations_count = CountSince(image_.ObjectRelations, record.relations_first);
    record.attributes_count = CountSince(image_.ObjectAttributes, record.attributes_first);
    image_.ObjectKinds.push_back(record);
  }

  void AddAttribute(const ProvisionAttribute& attribute) {
    const std::string& type = attribute.keyword;
    if (type != "amount" && type != "number" && type != "flag" && type != "class") return;
    format::ObjectAttributeRecord record;
    record.name = builder_.Text(WordAt(attribute, 0));
    record.type = builder_.Text(type);
    record.currency = builder_.Text(type == "amount" ? WordAt(attribute, 1) : std::string());
    if (type == "amount" || type == "number") record.decimals = std::min(NumberTypeOf(attribute).second, 18u);
    const ProvisionAttribute* in = FindAttribute(attribute.nested, "in");
    const auto scale = in == nullptr ? std::nullopt : FirstReference(*in, Reference::Kind::Scale);
    record.scale = scale.value_or(format::kNone);
    image_.ObjectAttributes.push_back(record);
  }

  // What a duty says is carried beside it, under its name.
  void AddDutyObjects() {
    std::map<std::pair<std::string, bool>, uint32_t> duties;
    for (size_t i = 0; i < builder_.model.duties.size(); ++i) {
      const model::DutyId id = builder_.model.duties.IdAt(i);
      const model::Common& common = builder_.model.duties[id].common;
      duties.emplace(std::pair(common.name, common.is_own), id.index);
    }
    for (const model::Provision& provision : builder_.model.provisions) {
      const auto duty = provision.is_attribute_holder && provision.kind == "duty" ? duties.find({provision.common.name, provision.common.is_own}) : duties.end();
      if (duty == duties.end()) continue;
      for (const ProvisionAttribute& attribute : provision.attributes) {
        const bool creates = attribute.keyword == "creates";
        if ((creates || attribute.keyword == "on") && KindOf(attribute) != format::kNone) {
          image_.DutyObjects.push_back({duty->second, creates ? 1u : 0u, KindOf(attribute)});
        }
      }
    }
    const auto key = [](const format::DutyObjectRecord& row) { return std::pair(row.duty, row.creates); };
    std::ranges::sort(image_.DutyObjects, {}, key);
    const auto twice = std::ranges::unique(image_.DutyObjects, {}, key);
    image_.DutyObjects.erase(twice.begin(), twice.end());
  }

  // As a conflict that does not state its mode: that of the policy, else of must and should (SEM-18).
  void AddOwnActions() {
    for (uint32_t row = 0; row < image_.Restrictions.size(); ++row) {
      const format::RestrictionRecord& restriction = image_.Restrictions[row];
      if (restriction.on_own_actions == 0) continue;
      const bool is_own = builder_.model.roles[model::RoleId{restriction.role}].common.is_own;
      const auto& default_mode = builder_.model.policy.default_mode;
      const model::Mode mode = is_own && default_mode ? *default_mode
                               : restriction.modality == format::Modality::Must ? model::Mode::Deny : model::Mode::Warn;
      image_.OwnActionRules.push_back({row, lower::FileValue(mode)});
    }
  }

  // ---- Processes

  // The row of an attribute of the provision; kNone for none.
  uint32_t RowOf(const ProvisionAttribute* wanted) const { return wanted == nullptr ? format::kNone : rows_.at(wanted); }

  void NumberAttributes(const std::vector<ProvisionAttribute>& attributes, uint32_t& next) {
    for (const ProvisionAttribute& attribute : attributes) {
      rows_.emplace(&attribute, next++);
      NumberAttributes(attribute.nested, next);
    }
  }

  void AddProcess(model::ProvisionId id) {
    const model::Provision& provision = builder_.model.provisions[id];
    const ProvisionAttribute* per = FindAttribute(provision.attributes, "per");
    const uint32_t kind = per == nullptr ? format::kNone : KindOf(*per);
    if (kind == format::kNone) return;  // it is not about objects
    uint32_t next = image_.Provisions[id.index].attributes_first;
    NumberAttributes(provision.attributes, next);
    format::ActProcessRecord record;
    record.provision = id.index;
    record.kind = kind;
    record.condition = RowOf(ConditionIn(provision.attributes));
    record.steps_first = Begin(image_.ActSteps);
    record.constraints_first = Begin(image_.ActConstraints);
    record.approvals_first = Begin(image_.ActApprovals);
    const ProvisionAttribute* each = FindAttribute(provision.attributes, "each step needs");
    people_of_step_ = each == nullptr ? 1 : std::max(1u, NumberAt(*each, 0, 0xffff));
    statement_ = 0;
    orders_.clear();
    for (const ProvisionAttribute& attribute : provision.attributes) AddStatement(attribute, record);
    record.steps_count = CountSince(image_.ActSteps, record.steps_first);
    record.constraints_count = CountSince(image_.ActConstraints, record.constraints_first);
    record.approvals_count = CountSince(image_.ActApprovals, record.approvals_first);
    image_.ActProcesses.push_back(record);
  }

  void AddStatement(const ProvisionAttribute& attribute, format::ActProcessRecord& record) {
    const std::vector<uint32_t> duties = model::References(attribute, Reference::Kind::Duty);
    const std::string& word = attribute.keyword;
    if (word == "step" && !duties.empty()) {
      image_.ActSteps.push_back({duties[0], people_of_step_});
      const ProvisionAttribute* after = FindAttribute(attribute.nested, "after");
      const auto before = after == nullptr ? std::nullopt : FirstReference(*after, Reference::Kind::Duty);
      if (before) AddOrder(*before, duties[0]);
    } else if (word == "order") {
      for (size_t i = 1; i < duties.size(); ++i) AddOrder(duties[i - 1], duties[i]);
    } else if (word == "same person") {
      for (const uint32_t duty : duties) AddConstraint(format::ActConstraintKind::SamePerson, duty, format::kNone);
    } else if (word == "one unit") {
      for (const uint32_t duty : duties) AddConstraint(format::ActConstraintKind::OneUnit, duty, format::kNone);
    } else if (word == "at most … people do") {
      for (const uint32_t duty : duties) AddConstraint(format::ActConstraintKind::AtMostPeople, duty, format::kNone, NumberAt(attribute, 0, 0xffffff));
    } else if (word == "restarts" && duties.size() == 2) {
      const ProvisionAttribute* approvals = FindAttribute(attribute.nested, "approvals");
      AddConstraint(format::ActConstraintKind::Restart, duties[0], duties[1], approvals != nullptr && WordAt(*approvals, 0) == "kept");
    } else if (word == "apart" && duties.size() == 2) {
      AddApart(attribute, duties);
    } else if (word == "closed by" && !duties.empty()) {
      record.closed_by = duties[0];
    } else if (word == "rounds") {
      record.is_per_round = WordAt(attribute, 0) != "together";
    } else if (word == "approval") {
      AddApproval(attribute);
    }
    ++statement_;
  }

  // Said twice, it is said once.
  void AddOrder(uint32_t first, uint32_t second) {
    if (orders_.emplace(first, second).second) AddConstraint(format::ActConstraintKind::Order, first, second);
  }

  format::ActConstraintRecord& AddConstraint(format::ActConstraintKind kind, uint32_t first, uint32_t second, uint32_t number = 0) {
    format::ActConstraintRecord row;
    row.kind = kind;
    row.statement = std::min(statement_, 0xffffu);
    row.first = first;
    row.second = second;
    row.number = number;
    image_.ActConstraints.push_back(row);
    return image_.ActConstraints.back();
  }

  void AddApart(const ProvisionAttribute& attribute, const std::vector<uint32_t>& duties) {
    for (const ProvisionAttribute& item : attribute.nested) {
      if (item.values.empty()) continue;
      format::ActConstraintRecord& row =
          AddConstraint(format::ActConstraintKind::Apart, duties[0], duties[1], NumberAt(item, 0, 0xffffff));
      row.unit = UnitOf(WordAt(item, 0));
      row.condition = RowOf(ConditionIn(item.nested));
    }
  }

  void AddApproval(const ProvisionAttribute& attribute) {
    const ProvisionAttribute* after = FindAttribute(attribute.nested, "after");
    const ProvisionAttribute* before = FindAttribute(attribute.nested, "before");
    const ProvisionAttribute* anchor = after != nullptr ? after : before;
    const auto duty = anchor == nullptr ? std::nullopt : FirstReference(*anchor, Reference::Kind::Duty);
    if (!duty) return;  // reported
    format::ActApprovalRecord record;
    record.name = builder_.Text(WordAt(attribute, 0));
    record.title = builder_.Text(attribute.values.size() > 1 ? WordAt(attribute, 1) : WordAt(attribute, 0));
    record.duty = *duty;
    record.is_after = after != nullptr;
    if (const ProvisionAttribute* within = FindAttribute(attribute.nested, "within")) {
      record.within = NumberAt(*within, 0, 0xffffff);
      record.within_unit = UnitOf(WordAt(*within, 0));
    }
    record.condition = RowOf(ConditionIn(attribute.nested));
    record.slots_first = Begin(image_.ActSlots);
    record.exclusions_first = Begin(image_.ActExclusions);
    for (const ProvisionAttribute& nested : attribute.nested) {
      for (const ProvisionAttribute& part : nested.nested) {
        if (nested.keyword == "by") AddSlot(part, record);
        if (nested.keyword == "none of") AddExclusion(part, record);
      }
    }
    record.slots_count = CountSince(image_.ActSlots, record.slots_first);
    record.exclusions_count = CountSince(image_.ActExclusions, record.exclusions_first);
    image_.ActApprovals.push_back(record);
  }

  void AddSlot(const ProvisionAttribute& slot, format::ActApprovalRecord& approval) {
    format::ActSlotRecord record;
    record.people = NumberAt(slot, 0, 0xffff);
    record.accepts_tools = FindAttribute(slot.nested, "tools") != nullptr;
    record.qualifiers_first = Begin(image_.ActQualifiers);
    for (const ProvisionAttribute& side : slot.nested) {
      if (side.keyword == "tools") continue;
      // All of several at once, and a capacity, are more than a list can say.
      const bool is_plain = side.keyword != "all of" && FindAttribute(side.nested, "as") == nullptr;
      approval.unjudged |= !is_plain;
      const ProvisionAttribute* at = FindAttribute(side.nested, "at");
      const auto member = at == nullptr ? std::nullopt : FirstReference(*at, Reference::Kind::ScaleMember);
      const model::ScaleMemberId level{member.value_or(model::ScaleMemberId{}.index)};
      for (const model::ProvisionValue& value : side.values) AddQualifier(value, level, approval);
    }
    record.qualifiers_count = CountSince(image_.ActQualifiers, record.qualifiers_first);
    image_.ActSlots.push_back(record);
  }

  void AddQualifier(const model::ProvisionValue& value, model::ScaleMemberId level, format::ActApprovalRecord& approval) {
    format::ActQualifierRecord row;
    const uint32_t index = value.reference.index;
    const bool is_reference = value.kind == model::ProvisionValue::Kind::Reference;
    const Reference::Kind kind = value.reference.kind;
    if (is_reference && kind == Reference::Kind::Duty) {
      row.duty = index;
      row.level = level.is_valid() ? builder_.TriggerRank(level) : std::min(1u, builder_.TriggerRank({}));
    } else if (is_reference && kind == Reference::Kind::Role) {
      row.role = index;
    } else if (is_reference && kind == Reference::Kind::Entitlement) {
      row.entitlement = index;
    } else {
      approval.unjudged = 1;
      return;
    }
    image_.ActQualifiers.push_back(row);
  }

  void AddExclusion(const ProvisionAttribute& side, format::ActApprovalRecord& approval) {
    const bool is_being = side.values.size() == 2 && side.values[0].kind == model::ProvisionValue::Kind::Word;
    if (is_being) {
      std::string relation = side.values[0].text;  // "being owner of"
      relation = relation.substr(relation.find(' ') + 1);
      relation = relation.substr(0, relation.rfind(' '));
      const auto found = relations_.find(std::pair(side.values[1].reference.index, relation));
      if (found == relations_.end()) {
        approval.unjudged = 1;
      } else {
        image_.ActExclusions.push_back({format::kNone, found->second});
      }
      return;
    }
    for (const model::ProvisionValue& value : side.values) {
      const bool is_duty = value.kind == model::ProvisionValue::Kind::Reference && value.reference.kind == Reference::Kind::Duty;
      if (is_duty) image_.ActExclusions.push_back({value.reference.index, format::kNone});
      approval.unjudged |= !is_duty;
    }
  }

  Builder& builder_;
  TableImage& image_;
  std::map<uint32_t, uint32_t> kinds_;  // rows of ObjectKinds by provision, in declared order
  std::map<std::pair<uint32_t, std::string>, uint32_t> relations_;
  std::map<const ProvisionAttribute*, uint32_t> rows_;
  std::set<std::pair<uint32_t, uint32_t>> orders_;
  uint32_t people_of_step_ = 1;
  uint32_t statement_ = 0;
};

}  // namespace

void LowerObjects(Builder& builder) { Objects(builder).Run(); }

}  // namespace sodc::lower
