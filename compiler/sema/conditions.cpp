// Conditions of rules, from what was carried: when a rule applies, what its mode depends on, what it
// requires (second-ring section 1, E17, E25; docs/decisions/0076).
#include <algorithm>
#include <map>

#include "compiler/model/carried.h"
#include "compiler/sema/enforcement.h"
#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::Conflict;
using model::ConflictId;
using model::ProvisionAttribute;
using model::RuleCondition;

uint64_t KeyOfPlace(Span span) { return (uint64_t{span.file.index} << 32) | span.begin; }

class Conditions {
 public:
  explicit Conditions(Context& context) : context_(context), model_(context.model), carried_(context.model) {
    for (const model::Provision& provision : model_.provisions) {
      for (const ProvisionAttribute& attribute : provision.attributes) {
        if (attribute.keyword == "mode") modes_.try_emplace(KeyOfPlace(attribute.span), &attribute);
      }
    }
  }

  void Run() {
    for (size_t i = 0; i < model_.conflicts.size(); ++i) {
      const ConflictId id = model_.conflicts.IdAt(i);
      if (model_.conflicts[id].is_guarded) AddApplies(id);
      AddModes(id);
      AddRequirements(id, "requires");
      AddRequirements(id, "requires control");
    }
    std::ranges::stable_sort(model_.conditions, [](const RuleCondition& a, const RuleCondition& b) {
      return std::tuple(a.rule.index, a.purpose, a.from) < std::tuple(b.rule.index, b.purpose, b.from);
    });
  }

 private:
  // Equal places are one condition: `each of` makes many rules of one statement.
  uint32_t RowOf(std::vector<uint64_t> places, ProvisionAttribute condition) {
    const auto [found, is_new] = rows_.try_emplace(std::move(places), static_cast<uint32_t>(model_.guards.size()));
    if (is_new) model_.guards.push_back(std::move(condition));
    return found->second;
  }
  uint32_t RowOf(const ProvisionAttribute& condition) { return RowOf({KeyOfPlace(condition.span)}, condition); }

  // Every statement of the rule has a condition: it applies where one of them does.
  void AddApplies(ConflictId id) {
    const Conflict& conflict = model_.conflicts[id];
    ProvisionAttribute any;
    any.keyword = "or";
    std::vector<uint64_t> places;
    for (const Span source : conflict.sources) {
      for (const bool is_negated : {false, true}) {
        for (const ProvisionAttribute* stated : carried_.Of(source, is_negated ? "people where" : "applies when")) {
          if (stated->nested.empty() || std::ranges::find(places, KeyOfPlace(stated->span)) != places.end()) continue;
          places.push_back(KeyOfPlace(stated->span));
          any.nested.push_back(is_negated ? Negated(stated->nested.front()) : stated->nested.front());
        }
      }
    }
    if (any.nested.empty()) return;
    ProvisionAttribute condition = any.nested.size() == 1 ? any.nested.front() : std::move(any);
    RuleCondition added;
    added.rule = id;
    added.guard = RowOf(std::move(places), std::move(condition));
    model_.conditions.push_back(std::move(added));
  }

  // `reserve x to people where g` is a rule about all others.
  static ProvisionAttribute Negated(const ProvisionAttribute& condition) {
    ProvisionAttribute made;
    made.keyword = "not";
    made.nested = {condition};
    made.span = condition.span;
    return made;
  }

  // ---- Modes

  const ast::Attribute* ModeOf(const Conflict& conflict, const ast::Attribute* declared) const {
    if (conflict.mode_is_declared) return declared;
    if (!conflict.mode_is_of_level) return nullptr;
    const auto level = context_.provision_declarations.find(conflict.enforcement.index);
    return level == context_.provision_declarations.end() ? nullptr : Find(level->second->attributes, AttributeKind::Mode);
  }

  void AddModes(ConflictId id) {
    const auto place = context_.stated_modes.find(id.index);
    const ast::Attribute* declared = place == context_.stated_modes.end() ? nullptr : place->second;
    const auto change = context_.changes.find(id.index);
    const auto amendment = std::ranges::find(model_.amendments, id, &model::Amendment::rule);
    Instant from = kBeginningOfTime;
    const ast::Attribute* now = declared;
    if (amendment != model_.amendments.end()) {
      from = amendment->until;
      if (change != context_.changes.end()) {
        if (const ast::Attribute* amended = Find(change->second.declaration->attributes, AttributeKind::Mode)) now = amended;
      }
      AddMode(id, ModeOf(amendment->before, declared), amendment->before, {from, kEndOfTime});
    }
    AddMode(id, ModeOf(model_.conflicts[id], now), model_.conflicts[id],
            {kBeginningOfTime, amendment != model_.amendments.end() ? from : kEndOfTime});
  }

  // A mode that depends on the moment, too, stays the stricter one.
  void AddMode(ConflictId id, const ast::Attribute* mode, Conflict& conflict, const Interval& in_force) {
    if (mode == nullptr || Find(mode->nested, AttributeKind::When) == nullptr || Find(mode->nested, AttributeKind::At) != nullptr) return;
    const auto carried = modes_.find(KeyOfPlace(mode->span));
    const ProvisionAttribute* when = carried == modes_.end() ? nullptr : model::FindAttribute(carried->second->nested, "when");
    const std::optional<model::Mode> then = ModeInWords(*mode);
    if (when == nullptr || when->nested.empty() || !then) return;
    const ast::Attribute* otherwise = Find(mode->nested, AttributeKind::Otherwise);
    RuleCondition added;
    added.rule = id;
    added.purpose = RuleCondition::Purpose::Mode;
    added.guard = RowOf(when->nested.front());
    added.from = in_force.from;
    added.until = in_force.until;
    added.mode = *then;
    added.otherwise = otherwise == nullptr ? ModeUnstated(context_, conflict) : ModeInWords(*otherwise).value_or(*then);
    conflict.mode = std::max(added.mode, added.otherwise);
    if (added.from < added.until) model_.conditions.push_back(std::move(added));
  }

  // ---- What is required

  void AddRequirements(ConflictId id, std::string_view keyword) {
    for (const ProvisionAttribute* stated : carried_.Of(model_.conflicts[id], keyword)) {
      const ProvisionAttribute* when = model::FindAttribute(stated->nested, "when");
      for (const model::ProvisionValue& value : stated->values) {
        if (value.kind != model::ProvisionValue::Kind::Reference) continue;
        RuleCondition added;
        added.rule = id;
        added.purpose = RuleCondition::Purpose::Requires;
        if (when != nullptr && !when->nested.empty()) added.guard = RowOf(when->nested.front());
        added.required = value.reference;
        model_.conditions.push_back(std::move(added));
      }
    }
  }

  Context& context_;
  model::Model& model_;
  const model::Carried carried_;
  std::unordered_map<uint64_t, const ProvisionAttribute*> modes_;  // carried ones, by their place
  std::map<std::vector<uint64_t>, uint32_t> rows_;
};

}  // namespace

void CollectConditions(Context& context) { Conditions(context).Run(); }

}  // namespace sodc::sema
