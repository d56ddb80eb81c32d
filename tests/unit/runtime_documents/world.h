// Facts from vectors: a small policy built by hand, without compiler or table.
#ifndef SODC_TESTS_UNIT_RUNTIME_DOCUMENTS_WORLD_H_
#define SODC_TESTS_UNIT_RUNTIME_DOCUMENTS_WORLD_H_

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/documents/facts.h"

namespace sod::documents {

class World {
 public:
#define SOD_SECTION(number, Name, Row, Kind) std::vector<format::Row##Record> Name;
#include "runtime/format/records.def"

  World() {
    Text("");
    Meta.emplace_back();
    Meta[0].name = Text("demo");
    Meta[0].title = Text("Demo policy");
    Meta[0].revision = 3;
    for (uint32_t* optional : {&Meta[0].author, &Meta[0].approver, &Meta[0].owner, &Meta[0].appetite,
                               &Meta[0].risk_scale, &Meta[0].access_scale}) {
      *optional = kNone;
    }
  }

  uint32_t Text(std::string_view text) {
    const auto [it, is_new] = numbers_.try_emplace(std::string(text), static_cast<uint32_t>(numbers_.size()));
    if (is_new) {
      if (offsets_.empty()) offsets_.push_back(0);
      bytes_ += text;
      offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
    }
    return it->second;
  }

  struct Member {
    std::string_view name, title, symbol, shown, definition;
  };
  uint32_t AddScale(std::string_view name, format::ScaleMeasures measures, std::initializer_list<Member> members) {
    const uint32_t row = static_cast<uint32_t>(Scales.size());
    format::ScaleRecord scale;
    scale.name = scale.title = Text(name);
    scale.measures = measures;
    scale.members_first = static_cast<uint32_t>(ScaleMembers.size());
    scale.members_count = static_cast<uint32_t>(members.size());
    uint32_t rank = 0;
    for (const Member& m : members) {
      ScaleMembers.push_back({.name = Text(m.name), .title = Text(m.title), .symbol = Text(m.symbol),
                              .shown = Text(m.shown), .definition = Text(m.definition), .scale = row,
                              .rank = rank++});
    }
    Scales.push_back(scale);
    if (measures == format::ScaleMeasures::Risk) Meta[0].risk_scale = row;
    if (measures == format::ScaleMeasures::Access) Meta[0].access_scale = row;
    return row;
  }

  uint32_t AddDuty(std::string_view name, std::string_view title) {
    format::DutyRecord duty;
    duty.name = Text(name);
    duty.title = Text(title);
    duty.is_own = 1;
    Duties.push_back(duty);
    return static_cast<uint32_t>(Duties.size() - 1);
  }

  // Restrictions, includes and duties are appended to the last role.
  uint32_t AddRole(std::string_view name, std::string_view title) {
    format::RoleRecord role;
    role.name = Text(name);
    role.title = Text(title);
    role.is_own = 1;
    role.includes_first = static_cast<uint32_t>(RoleIncludes.size());
    role.grants_first = static_cast<uint32_t>(Grants.size());
    role.restrictions_first = static_cast<uint32_t>(Restrictions.size());
    role.duties_first = static_cast<uint32_t>(RoleDuties.size());
    Roles.push_back(role);
    return static_cast<uint32_t>(Roles.size() - 1);
  }
  // Duties in ascending order, as in a table.
  void Grant(uint32_t duty, uint32_t level, std::string_view note = "", std::string_view shown = "") {
    const uint32_t role = static_cast<uint32_t>(Roles.size() - 1);
    RoleDuties.push_back({duty, level, static_cast<uint32_t>(Grants.size())});
    ++Roles[role].duties_count;
    format::GrantRecord grant;
    grant.role = role;
    grant.duty = duty;
    grant.entitlement = grant.scope = grant.capacity = kNone;
    grant.level = level;
    grant.note = Text(note);
    grant.shown = Text(shown);
    Grants.push_back(grant);
    ++Roles[role].grants_count;
  }
  void Inherit(uint32_t duty, uint32_t level, uint32_t from) {
    RoleDuties.push_back({duty, level, format::kViaRole + from});
    ++Roles.back().duties_count;
  }
  void Include(uint32_t role) {
    RoleIncludes.push_back({role});
    ++Roles.back().includes_count;
  }
  format::RestrictionRecord& Restrict(std::initializer_list<uint32_t> duties) {
    format::RestrictionRecord restriction;
    restriction.role = static_cast<uint32_t>(Roles.size() - 1);
    restriction.duties_first = static_cast<uint32_t>(RestrictionDuties.size());
    restriction.duties_count = static_cast<uint32_t>(duties.size());
    for (uint32_t duty : duties) RestrictionDuties.push_back({duty});
    ++Roles.back().restrictions_count;
    return Restrictions.emplace_back(restriction);
  }

  void Separate(uint32_t duty, uint32_t target, format::Modality modality, std::string_view reason,
                std::string_view shown) {
    Separations.push_back({duty, target, kNone, modality, Text(reason), Text(shown), 0, 1, 1});
  }
  void CompatibleWithAll(uint32_t duty, std::string_view because) {
    format::CompatibleRecord record;
    record.left_first = static_cast<uint32_t>(CompatibleLefts.size());
    record.left_count = 1;
    record.right_first = static_cast<uint32_t>(CompatibleRights.size());
    record.is_with_all = 1;
    record.because = Text(because);
    CompatibleLefts.push_back({duty});
    Compatibles.push_back(record);
  }

  struct SideSpec {
    std::vector<uint32_t> targets;
    format::Quantifier quantifier = format::Quantifier::One;
    format::ElementKind kind = format::ElementKind::Duty;
  };
  uint32_t AddRule(format::RuleKind kind, std::initializer_list<SideSpec> sides, std::string_view title = "") {
    format::RuleRecord rule;
    rule.name = rule.title = Text("rule" + std::to_string(Rules.size()));
    if (!title.empty()) rule.title = Text(title);
    rule.kind = kind;
    rule.mode = format::Mode::Deny;
    rule.risk = rule.category = rule.owner = kNone;
    rule.declared_at_most = rule.at_most = 1;
    rule.valid_from = format::kOpenBegin;
    rule.valid_until = format::kOpenEnd;
    rule.sides_first = static_cast<uint32_t>(Sides.size());
    rule.sides_count = static_cast<uint32_t>(sides.size());
    rule.controls_first = static_cast<uint32_t>(RuleControls.size());
    const uint32_t row = static_cast<uint32_t>(Rules.size());
    for (const SideSpec& spec : sides) {
      format::SideRecord side{row, spec.quantifier, kNone, kNone, static_cast<uint32_t>(Elements.size()),
                              static_cast<uint32_t>(spec.targets.size())};
      for (uint32_t target : spec.targets) {
        const bool is_role = spec.kind == format::ElementKind::Role;
        Elements.push_back({.kind = spec.kind, .duty = is_role ? kNone : target,
                            .role = is_role ? target : kNone, .level = 1, .atom = 0});
      }
      Sides.push_back(side);
    }
    Rules.push_back(rule);
    return row;
  }
  // Of the last rule.
  void AddControl(std::string_view title) {
    format::ControlRecord control;
    control.name = control.title = Text(title);
    control.category = control.owner = kNone;
    control.valid_from = format::kOpenBegin;
    control.valid_until = format::kOpenEnd;
    RuleControls.push_back({static_cast<uint32_t>(Controls.size())});
    ++Rules.back().controls_count;
    Controls.push_back(control);
  }

  // A person who holds these rows of Elements; violations follow for rules of two sides.
  void AddHolder(std::string_view title, std::vector<uint32_t> elements, SubjectKind kind = SubjectKind::Person,
                 bool is_vacant = false) {
    Holder holder;
    holder.kind = kind;
    holder.id = holder.title = title;
    holder.is_vacant = is_vacant;
    holders_.push_back(holder);
    held_.push_back(std::move(elements));
  }
  std::vector<Holder>& holders() { return holders_; }

  Facts Build() {
    Facts facts;
#define SOD_SECTION(number, Name, Row, Kind) facts.Name = Name;
#include "runtime/format/records.def"
    facts.string_offsets = offsets_;
    facts.string_bytes = bytes_.data();
    facts.holders = holders_;
    facts.element_holders.resize(Elements.size());
    facts.rule_violators.resize(Rules.size());
    facts.rule_undecided.resize(Rules.size());
    for (uint32_t row = 0; row < held_.size(); ++row) {
      for (uint32_t element : held_[row]) facts.element_holders[element].push_back(row);
      for (uint32_t rule = 0; rule < Rules.size(); ++rule) {
        if (Rules[rule].sides_count == 2 && HoldsBothSides(row, rule)) facts.rule_violators[rule].push_back(row);
      }
    }
    for (const auto& violators : facts.rule_violators) facts.violator_states.emplace_back(violators.size());
    facts.as_of = 1773705600;  // 2026-03-17
    facts.table_sha256 = std::string(64, 'a');
    facts.tool_version = "sodc 0.1.0";
    return facts;
  }

 private:
  bool HoldsBothSides(uint32_t holder, uint32_t rule) const {
    for (uint32_t side = Rules[rule].sides_first; side < Rules[rule].sides_first + 2; ++side) {
      uint32_t count = 0;
      for (uint32_t i = 0; i < Sides[side].elements_count; ++i) {
        for (uint32_t element : held_[holder]) count += element == Sides[side].elements_first + i ? 1 : 0;
      }
      if (count < (Sides[side].quantifier == format::Quantifier::All ? Sides[side].elements_count : 1)) return false;
    }
    return true;
  }

  std::map<std::string, uint32_t, std::less<>> numbers_;
  std::vector<uint32_t> offsets_;
  std::string bytes_;
  std::vector<Holder> holders_;
  std::vector<std::vector<uint32_t>> held_;
};

}  // namespace sod::documents

#endif  // SODC_TESTS_UNIT_RUNTIME_DOCUMENTS_WORLD_H_
