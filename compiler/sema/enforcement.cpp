#include "compiler/sema/enforcement.h"

#include <algorithm>
#include <map>

#include "compiler/sema/passes.h"
#include "compiler/sema/strictness.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::Conflict;
using model::ConflictId;
using model::Mode;
using model::Provision;
using model::ProvisionAttribute;
using model::ProvisionId;

uint64_t KeyOf(Span span) { return (uint64_t{span.file.index} << 32) | span.begin; }

std::optional<Mode> ModeOfLevel(const Context& context, ProvisionId level) {
  const auto declaration = context.provision_declarations.find(level.index);
  if (!level.is_valid() || declaration == context.provision_declarations.end()) return std::nullopt;
  const ast::Attribute* mode = Find(declaration->second->attributes, AttributeKind::Mode);
  return mode == nullptr ? std::nullopt : StrictestMode(*mode);
}

// Copies what the levels say into the rules, and asks for a reason where a rule is looser.
class Levels {
 public:
  explicit Levels(Context& context) : context_(context) {
    for (size_t i = 0; i < context.model.provisions.size(); ++i) {
      const ProvisionId id = context.model.provisions.IdAt(i);
      const Provision& provision = context.model.provisions[id];
      if (provision.is_attribute_holder) holders_[KeyOf(provision.common.span)].push_back(id);
    }
  }

  void Copy(ConflictId id) {
    const std::vector<ProvisionAttribute> stated = StatedBy(context_.model.conflicts[id]);
    CheckLooseness(id, stated);
    CopyMissing(id, stated);
  }

 private:
  std::vector<ProvisionAttribute> StatedBy(const Conflict& conflict) const {
    std::vector<ProvisionAttribute> stated;
    for (const Span source : conflict.sources) {
      const auto found = holders_.find(KeyOf(source));
      if (found == holders_.end()) continue;
      for (const ProvisionId holder : found->second) {
        const auto& attributes = context_.model.provisions[holder].attributes;
        stated.insert(stated.end(), attributes.begin(), attributes.end());
      }
    }
    return stated;
  }

  static const ProvisionAttribute* FindStated(const std::vector<ProvisionAttribute>& stated, std::string_view keyword) {
    const auto found = std::ranges::find(stated, keyword, &ProvisionAttribute::keyword);
    return found == stated.end() ? nullptr : &*found;
  }

  // The level has a rule's attribute at all, or the rule says the opposite of it.
  static bool IsStated(const ProvisionAttribute& of_level, const Conflict& conflict,
                       const std::vector<ProvisionAttribute>& stated) {
    if (of_level.keyword == "mode") return conflict.mode_is_declared || of_level.nested.empty();
    if (of_level.keyword == "waived by" && FindStated(stated, "never waived") != nullptr) return true;
    if (of_level.keyword == "never waived" && FindStated(stated, "waived by") != nullptr) return true;
    return FindStated(stated, of_level.keyword) != nullptr;
  }

  // As in carry.cpp, of the attributes that a level may have.
  static bool IsListed(const ProvisionAttribute& attribute) {
    const bool is_by_moment = attribute.keyword == "mode" && FindStated(attribute.nested, "at") != nullptr;
    return is_by_moment || attribute.keyword == "remediate within";
  }

  void CopyMissing(ConflictId id, const std::vector<ProvisionAttribute>& stated) {
    const Conflict& conflict = context_.model.conflicts[id];
    Provision judged, other;  // what answers list as not checked, and the rest
    for (const ProvisionAttribute& attribute : context_.model.provisions[conflict.enforcement].attributes) {
      if (IsStated(attribute, conflict, stated)) continue;
      (IsListed(attribute) ? judged : other).attributes.push_back(attribute);
    }
    judged.changes_verdicts = true;
    Add(conflict, std::move(judged));
    Add(conflict, std::move(other));
  }

  void Add(const Conflict& conflict, Provision provision) {
    if (provision.attributes.empty()) return;
    provision.common.name = provision.common.title = conflict.common.name;
    provision.common.span = conflict.common.span;
    provision.common.is_own = conflict.common.is_own;
    provision.kind = ast::Spelling(ast::DeclarationKind::Conflict);
    provision.is_attribute_holder = true;
    context_.model.provisions.Add(std::move(provision));
  }

  // ---- A rule may tighten in silence; loosening needs a reason.

  std::vector<std::string> LooseIn(const Conflict& conflict, const std::vector<ProvisionAttribute>& stated) const {
    std::vector<std::string> loose;
    const auto mode = ModeOfLevel(context_, conflict.enforcement);
    if (conflict.mode_is_declared && mode && conflict.mode < *mode) loose.emplace_back("mode");
    const auto& of_level = context_.model.provisions[conflict.enforcement].attributes;
    for (const ProvisionAttribute& attribute : of_level) {
      if (std::ranges::find(loose, attribute.keyword) != loose.end()) continue;
      if (IsLooser(stated, of_level, attribute.keyword)) loose.push_back(attribute.keyword);
    }
    return loose;
  }

  void CheckLooseness(ConflictId id, const std::vector<ProvisionAttribute>& stated) {
    const Conflict& conflict = context_.model.conflicts[id];
    const ProvisionAttribute* reason = FindStated(stated, ast::Spelling(AttributeKind::Reason));
    const std::vector<std::string> loose = LooseIn(conflict, stated);
    const Provision& level = context_.model.provisions[conflict.enforcement];
    const auto change = context_.changes.find(id.index);
    const bool is_amended = change != context_.changes.end() &&  // the amendment has its reason
                            change->second.declaration->kind == ast::DeclarationKind::Amend;
    if (loose.empty() == (reason == nullptr) || is_amended || !reported_.insert(KeyOf(conflict.common.span)).second) return;
    if (reason != nullptr) return ReportIdleReason(*reason, "`" + conflict.common.name + "` is as strict as its level");
    std::string list;
    for (const std::string& keyword : loose) list += (list.empty() ? "`" : ", `") + keyword + "`";
    Diagnose<DiagKind::LooserThanLevel>(conflict.common.span, conflict.common.name, level.common.name, list)
        .Label(level.common.span, "the level")
        .Help("say why with `reason \"…\"` in the conflict, or leave it to the level")
        .To(context_.sink);
  }

  void ReportIdleReason(const ProvisionAttribute& reason, std::string help) {
    Diagnose<DiagKind::ReasonForNothing>(reason.span).Help(std::move(help)).To(context_.sink);
  }

 public:
  // A reason in a rule that names no level.
  void CheckReason(const Conflict& conflict) {
    const std::vector<ProvisionAttribute> stated = StatedBy(conflict);
    const ProvisionAttribute* reason = FindStated(stated, ast::Spelling(AttributeKind::Reason));
    if (reason == nullptr || !reported_.insert(KeyOf(conflict.common.span)).second) return;
    ReportIdleReason(*reason, "`" + conflict.common.name + "` names no enforcement level; why a conflict exists is its `because`");
  }

 private:
  Context& context_;
  std::map<uint64_t, std::vector<ProvisionId>> holders_;  // by the place of a statement
  std::unordered_set<uint64_t> reported_;                 // rules of one `each of` are told once
};

}  // namespace

std::optional<Mode> ModeInWords(const ast::Attribute& mode) {
  const std::optional<NamePath> path = FirstPath(&mode);
  for (const Word<Mode>& word : kModes) {
    if (path && word.text == path->Joined()) return word.value;
  }
  return std::nullopt;
}

std::optional<Mode> StrictestMode(const ast::Attribute& mode) {
  const std::optional<Mode> stated = ModeInWords(mode);
  const ast::Attribute* clause = Find(mode.nested, AttributeKind::Otherwise);
  const std::optional<Mode> otherwise = clause == nullptr ? std::nullopt : ModeInWords(*clause);
  return stated && otherwise ? std::max(*stated, *otherwise) : stated;
}

namespace {

// `default mode` and `default enforcement` are said of the policy's own files: a rule of the library
// is changed by `amend`, with a reason, or not at all (docs/decisions/0044).
bool IsStatedByOwnFiles(const Context& context, const Conflict& conflict) {
  return std::ranges::none_of(conflict.sources, [&](Span source) { return context.sources.file(source.file).is_standard_library; });
}

}  // namespace

Mode ModeUnstated(const Context& context, const Conflict& conflict) {
  const bool is_sensitive = conflict.kind == model::ConflictKind::Sensitive;
  if (conflict.mode_is_declared && !(is_sensitive && conflict.enforcement_is_default)) {
    if (const auto of_level = ModeOfLevel(context, conflict.enforcement)) return *of_level;
  }
  if (is_sensitive) return Mode::Approve;
  const model::Policy& policy = context.model.policy;
  if (policy.default_mode && IsStatedByOwnFiles(context, conflict)) return *policy.default_mode;
  return conflict.modality == model::Modality::Must ? Mode::Deny : Mode::Warn;
}

void SettleDefaults(Context& context, Conflict& conflict) {
  const model::Policy& policy = context.model.policy;
  const bool takes_defaults = IsStatedByOwnFiles(context, conflict);
  if (!conflict.enforcement.is_valid() && takes_defaults) {
    conflict.enforcement = policy.default_enforcement;
    conflict.enforcement_is_default = conflict.enforcement.is_valid();
  }
  if (!conflict.mode_is_declared) {
    const bool is_must = conflict.modality == model::Modality::Must;
    const auto of_level = ModeOfLevel(context, conflict.enforcement);
    const bool is_sensitive = conflict.kind == model::ConflictKind::Sensitive;
    conflict.mode_is_default = conflict.mode_is_of_level = false;
    if (of_level && !(is_sensitive && conflict.enforcement_is_default)) {
      conflict.mode = *of_level;
      conflict.mode_is_of_level = true;
    } else if (is_sensitive) {
      conflict.mode = Mode::Approve;  // what the word says: fine, but never unnoticed
    } else {
      conflict.mode_is_default = takes_defaults && policy.default_mode.has_value();
      conflict.mode = conflict.mode_is_default ? *policy.default_mode : is_must ? Mode::Deny : Mode::Warn;
    }
  }
  if (conflict.risk.is_valid()) return;
  conflict.risk = policy.default_risk;
  conflict.risk_is_default = conflict.risk.is_valid();
}

void CopyEnforcement(Context& context) {
  Levels levels(context);
  for (size_t i = 0; i < context.model.conflicts.size(); ++i) {
    const ConflictId id = context.model.conflicts.IdAt(i);
    if (context.model.conflicts[id].enforcement.is_valid()) {
      levels.Copy(id);
    } else {
      levels.CheckReason(context.model.conflicts[id]);
    }
  }
}

}  // namespace sodc::sema
