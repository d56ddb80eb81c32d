// Turns carried attributes into provisions: names become references, words are checked
// against their lists, dates become instants.
#include "compiler/sema/cadence.h"
#include "compiler/sema/carry.h"
#include "compiler/sema/enforcement.h"
#include "compiler/sema/money.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

constexpr EntityKinds kActorKinds = kActor.kinds;

// A declared thing of one of these kinds.
std::optional<Wanted> WantedOf(CarryType type) {
  switch (type) {
    case CarryType::Anything: return kAnything;
    case CarryType::Actor: return kActor;
    case CarryType::Person: return Wanted{Bit(EntityKind::Person), "a person"};
    case CarryType::Changing: return kChanging;
    case CarryType::EnforcementLevel: return kEnforcement;
    case CarryType::Event: return kEvent;
    case CarryType::Control: return kControl;
    case CarryType::Duty: return kDuty;
    case CarryType::Emergency: return Wanted{Bit(EntityKind::Emergency), "an emergency"};
    case CarryType::Framework: return kFramework;
    case CarryType::Holdable:
    case CarryType::WhatIsLost:
      return Wanted{Bit(EntityKind::Duty) | Bit(EntityKind::Role) | Bit(EntityKind::Group), "a duty, a role or a group"};
    case CarryType::Object: return Wanted{Bit(EntityKind::Object), "an object"};
    case CarryType::Role: return kRole;
    case CarryType::Scale: return kScale;
    case CarryType::Unit: return Wanted{Bit(EntityKind::Unit), "a unit"};
    case CarryType::Waiver: return Wanted{Bit(EntityKind::Waiver), "a waiver"};
    default: return std::nullopt;
  }
}

// Closed lists: what the word is, and the words.
struct WordList {
  std::string_view noun;
  std::vector<std::string_view> words;
};
std::optional<WordList> WordsOf(CarryType type) {
  switch (type) {
    case CarryType::Approvals: return WordList{"fate of approvals", {"kept", "voided"}};
    case CarryType::Cadence:
      return WordList{"cadence", CadenceWords()};
    case CarryType::Day: return WordList{"day of the week", {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}};
    case CarryType::FrameworkStatus:
      return WordList{"status of a clause", {"met", "met_with_compensation", "not_met", "not_assessed"}};
    case CarryType::Mode: return WordList{"mode", {"observe", "warn", "approve", "deny"}};
    case CarryType::Month:
      return WordList{"month", {"january", "february", "march", "april", "may", "june", "july", "august", "september",
                                "october", "november", "december"}};
    case CarryType::Need: return WordList{"thing that can be needed", {"control", "ticket", "note"}};
    case CarryType::RejectedBecause:
      return WordList{"reason to reject a control",
                      {"taken_away", "not_in_force", "planned", "failed", "no_class", "no_performer", "vacant", "performer_is_subject",
                       "reviewer_is_subject", "administrator_unknown", "administrator_is_subject", "recipient_unknown",
                       "recipient_is_subject", "operator_is_subject", "no_evidence", "evidence_stale", "path_uncovered"}};
    case CarryType::Result: return WordList{"result of an assessment", {"pass", "partial", "fail"}};
    case CarryType::Rounds: return WordList{"way of counting rounds", {"together", "apart"}};
    case CarryType::WorksheetField:
      return WordList{"field of a worksheet", {"constraints", "definition", "objective", "risk", "validation", "maintenance"}};
    case CarryType::Verdict:
      return WordList{"verdict", {"denied", "not_evaluable", "needs_approval", "warned", "observed", "waived",
                                  "mitigated", "clear"}};
    default: return std::nullopt;
  }
}

constexpr std::string_view kMoments[] = {"design", "grant", "act", "found"};

class Carrier {
 public:
  Carrier(Context& context, const CarryPlace& place) : context_(context), place_(place) {}

  ProvisionAttribute Attribute(const CarryRule* rule, const ast::Attribute& attribute) {
    ProvisionAttribute made = Empty(attribute);
    if (attribute.kind == AttributeKind::AttributeValue) {
      made.values = CarryOwnValue(context_, place_, attribute);
    } else {
      AddValues(rule, attribute, made);
    }
    if (attribute.kind == AttributeKind::OnlyIn) {
      AddPlaces(attribute, made);
    } else {
      AddNested(attribute, made);
    }
    return made;
  }

  std::vector<ProvisionValue> Values(const CarryRule& rule, const ast::Attribute& attribute) {
    ProvisionAttribute made;
    AddValues(&rule, attribute, made);
    return std::move(made.values);
  }

  // `owner` is the attribute around the clause.
  ProvisionAttribute Clause(AttributeKind owner, const ast::Attribute& clause) {
    const CarryRule* rule = FindCarryRule(Body::Clause, clause.kind);
    const bool is_moment = clause.kind == AttributeKind::At && owner == AttributeKind::Mode;
    const bool is_scope = clause.kind == AttributeKind::In && owner != AttributeKind::Class;
    if (is_moment || is_scope) {
      ProvisionAttribute made = Empty(clause);
      is_moment ? AddMoment(clause, made) : AddScope(clause, made);
      return made;
    }
    owner_ = owner;
    return Attribute(rule, clause);
  }

 private:
  static ProvisionAttribute Empty(const ast::Attribute& attribute) {
    ProvisionAttribute made;
    made.keyword = ast::Spelling(attribute.kind);
    made.span = attribute.span;
    return made;
  }

  void AddNested(const ast::Attribute& attribute, ProvisionAttribute& made) {
    const std::optional<Body> body = BodyInside(attribute.kind);
    Carrier inner(context_, PlaceInside(attribute));
    for (const ast::Attribute& nested : attribute.nested) {
      const CarryRule* rule = body ? FindCarryRule(*body, nested.kind) : nullptr;
      made.nested.push_back(rule != nullptr ? inner.Attribute(rule, nested) : inner.Clause(attribute.kind, nested));
    }
  }

  // Inside a class its values are members of its scale.
  CarryPlace PlaceInside(const ast::Attribute& attribute) const {
    CarryPlace place = place_;
    if (attribute.kind != AttributeKind::Class) return place;
    for (const ast::Attribute& nested : attribute.nested) {
      if (nested.kind != AttributeKind::In || nested.values.empty()) continue;
      const auto path = PathOf(nested.values.front());
      const Symbol* symbol = path ? Lookup(context_, place_.module, *path) : nullptr;
      if (symbol != nullptr && symbol->kind == EntityKind::Scale) place.class_scale = model::ScaleId{symbol->index};
    }
    return place;
  }

  void AddValues(const CarryRule* rule, const ast::Attribute& attribute, ProvisionAttribute& made) {
    size_t position = 0;
    for (size_t i = 0; i < attribute.values.size(); ++i) {
      const ast::Value& value = attribute.values[i];
      const bool is_name = std::holds_alternative<ast::Ref>(value) || std::holds_alternative<ast::Name>(value);
      if (is_name) {
        const bool is_last = i + 1 == attribute.values.size();
        AddName(rule == nullptr ? CarryType::Word : rule->TypeOf(position++), attribute, *PathOf(value), is_last, made);
      } else {
        AddOther(rule, attribute, value, made);
      }
    }
  }

  void AddOther(const CarryRule* rule, const ast::Attribute& attribute, const ast::Value& value,
                ProvisionAttribute& made) {
    if (const auto* text = std::get_if<ast::Text>(&value)) made.values.push_back(ValueOf(*text));
    if (const auto* integer = std::get_if<ast::Integer>(&value)) made.values.push_back(ValueOf(*integer));
    if (const auto* duration = std::get_if<ast::Duration>(&value)) made.values.push_back(ValueOf(*duration));
    if (const auto* date = std::get_if<ast::DateLiteral>(&value)) {
      const bool is_end = attribute.kind == AttributeKind::Until || attribute.kind == AttributeKind::Through ||
                          attribute.kind == AttributeKind::Due;
      made.values.push_back(ValueOf(context_, *date, is_end));
    }
    if (const ast::Condition* condition = ast::AsCondition(value)) {
      made.nested.push_back(CarryCondition(context_, place_, rule == nullptr ? CarryType::Guard : rule->types[0], *condition));
    }
    if (const ast::SetExpression* set = ast::AsSet(value)) AddSet(*set, made);
    if (const ast::Side* side = ast::AsSide(value)) AddSide(*side, made);
  }

  // The members stand among the values of the attribute.
  void AddSet(const ast::SetExpression& set, ProvisionAttribute& made) {
    ast::Side side;
    side.span = set.span;
    side.set = set;
    side.is_role = set.kind == ast::SetExpression::Kind::Role;
    if (side.is_role) side.set.kind = ast::SetExpression::Kind::Name;
    if (AddIfRole(set, made)) return;
    AddElements(BuildSide(context_, place_.module, side), made);
  }

  // In what is carried a bare name may be a role, too: nothing else could be meant.
  bool AddIfRole(const ast::SetExpression& set, ProvisionAttribute& made) {
    if (set.kind != ast::SetExpression::Kind::Name || !set.ref) return false;
    const Symbol* symbol = Lookup(context_, place_.module, PathOf(*set.ref));
    if (symbol == nullptr || symbol->kind != EntityKind::Role) return false;
    made.values.push_back(ValueOf(*symbol));
    return true;
  }

  void AddSide(const ast::Side& side, ProvisionAttribute& made) {
    ProvisionAttribute nested;
    nested.span = side.span;
    switch (side.quantifier) {
      case ast::Quantifier::Unstated: nested.keyword = "side"; break;
      case ast::Quantifier::Any: nested.keyword = "any of"; break;
      case ast::Quantifier::All: nested.keyword = "all of"; break;
      case ast::Quantifier::Each: nested.keyword = "each of"; break;
    }
    const BuiltSide built = BuildSide(context_, place_.module, side);
    AddElements(built, nested);
    if (built.side.elements.empty()) return;
    const model::SideElement& first = built.side.elements.front();
    if (side.level && first.trigger.is_valid()) AddMember("at", first.trigger, *side.level, nested);
    if (side.capacity && first.capacity.is_valid()) AddMember("as", first.capacity, *side.capacity, nested);
    if (side.is_direct) nested.nested.push_back({.keyword = "directly", .values = {}, .nested = {}, .span = side.span});
    made.nested.push_back(std::move(nested));
  }

  static void AddMember(std::string_view keyword, model::ScaleMemberId member, const ast::Ref& ref,
                        ProvisionAttribute& made) {
    made.nested.push_back({.keyword = std::string(keyword),
                           .values = {ValueOf(Reference::Kind::ScaleMember, member.index)},
                           .nested = {},
                           .span = ref.span});
  }

  static void AddElements(const BuiltSide& built, ProvisionAttribute& made) {
    for (const model::SideElement& element : built.side.elements) {
      if (const auto* duty = std::get_if<model::DutyId>(&element.what)) {
        made.values.push_back(ValueOf(Reference::Kind::Duty, duty->index));
      } else if (const auto* role = std::get_if<model::RoleId>(&element.what)) {
        made.values.push_back(ValueOf(Reference::Kind::Role, role->index));
      } else if (const auto* entitlement = std::get_if<model::EntitlementId>(&element.what)) {
        made.values.push_back(ValueOf(Reference::Kind::Entitlement, entitlement->index));
      } else if (const auto* being = std::get_if<model::Being>(&element.what)) {
        made.values.push_back(WordValue("being " + being->relation() + " of"));
        made.values.push_back(ValueOf(Reference::Kind::Provision, being->object.index));
      }
    }
  }

  void AddMoment(const ast::Attribute& clause, ProvisionAttribute& made) {
    const auto path = clause.values.empty() ? std::nullopt : PathOf(clause.values.front());
    if (path) AddWord({"moment of a mode", {std::begin(kMoments), std::end(kMoments)}}, *path, made);
  }

  void AddScope(const ast::Attribute& clause, ProvisionAttribute& made) {
    const Attributes alone = {clause};
    for (const std::vector<model::ScopeNodeId>& box : ScopeOf(context_, place_.module, alone).boxes) {
      for (const model::ScopeNodeId node : box) made.values.push_back(ValueOf(Reference::Kind::ScopeNode, node.index));
    }
  }

  // One `in` a dimension, with its values: they are read together, and any of them may be combined.
  void AddPlaces(const ast::Attribute& attribute, ProvisionAttribute& made) {
    for (const std::vector<model::ScopeNodeId>& box : ScopeOf(context_, place_.module, attribute.nested).boxes) {
      made.nested.resize(box.size(), {.keyword = std::string(ast::Spelling(AttributeKind::In)), .values = {}, .nested = {}, .span = attribute.span});
      for (size_t i = 0; i < box.size(); ++i) {
        const auto is_same = [&](const ProvisionValue& value) { return value.reference.index == box[i].index; };
        if (!std::ranges::any_of(made.nested[i].values, is_same)) made.nested[i].values.push_back(ValueOf(Reference::Kind::ScopeNode, box[i].index));
      }
    }
  }

  void AddWord(const WordList& list, const NamePath& path, ProvisionAttribute& made) {
    const std::string text = path.Joined();
    for (const std::string_view word : list.words) {
      if (word == text) return made.values.push_back(WordValue(text));
    }
    ReportUnknownWord(context_, path, list.noun, list.words);
  }

  void AddMemberOf(model::ScaleMeasures measures, const NamePath& path, ProvisionAttribute& made) {
    const model::ScaleMemberId member = ResolveMember(context_, path, measures);
    if (member.is_valid()) made.values.push_back(ValueOf(Reference::Kind::ScaleMember, member.index));
  }

  // A rule by its id, the declared name of several rules (`each of`), or an unknown name.
  void AddConflict(const NamePath& path, ProvisionAttribute& made) {
    const auto found = context_.conflicts_by_name.find(path.Joined());
    if (found != context_.conflicts_by_name.end()) {
      return made.values.push_back(ValueOf(Reference::Kind::Conflict, found->second));
    }
    const Symbol* symbol = Resolve(context_, place_.module, path, Wanted{Bit(EntityKind::Conflict), "a conflict"});
    if (symbol == nullptr) return;
    const model::Model& model = context_.model;
    for (size_t i = 0; i < model.conflicts.size(); ++i) {
      for (const Span source : model.conflicts[model.conflicts.IdAt(i)].sources) {
        if (source != NameSpan(*symbol)) continue;
        made.values.push_back(ValueOf(Reference::Kind::Conflict, static_cast<uint32_t>(i)));
        break;
      }
    }
  }

  void AddReference(const Wanted& wanted, const NamePath& path, ProvisionAttribute& made) {
    if (const Symbol* symbol = Resolve(context_, place_.module, path, wanted)) {
      if (symbol->kind == EntityKind::Conflict) return AddConflict(path, made);
      made.values.push_back(ValueOf(*symbol));
    }
  }

  void AddRelation(const ast::Attribute& attribute, const NamePath& path, ProvisionAttribute& made) {
    const auto kind = attribute.values.size() > 1 ? PathOf(attribute.values[1]) : std::nullopt;
    const Symbol* object = kind ? Lookup(context_, place_.module, *kind) : nullptr;
    if (object == nullptr || object->kind != EntityKind::Object) return;  // said of the object
    std::vector<std::string_view> relations;
    for (const ast::Attribute& stated : object->declaration->attributes) {
      if (stated.kind != AttributeKind::Relations) continue;
      for (const ast::Value& value : stated.values) relations.push_back(PathOf(value)->last());
    }
    AddWord({"relation of the object", relations}, path, made);
  }

  void AddCurrency(const NamePath& path, ProvisionAttribute& made) {
    if (const auto currency = CurrencyOf(context_, path)) made.values.push_back(WordValue(std::string(currency->code)));
  }

  bool IsUndeclared(const NamePath& path, std::string_view word) const {
    return path.Joined() == word && Lookup(context_, place_.module, path) == nullptr;
  }

  void AddName(CarryType type, const ast::Attribute& attribute, const NamePath& path, bool is_last,
               ProvisionAttribute& made) {
    if (const auto list = WordsOf(type)) return AddWord(*list, path, made);
    switch (type) {
      case CarryType::Conflict: return AddConflict(path, made);
      case CarryType::ActorOrConflict:
        return owner_ == AttributeKind::ExpectVerdict ? AddConflict(path, made) : AddReference(kActor, path, made);
      case CarryType::ControlThenConflict: return is_last ? AddConflict(path, made) : AddReference(kControl, path, made);
      case CarryType::RelationOfNext: return AddRelation(attribute, path, made);
      case CarryType::ScaleOrScope: return AddReference(kScale, path, made);
      case CarryType::Level: return AddMemberOf(model::ScaleMeasures::Access, path, made);
      case CarryType::Category: return AddMemberOf(model::ScaleMeasures::Category, path, made);
      case CarryType::Capacity: return AddMemberOf(model::ScaleMeasures::Capacity, path, made);
      case CarryType::Risk: return AddMemberOf(model::ScaleMeasures::Risk, path, made);
      case CarryType::MemberOfClass: {
        const model::ScaleMemberId member = MemberOfScale(context_, place_.class_scale, path);
        if (member.is_valid()) made.values.push_back(ValueOf(Reference::Kind::ScaleMember, member.index));
        return;
      }
      case CarryType::Currency: return AddCurrency(path, made);
      default: break;
    }
    const bool is_word = (type == CarryType::Object && IsUndeclared(path, "object")) ||
                         (type == CarryType::WhatIsLost && IsUndeclared(path, "both"));
    const auto wanted = WantedOf(type);
    if (is_word || !wanted) return made.values.push_back(WordValue(path.Joined()));
    AddReference(*wanted, path, made);
  }

  Context& context_;
  const CarryPlace place_;
  AttributeKind owner_ = AttributeKind::About;  // the attribute around the clause being read
};

}  // namespace

ProvisionValue ValueOf(Reference::Kind kind, uint32_t index) {
  ProvisionValue value;
  value.kind = ProvisionValue::Kind::Reference;
  value.reference = {kind, index};
  return value;
}

ProvisionValue ValueOf(const Symbol& symbol) {
  switch (symbol.kind) {
    case EntityKind::Scale: return ValueOf(Reference::Kind::Scale, symbol.index);
    case EntityKind::Duty: return ValueOf(Reference::Kind::Duty, symbol.index);
    case EntityKind::Group: return ValueOf(Reference::Kind::Group, symbol.index);
    case EntityKind::Role: return ValueOf(Reference::Kind::Role, symbol.index);
    case EntityKind::System: return ValueOf(Reference::Kind::System, symbol.index);
    case EntityKind::Conflict: return ValueOf(Reference::Kind::Conflict, symbol.index);
    case EntityKind::Control: return ValueOf(Reference::Kind::Control, symbol.index);
    case EntityKind::Framework: return ValueOf(Reference::Kind::Framework, symbol.index);
    case EntityKind::Document: return ValueOf(Reference::Kind::Document, symbol.index);
    default: break;
  }
  const bool is_actor = (Bit(symbol.kind) & kActorKinds) != 0;
  return ValueOf(is_actor ? Reference::Kind::Actor : Reference::Kind::Provision, symbol.index);
}

ProvisionValue WordValue(std::string text) {
  ProvisionValue value;
  value.text = std::move(text);
  return value;
}

ProvisionValue ValueOf(const ast::Text& text) {
  ProvisionValue value = WordValue(text.value);
  value.kind = ProvisionValue::Kind::Text;
  return value;
}

ProvisionValue ValueOf(const ast::Integer& integer) {
  ProvisionValue value;
  value.kind = ProvisionValue::Kind::Integer;
  value.number = integer.value;
  value.decimals = integer.decimals;
  return value;
}

ProvisionValue ValueOf(const ast::Duration& duration) {
  constexpr std::string_view kUnits[] = {"h", "d", "w", "mo", "y"};
  ProvisionValue value = WordValue(std::string(kUnits[static_cast<size_t>(duration.unit)]));
  value.kind = ProvisionValue::Kind::Duration;
  value.number = duration.count;
  return value;
}

ProvisionValue ValueOf(Context& context, const ast::DateLiteral& literal, bool is_end) {
  ProvisionValue value = WordValue(literal.spelling);
  if (literal.spelling.size() == 5) return value;  // a time of day of a window
  value.kind = ProvisionValue::Kind::Time;
  value.number = BoundOf(context, literal, is_end).value_or(0);
  return value;
}

ProvisionAttribute Carry(Context& context, const CarryPlace& place, Body body, const ast::Attribute& attribute) {
  return Carrier(context, place).Attribute(FindCarryRule(body, attribute.kind), attribute);
}

std::vector<ProvisionValue> CarryValues(Context& context, const CarryPlace& place, const CarryRule& rule,
                                        const ast::Attribute& attribute) {
  return Carrier(context, place).Values(rule, attribute);
}

ProvisionAttribute CarryClause(Context& context, const CarryPlace& place, AttributeKind owner,
                               const ast::Attribute& clause) {
  return Carrier(context, place).Clause(owner, clause);
}

}  // namespace sodc::sema
