#include "compiler/sema/amendments.h"

#include <algorithm>

#include "compiler/sema/carry.h"
#include "compiler/sema/enforcement.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::Declaration;
using ast::DeclarationKind;
using model::Conflict;
using model::ConflictId;
using model::ProvisionAttribute;

constexpr AttributeKind kAmendable[] = {AttributeKind::Risk,  AttributeKind::Mode,   AttributeKind::Enforcement, AttributeKind::Category,
                                        AttributeKind::Owner, AttributeKind::Advice, AttributeKind::MitigatedBy};

class Changes {
 public:
  explicit Changes(Context& context) : context_(context) {}

  void Visit(const Declaration& declaration, ModuleIndex module) {
    CheckApprovers(declaration, module);
    const bool is_amend = declaration.kind == DeclarationKind::Amend;
    if (is_amend && !ChangesSomething(declaration)) {
      const auto path = FirstPath(Find(declaration.attributes, AttributeKind::Of));
      Diagnose<DiagKind::AmendsNothing>(declaration.keyword_span, path ? path->Joined() : "")
          .Help("name what becomes another: `risk`, `mode`, `enforcement`, `category`, `owner`, `advice` or `mitigated by`")
          .To(context_.sink);
    }
    for (const ConflictId id : RulesOf(declaration, module)) {
      if (!MayChange(declaration, id)) return;
      context_.changes.emplace(id.index, Context::Change{&declaration, context_.model.conflicts[id]});
      is_amend ? Amend(declaration, module, id) : Disable(declaration, id);
    }
  }

 private:
  static bool ChangesSomething(const Declaration& declaration) {
    return std::ranges::any_of(kAmendable, [&](AttributeKind kind) { return Find(declaration.attributes, kind) != nullptr; });
  }

  // A rule by its id, or all rules of an `each of` conflict. An unknown name is told when the
  // declaration is carried.
  std::vector<ConflictId> RulesOf(const Declaration& declaration, ModuleIndex module) const {
    const auto path = FirstPath(Find(declaration.attributes, AttributeKind::Of));
    if (!path) return {};
    const auto found = context_.conflicts_by_name.find(path->Joined());
    if (found != context_.conflicts_by_name.end()) return {ConflictId{found->second}};
    std::vector<ConflictId> rules;
    const Symbol* symbol = Lookup(context_, module, *path);
    if (symbol == nullptr || symbol->kind != EntityKind::Conflict) return rules;
    for (size_t i = 0; i < context_.model.conflicts.size(); ++i) {
      const ConflictId id = context_.model.conflicts.IdAt(i);
      const auto& sources = context_.model.conflicts[id].sources;
      if (std::ranges::find(sources, NameSpan(*symbol)) != sources.end()) rules.push_back(id);
    }
    return rules;
  }

  // What stands in one's own file is edited there, and one rule is changed once.
  bool MayChange(const Declaration& declaration, ConflictId id) {
    const Conflict& conflict = context_.model.conflicts[id];
    const bool is_amend = declaration.kind == DeclarationKind::Amend;
    for (const Span source : conflict.sources) {
      if (source.file != declaration.keyword_span.file) continue;
      Diagnose<DiagKind::ChangeOfOwnRule>(declaration.keyword_span, conflict.common.name, is_amend ? "amended" : "disabled")
          .Label(source, "stated here")
          .Help("change it where it is stated")
          .To(context_.sink);
      return false;
    }
    const auto earlier = context_.changes.find(id.index);
    if (earlier == context_.changes.end()) return true;
    Diagnose<DiagKind::RuleChangedTwice>(declaration.keyword_span, conflict.common.name)
        .Label(earlier->second.declaration->keyword_span, "the first time")
        .Help("say all of it once")
        .To(context_.sink);
    return false;
  }

  // The author of a policy cannot approve an exception from what was imported (SEM-19).
  void CheckApprovers(const Declaration& declaration, ModuleIndex module) {
    const ast::Attribute* approved = Find(declaration.attributes, AttributeKind::ApprovedBy);
    if (approved == nullptr) return;
    for (const ast::Attribute& party : approved->nested) {
      const auto path = party.kind == AttributeKind::Party ? FirstPath(&party) : std::nullopt;
      const Symbol* symbol = path ? Lookup(context_, module, *path) : nullptr;
      const bool is_actor = symbol != nullptr && (Bit(symbol->kind) & kActor.kinds) != 0;
      if (!is_actor || model::ActorId{symbol->index} != context_.model.policy.author) continue;
      Diagnose<DiagKind::AuthorApproves>(party.span, path->Joined())
          .Help("another one has to approve it")
          .To(context_.sink);
    }
  }

  void Amend(const Declaration& declaration, ModuleIndex module, ConflictId id) {
    Conflict& conflict = context_.model.conflicts[id];
    const Attributes& attributes = declaration.attributes;
    if (const auto end = EndOf(declaration)) context_.model.amendments.push_back({id, *end, conflict});
    const auto member = [&](AttributeKind kind, model::ScaleMeasures measures) {
      const auto path = FirstPath(Find(attributes, kind));
      return path ? FindMember(*path, measures) : model::ScaleMemberId{};
    };
    if (const auto risk = member(AttributeKind::Risk, model::ScaleMeasures::Risk); risk.is_valid()) {
      conflict.risk = risk;
      conflict.risk_is_default = false;
    }
    if (const auto category = member(AttributeKind::Category, model::ScaleMeasures::Category); category.is_valid()) {
      conflict.category = category;
    }
    if (const auto level = Row<model::Provision>(attributes, AttributeKind::Enforcement, module, kEnforcement); level.is_valid()) {
      conflict.enforcement = level;
      conflict.enforcement_is_default = false;
    }
    const ast::Attribute* mode = Find(attributes, AttributeKind::Mode);
    if (const auto strictest = mode == nullptr ? std::nullopt : StrictestMode(*mode)) {
      conflict.mode = *strictest;
      conflict.mode_is_declared = true;
      conflict.mode_is_default = false;
    }
    SettleDefaults(context_, conflict);
    if (const auto owner = Row<model::Actor>(attributes, AttributeKind::Owner, module, kActor); owner.is_valid()) conflict.owner = owner;
    if (const ast::Attribute* advice = Find(attributes, AttributeKind::Advice)) conflict.advice = TextOf(advice);
    AddControls(attributes, module, conflict);
  }

  void AddControls(const Attributes& attributes, ModuleIndex module, Conflict& conflict) {
    ForEachPath(attributes, AttributeKind::MitigatedBy, [&](const NamePath& path) {
      const Symbol* symbol = Lookup(context_, module, path);
      if (symbol == nullptr || symbol->kind != EntityKind::Control) return;
      const model::ControlId control{symbol->index};
      if (std::ranges::find(conflict.controls, control) == conflict.controls.end()) conflict.controls.push_back(control);
    });
  }

  void Disable(const Declaration& declaration, ConflictId id) {
    if (const auto end = EndOf(declaration)) context_.model.conflicts[id].disabled_until = *end;
  }

  // A rule comes back by itself, and as it was, behind the day of its next review.
  std::optional<Instant> EndOf(const Declaration& declaration) const {
    const ast::Attribute* next = Find(declaration.attributes, AttributeKind::Next);
    const auto* literal = next == nullptr || next->values.empty() ? nullptr : std::get_if<ast::DateLiteral>(&next->values.front());
    if (literal == nullptr) return std::nullopt;
    return ParseEnd(literal->spelling, context_.model.policy.time_zone_seconds);
  }

  // Silent look-ups: what is wrong is told when the declaration is carried.
  template <typename RowType>
  Id<RowType> Row(const Attributes& attributes, AttributeKind kind, ModuleIndex module, const Wanted& wanted) const {
    const auto path = FirstPath(Find(attributes, kind));
    const Symbol* symbol = path ? Lookup(context_, module, *path) : nullptr;
    return symbol != nullptr && (Bit(symbol->kind) & wanted.kinds) != 0 ? Id<RowType>{symbol->index} : Id<RowType>{};
  }

  model::ScaleMemberId FindMember(const NamePath& path, model::ScaleMeasures measures) const {
    for (size_t i = 0; i < context_.model.scale_members.size(); ++i) {
      const model::ScaleMemberId id = context_.model.scale_members.IdAt(i);
      const model::ScaleMember& member = context_.model.scale_members[id];
      const bool is_wanted = context_.model.scales[member.scale].measures == measures;
      if (is_wanted && member.common.name == path.Joined()) return id;
    }
    return {};
  }

  Context& context_;
};

// ---- What a rule was, beside what it has become.

void AddWas(std::vector<ProvisionAttribute>& was, std::string_view keyword, std::vector<model::ProvisionValue> values) {
  was.push_back({.keyword = std::string(keyword), .values = std::move(values), .nested = {}, .span = {}});
}

template <typename RowType>
std::vector<model::ProvisionValue> ReferenceTo(model::Reference::Kind kind, Id<RowType> id) {
  if (!id.is_valid()) return {};
  return {ValueOf(kind, id.index)};
}

std::vector<ProvisionAttribute> WasOf(const Declaration& declaration, const Conflict& before) {
  using Kind = model::Reference::Kind;
  constexpr std::string_view kModeWords[] = {"observe", "warn", "approve", "deny"};
  std::vector<ProvisionAttribute> was;
  for (const AttributeKind kind : kAmendable) {
    if (Find(declaration.attributes, kind) == nullptr) continue;
    const std::string_view keyword = ast::Spelling(kind);
    switch (kind) {
      case AttributeKind::Risk: AddWas(was, keyword, ReferenceTo(Kind::ScaleMember, before.risk)); break;
      case AttributeKind::Category: AddWas(was, keyword, ReferenceTo(Kind::ScaleMember, before.category)); break;
      case AttributeKind::Owner: AddWas(was, keyword, ReferenceTo(Kind::Actor, before.owner)); break;
      case AttributeKind::Enforcement: AddWas(was, keyword, ReferenceTo(Kind::Provision, before.enforcement)); break;
      case AttributeKind::Mode:
        AddWas(was, keyword, {WordValue(std::string(kModeWords[static_cast<size_t>(before.mode)]))});
        break;
      case AttributeKind::Advice: {
        model::ProvisionValue text = WordValue(before.advice);
        text.kind = model::ProvisionValue::Kind::Text;
        AddWas(was, keyword, {std::move(text)});
        break;
      }
      default: {
        std::vector<model::ProvisionValue> controls;
        for (const model::ControlId control : before.controls) controls.push_back(ValueOf(Kind::Control, control.index));
        AddWas(was, keyword, std::move(controls));
        break;
      }
    }
  }
  return was;
}

}  // namespace

void Amend(Context& context) {
  Changes changes(context);
  ForEachDeclaration(context, [&](const Declaration& declaration, ModuleIndex module) {
    const bool is_change = declaration.kind == DeclarationKind::Amend || declaration.kind == DeclarationKind::Disable;
    if (is_change && !context.IsDamaged(declaration)) changes.Visit(declaration, module);
  });
}

void RecordAmendments(Context& context) {
  for (const auto& [rule, change] : context.changes) {
    const auto place = context.provision_of.find(change.declaration);
    if (place == context.provision_of.end()) continue;
    model::Provision& provision = context.model.provisions[place->second];
    context.model.conflicts[ConflictId{rule}].changed_by = place->second;
    ProvisionAttribute was;
    was.keyword = "was";
    was.values = {ValueOf(model::Reference::Kind::Conflict, rule)};
    was.nested = WasOf(*change.declaration, change.before);
    was.span = provision.common.span;
    if (!was.nested.empty()) provision.attributes.push_back(std::move(was));
  }
}

}  // namespace sodc::sema
