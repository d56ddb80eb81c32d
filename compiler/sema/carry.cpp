// The pass over what is carried and not judged: one provision for each such declaration,
// and one or two for the carried attributes of another declaration.
#include "compiler/sema/carry.h"

#include <algorithm>
#include <map>

#include "compiler/sema/money.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/provisions.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::DeclarationKind;
using model::Provision;
using model::ProvisionAttribute;

// What a warning says is not judged, and every answer lists; empty: nothing to say.
std::string_view UnjudgedOf(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::Process: return "processes in answers about what is held are";
    case DeclarationKind::Assessment: return "assessments are";
    case DeclarationKind::Remediation: return "remediations are";
    default: return {};
  }
}

std::string_view UnjudgedOf(DeclarationKind owner, const ast::Attribute& attribute) {
  const bool is_holdable = owner == DeclarationKind::Duty || owner == DeclarationKind::Role;
  switch (attribute.kind) {
    case AttributeKind::Mode: return Find(attribute.nested, AttributeKind::At) == nullptr ? std::string_view() : "modes of one moment are";
    case AttributeKind::HoldersAtLeast:
    case AttributeKind::HoldersAtMost: return "numbers of holders in answers about what is held are";
    case AttributeKind::Requires:
    case AttributeKind::RequiresControl: return is_holdable && !attribute.nested.empty() ? "conditions of prerequisites are" : "";
    case AttributeKind::RemediateWithin: return "deadlines of remediation are";
    case AttributeKind::Window: return "hours of assignments are";
    default: return {};
  }
}

// Judged by a library beside the core, whose answers list it until that one takes it off (docs/decisions/0062).
bool IsJudgedBeside(DeclarationKind owner, AttributeKind kind) {
  const bool is_holdable = owner == DeclarationKind::Duty || owner == DeclarationKind::Role;
  return is_holdable && (kind == AttributeKind::Requires || kind == AttributeKind::RequiresControl);
}

// Rules that another moment or subject decides; conditions are noted where they stand.
std::string_view SubjectOf(model::Unevaluated reason) {
  switch (reason) {
    case model::Unevaluated::Session: return "rules about one session are";
    case model::Unevaluated::Unit: return "rules about units are";
    case model::Unevaluated::Object:
    case model::Unevaluated::Self:  // judged over histories
    case model::Unevaluated::None:
    case model::Unevaluated::Guard: break;
  }
  return {};
}

uint64_t KeyOf(Span span) { return (uint64_t{span.file.index} << 32) | span.begin; }

class Carrying {
 public:
  explicit Carrying(Context& context) : context_(context) {
    const auto& conflicts = context.model.conflicts;
    for (size_t i = 0; i < conflicts.size(); ++i) {
      for (const Span source : conflicts[conflicts.IdAt(i)].sources) rules_[KeyOf(source)].push_back(conflicts.IdAt(i));
    }
  }

  void Visit(const ast::Declaration& declaration, ModuleIndex module) {
    is_own_ = !context_.program.modules[module].is_standard_library;
    place_ = {module, &declaration, ObjectOf(declaration, module), {}};
    if (IsProvision(declaration.kind)) {
      VisitProvision(declaration);
    } else {
      VisitHolder(declaration);
    }
  }

  void Finish() {
    for (model::Conflict& conflict : context_.model.conflicts) {
      conflict.is_guarded = !conflict.sources.empty() && std::all_of(conflict.sources.begin(), conflict.sources.end(), [&](Span source) {
        return guarded_.count(KeyOf(source)) != 0;
      });
      is_own_ = conflict.common.is_own;
      Note(SubjectOf(conflict.unevaluated), conflict.common.span);
    }
    if (context_.sink.has_error || !context_.names.unknown.empty()) return;  // what does not compile needs no word about what would come after
    for (const auto& [subject, span] : seen_) {
      Diagnose<DiagKind::CarriedNotJudged>(span, subject)
          .Help("every answer lists them as not checked")
          .To(context_.sink);
    }
  }

 private:

  // Whose attributes conditions in this declaration may read by their bare names.
  const ast::Declaration* ObjectOf(const ast::Declaration& declaration, ModuleIndex module) const {
    if (declaration.kind == DeclarationKind::Object) return &declaration;
    const auto path = FirstPath(Find(declaration.attributes, AttributeKind::Per));
    const Symbol* symbol = path ? Lookup(context_, module, *path) : nullptr;
    return symbol != nullptr && symbol->kind == EntityKind::Object ? symbol->declaration : nullptr;
  }

  void Note(std::string_view unjudged, Span span) {
    if (unjudged.empty() || !is_own_ || context_.sink.is_muted) return;
    seen_.try_emplace(std::string(unjudged), span);
  }

  // ---- Whole declarations

  void VisitProvision(const ast::Declaration& declaration) {
    const std::string_view unjudged = UnjudgedOf(declaration.kind);
    Note(unjudged, declaration.keyword_span);
    const model::ProvisionId id = RowOf(declaration);
    context_.model.provisions[id].changes_verdicts = !unjudged.empty();
    for (const ast::Attribute& attribute : declaration.attributes) {
      const Body body = static_cast<Body>(declaration.kind);
      if (FindCarryRule(body, attribute.kind) == nullptr || attribute.kind == AttributeKind::Description) continue;
      ProvisionAttribute carried = Carry(context_, place_, body, attribute);
      if (attribute.kind == AttributeKind::Valid) CheckValidity(declaration, attribute, carried);
      CheckBands(attribute);
      context_.model.provisions[id].attributes.push_back(std::move(carried));
    }
  }

  model::ProvisionId RowOf(const ast::Declaration& declaration) {
    const auto found = context_.names.by_declaration.find(&declaration);
    if (found != context_.names.by_declaration.end()) {
      return model::ProvisionId{context_.names.symbols[found->second].index};
    }
    const model::ProvisionId id{AddProvision(context_, declaration, is_own_)};
    context_.model.provisions[id].common.name = NumberedName(declaration.kind);
    return id;
  }

  std::string NumberedName(DeclarationKind kind) {
    return std::string(ast::Spelling(kind)) + " " + std::to_string(++numbers_[kind]);
  }

  // What excuses must end, and end after it begins.
  void CheckValidity(const ast::Declaration& declaration, const ast::Attribute& valid, const ProvisionAttribute& carried) {
    const ProvisionAttribute* from = nullptr;
    const ProvisionAttribute* until = nullptr;
    for (const ProvisionAttribute& bound : carried.nested) (bound.keyword == "from" ? from : until) = &bound;
    if (from == nullptr || until == nullptr) {
      const std::string owner = std::string(ast::Spelling(declaration.kind)) + " `" + declaration.name.text + "`";
      Diagnose<DiagKind::AttributeMissing>(valid.span, owner, from == nullptr ? "valid from" : "valid … until")
          .Help("write `valid from 2026-07-01 through 2026-07-14`")
          .To(context_.sink);
      return;
    }
    if (from->values.empty() || until->values.empty() || from->values[0].number < until->values[0].number) return;
    Diagnose<DiagKind::ValidityReversed>(until->span)
        .Label(from->span, "begins here")
        .Help("the last day must not lie before the first")
        .To(context_.sink);
  }

  // Bands are written by ascending upper bound, so that no gap and no overlap can be written.
  void CheckBands(const ast::Attribute& attribute) {
    const auto name = FirstPath(&attribute);
    const ast::Attribute* last = nullptr;
    for (const ast::Attribute& band : attribute.nested) {
      if (band.kind != AttributeKind::Band) continue;
      const bool is_open = band.nested.empty();
      const auto* bound = is_open || band.nested[0].values.empty() ? nullptr : std::get_if<ast::Integer>(&band.nested[0].values[0]);
      if (bound != nullptr && name) CheckDecimals(context_, TypeOfNumber(attribute), name->Joined(), *bound);
      const bool is_above = last == nullptr || (!last->nested.empty() && (bound == nullptr || IsBelow(*last, *bound)));
      if (!is_above) {
        Diagnose<DiagKind::BandsNotAscending>(band.span, FirstPath(&band)->Joined())
            .Label(last->span, "the one before it")
            .Help("write the bands with rising bounds, the one without a bound last")
            .To(context_.sink);
      }
      last = &band;
    }
  }

  static bool IsBelow(const ast::Attribute& band, const ast::Integer& bound) {
    const auto* before = band.nested[0].values.empty() ? nullptr : std::get_if<ast::Integer>(&band.nested[0].values[0]);
    if (before == nullptr) return true;
    const auto scaled = [](const ast::Integer& number, int decimals) {
      __int128 value = number.value;
      for (int i = number.decimals; i < decimals; ++i) value *= 10;
      return value;
    };
    const int decimals = std::min<int>(18, std::max(before->decimals, bound.decimals));
    return scaled(*before, decimals) < scaled(bound, decimals);
  }

  // ---- Attributes of other declarations

  void VisitHolder(const ast::Declaration& declaration) {
    Provision listed, other;  // what answers list as not checked, and the rest
    const Body body = static_cast<Body>(declaration.kind);
    for (const ast::Attribute& attribute : declaration.attributes) {
      std::optional<ProvisionAttribute> carried = CarryOf(body, attribute);
      if (!carried) continue;
      const std::string_view unjudged = UnjudgedOf(declaration.kind, attribute);
      Note(unjudged, attribute.keyword_span);
      const bool is_guard = attribute.kind == AttributeKind::AppliesWhen || attribute.kind == AttributeKind::PeopleWhere;
      if (is_guard) NoteGuard(declaration);
      (!unjudged.empty() || IsJudgedBeside(declaration.kind, attribute.kind) ? listed : other).attributes.push_back(std::move(*carried));
    }
    listed.changes_verdicts = true;
    Add(declaration, std::move(listed));
    Add(declaration, std::move(other));
  }

  std::optional<ProvisionAttribute> CarryOf(Body body, const ast::Attribute& attribute) {
    if (FindCarryRule(body, attribute.kind) != nullptr) return Carry(context_, place_, body, attribute);
    ProvisionAttribute made;
    made.keyword = ast::Spelling(attribute.kind);
    made.span = attribute.span;
    for (const ast::Attribute& clause : attribute.nested) {
      if (!IsCarriedClauseOf(body, attribute.kind, clause.kind)) continue;
      made.nested.push_back(CarryClause(context_, place_, attribute.kind, clause));
    }
    if (made.nested.empty()) return std::nullopt;
    if (const CarryRule* rule = FindRuleOfValues(body, attribute.kind)) made.values = CarryValues(context_, place_, *rule, attribute);
    return made;
  }

  Span StatementSpan(const ast::Declaration& declaration) const {
    return declaration.name.text.empty() ? declaration.keyword_span : declaration.name.span;
  }

  void NoteGuard(const ast::Declaration& declaration) { guarded_.insert(KeyOf(StatementSpan(declaration))); }

  void Add(const ast::Declaration& declaration, Provision provision) {
    if (provision.attributes.empty()) return;
    const bool changes_verdicts = provision.changes_verdicts;
    provision.common.name = NameOf(declaration);
    provision.common.title = provision.common.name;
    provision.common.span = StatementSpan(declaration);
    provision.common.is_own = is_own_;
    provision.kind = ast::Spelling(declaration.kind);
    provision.is_attribute_holder = true;
    provision.changes_verdicts = changes_verdicts;
    context_.model.provisions.Add(std::move(provision));
  }

  std::string NameOf(const ast::Declaration& declaration) {
    if (!declaration.name.text.empty()) return declaration.name.text;
    const auto found = rules_.find(KeyOf(StatementSpan(declaration)));
    if (found != rules_.end()) return context_.model.conflicts[found->second.front()].common.name;
    if (declaration.kind == DeclarationKind::Claims && declaration.title) return declaration.title->value;
    return NumberedName(declaration.kind);
  }

  Context& context_;
  CarryPlace place_;
  bool is_own_ = true;
  std::map<std::string, Span> seen_;
  std::map<DeclarationKind, uint32_t> numbers_;
  std::unordered_map<uint64_t, std::vector<model::ConflictId>> rules_;  // by the place of a statement
  std::unordered_set<uint64_t> guarded_;                               // statements with `applies when` or `people where`
};

}  // namespace

void CarryProvisions(Context& context) {
  Carrying carrying(context);
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    carrying.Visit(declaration, module);
  });
  carrying.Finish();
}

}  // namespace sodc::sema
