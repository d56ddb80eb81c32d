#include "compiler/sema/sets.h"

#include <algorithm>

#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::SetExpression;
using model::DutyId;
using Kind = SetExpression::Kind;

// Adds what is not in the set yet.
class Union {
 public:
  void Add(const ElementSet& from) {
    set_.is_complete &= from.is_complete;
    for (const Element element : from.elements) {
      if (seen_.insert(element.Key()).second) set_.elements.push_back(element);
    }
  }
  ElementSet Take() { return std::move(set_); }

 private:
  ElementSet set_;
  std::unordered_set<uint64_t> seen_;
};

void Remove(ElementSet& from, const ElementSet& what) {
  from.is_complete &= what.is_complete;
  std::unordered_set<uint64_t> removed;
  for (const Element element : what.elements) removed.insert(element.Key());
  std::erase_if(from.elements, [&](Element element) { return removed.count(element.Key()) != 0; });
}

void FilterByClass(Context& context, const SetExpression& expression, ElementSet& set) {
  const auto wanted = ResolveMember(context, PathOf(*expression.filter_value), model::ScaleMeasures::DutyClass);
  if (!wanted.is_valid()) set.is_complete = false;
  for (const Element element : set.elements) {
    if (element.kind == Element::Kind::Duty) continue;
    Diagnose<DiagKind::FilterOfAnotherKind>(expression.filter->span, NameOf(context, element), NounOf(element.kind), "class")
        .Help(element.kind == Element::Kind::Role ? "roles are filtered by `where tag name`" : "take it out of the set")
        .To(context.sink);
    set.is_complete = false;
    break;
  }
  std::erase_if(set.elements, [&](Element element) {
    return element.kind != Element::Kind::Duty || context.model.duties[DutyId{element.index}].duty_class != wanted;
  });
}

const std::vector<std::string>* TagsOf(const model::Model& model, Element element) {
  if (element.kind == Element::Kind::Duty) return &model.duties[DutyId{element.index}].tags;
  return element.kind == Element::Kind::Role ? &model.roles[model::RoleId{element.index}].tags : nullptr;
}

// A tag that nothing in the set has is a misspelt one.
void ReportNoTag(Context& context, const SetExpression& expression, const ElementSet& before) {
  std::vector<std::string_view> tags;
  for (const Element element : before.elements) {
    if (const auto* of_element = TagsOf(context.model, element)) tags.insert(tags.end(), of_element->begin(), of_element->end());
  }
  std::sort(tags.begin(), tags.end());
  const ast::Name& wanted = *expression.filter_value;
  Diagnose<DiagKind::TagOfNothing>(wanted.span, wanted.text)
      .Help(DidYouMean(wanted.text, tags, "tags are given with `tags name`"))
      .To(context.sink);
}

void FilterByTag(Context& context, const SetExpression& expression, ElementSet& set) {
  const ElementSet before = set;
  std::erase_if(set.elements, [&](Element element) {
    const auto* tags = TagsOf(context.model, element);
    return tags == nullptr || std::find(tags->begin(), tags->end(), expression.filter_value->text) == tags->end();
  });
  if (!set.elements.empty() || before.elements.empty() || !set.is_complete) return;
  ReportNoTag(context, expression, before);
  set.is_complete = false;
}

void Filter(Context& context, const SetExpression& expression, ElementSet& set) {
  const std::string& filter = expression.filter->text;
  if (filter == "class") return FilterByClass(context, expression, set);
  if (filter == "tag") return FilterByTag(context, expression, set);
  set.is_complete = false;
  Diagnose<DiagKind::FilterUnknown>(expression.filter->span, filter)
      .Help(DidYouMean(filter, {"class", "tag"}, "write `where class verify` or `where tag finance`"))
      .To(context.sink);
}

// What stands at the left end of a chain of `except` and `where`.
ElementSet ExpandPrimary(Context& context, ModuleIndex module, const SetExpression& expression, BareNames names) {
  switch (expression.kind) {
    case Kind::Name:
      if (!expression.ref) return {{}, false};
      return ExpandName(context, module, PathOf(*expression.ref), names);
    case Kind::All: return ExpandEverything(context, expression, Element::Kind::Duty);
    case Kind::AllRoles: return ExpandEverything(context, expression, Element::Kind::Role);
    case Kind::Role: {
      const auto role = expression.ref ? ResolveTo<model::Role>(context, module, PathOf(*expression.ref), kRole) : model::RoleId{};
      if (!role.is_valid()) return {{}, false};
      return {{{Element::Kind::Role, role.index}}, true};
    }
    case Kind::DutiesOf: return DutiesOfRole(context, module, expression);
    case Kind::Entitlement: return ExpandEntitlement(context, module, expression);
    case Kind::Being: return ExpandBeing(context, module, expression);
    default: break;
  }
  if (expression.operands.size() == 1) return ExpandElements(context, module, expression.operands.front(), names);
  Union all;
  for (const SetExpression& operand : expression.operands) {
    ElementSet part = ExpandElements(context, module, operand, names);
    part.is_complete &= CheckNotEmpty(context, part, operand.span);  // in a larger set nobody would see it
    all.Add(part);
  }
  return all.Take();
}

// Every set is paid for here, so that memory and time are bounded for any text.
void Count(Context& context, Span span, ElementSet& set) {
  if (set.elements.size() > 1 && !PayFor(context, span, set.elements.size())) set = {{}, false};
}

DutySet DutiesIn(Context& context, const ElementSet& set, Span span, const InsteadOfRole& instead = {}) {
  DutySet duties{{}, set.is_complete};
  if (!CheckKinds(context, set, {.duties = true, .wanted = "duties", .instead = instead}, span)) duties.is_complete = false;
  duties.duties.reserve(set.elements.size());
  for (const Element element : set.elements) {
    if (element.kind == Element::Kind::Duty) duties.duties.push_back(DutyId{element.index});
  }
  return duties;
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
ElementSet ExpandElements(Context& context, ModuleIndex module, const SetExpression& expression, BareNames names) {
  if (context.set_members > context.options.max_set_members) return {{}, false};  // reported
  std::vector<const SetExpression*> chain;
  const SetExpression* left = &expression;
  while ((left->kind == Kind::Except || left->kind == Kind::Where) && !left->operands.empty()) {
    chain.push_back(left);
    left = &left->operands.front();
  }
  ElementSet set = ExpandPrimary(context, module, *left, names);
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    if ((*it)->kind == Kind::Where) {
      Filter(context, **it, set);
    } else if ((*it)->operands.size() > 1) {
      Remove(set, ExpandElements(context, module, (*it)->operands[1], names));
    }
  }
  Count(context, expression.span, set);
  return set;
}

DutySet Expand(Context& context, ModuleIndex module, const SetExpression& expression, const InsteadOfRole& instead) {
  return DutiesIn(context, ExpandElements(context, module, expression, BareNames::Duties), expression.span, instead);
}

DutySet ExpandAll(Context& context, ModuleIndex module, const ast::Attribute& attribute) {
  Union all;
  for (const ast::Value& value : attribute.values) {
    if (const SetExpression* expression = ast::AsSet(value)) all.Add(ExpandElements(context, module, *expression, BareNames::Duties));
  }
  return DutiesIn(context, all.Take(), attribute.span);
}

bool CheckKinds(Context& context, const ElementSet& set, const WantedElements& wanted, Span span) {
  for (const Element element : set.elements) {
    if (wanted.Takes(element.kind)) continue;
    auto diagnostic = Diagnose<DiagKind::ElementOfAnotherKind>(span, NameOf(context, element), NounOf(element.kind), wanted.wanted);
    if (element.kind == Element::Kind::Role && !wanted.instead.before.empty()) {
      std::string help(wanted.instead.before);
      help += NameOf(context, element);
      help += wanted.instead.after;
      diagnostic = std::move(diagnostic).Help(std::move(help));
    }
    std::move(diagnostic).To(context.sink);
    return false;
  }
  return true;
}

std::optional<NamePath> BareName(const SetExpression& expression) {
  if (expression.kind != Kind::Name || !expression.ref) return std::nullopt;
  return PathOf(*expression.ref);
}

model::GroupId BareGroup(const Context& context, ModuleIndex module, const SetExpression& expression) {
  const auto path = BareName(expression);
  const Symbol* symbol = path ? Lookup(context, module, *path) : nullptr;
  return symbol && symbol->kind == EntityKind::Group ? model::GroupId{symbol->index} : model::GroupId{};
}

namespace {

bool CheckNotEmpty(Context& context, bool is_empty, bool is_complete, Span span) {
  if (is_empty && is_complete) Diagnose<DiagKind::SetEmpty>(span).Help("name at least one member").To(context.sink);
  return !is_empty;
}

}  // namespace

bool CheckNotEmpty(Context& context, const DutySet& set, Span span) {
  return CheckNotEmpty(context, set.duties.empty(), set.is_complete, span);
}

bool CheckNotEmpty(Context& context, const ElementSet& set, Span span) {
  return CheckNotEmpty(context, set.elements.empty(), set.is_complete, span);
}

}  // namespace sodc::sema
