#include "compiler/sema/sets.h"

#include <algorithm>

#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::SetExpression;
using model::DutyId;

void Append(DutySet& to, const DutySet& from) {
  to.is_complete &= from.is_complete;
  if (to.duties.empty()) {
    to.duties = from.duties;
    return;
  }
  std::unordered_set<uint32_t> seen;
  for (DutyId duty : to.duties) seen.insert(duty.index);
  for (DutyId duty : from.duties) {
    if (seen.insert(duty.index).second) to.duties.push_back(duty);
  }
}

void Remove(DutySet& from, const DutySet& what) {
  from.is_complete &= what.is_complete;
  std::unordered_set<uint32_t> removed;
  for (DutyId duty : what.duties) removed.insert(duty.index);
  std::erase_if(from.duties, [&](DutyId duty) { return removed.count(duty.index) != 0; });
}

DutySet ExpandName(Context& context, ModuleIndex module, const NamePath& path) {
  const Symbol* symbol = Resolve(context, module, path, kDutyOrGroup);
  if (symbol == nullptr) return {{}, false};
  if (symbol->kind == EntityKind::Duty) return {{DutyId{symbol->index}}, true};
  return {context.model.groups[model::GroupId{symbol->index}].members,
          context.incomplete_groups.count(symbol->index) == 0};
}

// `all`: the policy's own duties; `all from m`: those of the module (rulings SEM-29).
DutySet ExpandEverything(Context& context, const SetExpression& expression) {
  std::optional<ModuleIndex> wanted;
  if (expression.ref) {
    wanted = ResolveModule(context, PathOf(*expression.ref));
    if (!wanted) return {{}, false};
  }
  DutySet set{{}, !context.has_lost_text};
  for (const Symbol& symbol : context.names.symbols) {
    if (symbol.kind != EntityKind::Duty) continue;
    const DutyId id{symbol.index};
    const bool is_in = wanted ? symbol.module == *wanted : context.model.duties[id].common.is_own;
    if (is_in) set.duties.push_back(id);
  }
  return set;
}

void FilterByClass(Context& context, const SetExpression& expression, DutySet& set) {
  const auto wanted = ResolveMember(context, PathOf(*expression.filter_value), model::ScaleMeasures::DutyClass);
  if (!wanted.is_valid()) set.is_complete = false;
  std::erase_if(set.duties, [&](DutyId duty) { return context.model.duties[duty].duty_class != wanted; });
}

void Filter(Context& context, const SetExpression& expression, DutySet& set) {
  const std::string& filter = expression.filter->text;
  if (filter == "class") return FilterByClass(context, expression, set);
  if (filter == "tag") {
    std::erase_if(set.duties, [&](DutyId duty) {
      const auto& tags = context.model.duties[duty].tags;
      return std::find(tags.begin(), tags.end(), expression.filter_value->text) == tags.end();
    });
    return;
  }
  set.is_complete = false;
  Diagnose<DiagKind::FilterUnknown>(expression.filter->span, filter)
      .Help(DidYouMean(filter, {"class", "tag"}, "write `where class verify` or `where tag finance`"))
      .To(context.sink);
}

// What stands at the left end of a chain of `except` and `where`.
DutySet ExpandPrimary(Context& context, ModuleIndex module, const SetExpression& expression) {
  if (expression.kind == SetExpression::Kind::Name && expression.ref) {
    return ExpandName(context, module, PathOf(*expression.ref));
  }
  if (expression.kind == SetExpression::Kind::All) return ExpandEverything(context, expression);
  if (expression.operands.size() == 1) return Expand(context, module, expression.operands.front());
  DutySet set;
  std::unordered_set<uint32_t> seen;
  for (const SetExpression& operand : expression.operands) {
    const DutySet part = Expand(context, module, operand);
    set.is_complete &= part.is_complete;
    for (DutyId duty : part.duties) {
      if (seen.insert(duty.index).second) set.duties.push_back(duty);
    }
  }
  return set;
}

// Every set is paid for here, so that memory and time are bounded for any text.
void Count(Context& context, Span span, DutySet& set) {
  if (set.duties.size() > 1 && !PayFor(context, span, set.duties.size())) set = {{}, false};
}

}  // namespace

bool PayFor(Context& context, Span span, uint64_t members) {
  const uint64_t limit = context.options.max_set_members;
  const bool was_within = context.set_members <= limit;
  context.set_members += members;
  if (context.set_members <= limit) return true;
  if (was_within) {
    Diagnose<DiagKind::SetsTooLarge>(span, limit)
        .Help("give roles that hold the same duties a common role, and include that")
        .To(context.sink);
  }
  return false;
}

// INVARIANT: recursion is as deep as brackets nest; chains of `except` are a loop.
DutySet Expand(Context& context, ModuleIndex module, const SetExpression& expression) {
  if (context.set_members > context.options.max_set_members) return {{}, false};  // reported
  std::vector<const SetExpression*> chain;
  const SetExpression* left = &expression;
  while ((left->kind == SetExpression::Kind::Except || left->kind == SetExpression::Kind::Where) &&
         !left->operands.empty()) {
    chain.push_back(left);
    left = &left->operands.front();
  }
  DutySet set = ExpandPrimary(context, module, *left);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    if ((*it)->kind == SetExpression::Kind::Where) {
      Filter(context, **it, set);
    } else if ((*it)->operands.size() > 1) {
      Remove(set, Expand(context, module, (*it)->operands[1]));
    }
  }
  Count(context, expression.span, set);
  return set;
}

DutySet ExpandAll(Context& context, ModuleIndex module, const ast::Attribute& attribute) {
  DutySet set;
  for (const ast::Value& value : attribute.values) {
    if (const SetExpression* expression = ast::AsSet(value)) {
      Append(set, Expand(context, module, *expression));
    }
  }
  return set;
}

std::optional<NamePath> BareName(const SetExpression& expression) {
  if (expression.kind != SetExpression::Kind::Name || !expression.ref) return std::nullopt;
  return PathOf(*expression.ref);
}

model::GroupId BareGroup(const Context& context, ModuleIndex module, const SetExpression& expression) {
  const auto path = BareName(expression);
  const Symbol* symbol = path ? Lookup(context, module, *path) : nullptr;
  return symbol && symbol->kind == EntityKind::Group ? model::GroupId{symbol->index} : model::GroupId{};
}

bool CheckNotEmpty(Context& context, const DutySet& set, Span span) {
  if (!set.duties.empty()) return true;
  if (set.is_complete) {
    Diagnose<DiagKind::SetEmpty>(span).Help("name at least one duty").To(context.sink);
  }
  return false;
}

}  // namespace sodc::sema
