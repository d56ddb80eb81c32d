// Conditions and values of own attributes: what they read, and whether it can be
// compared with what is written (second-ring section 1). Three-valued when they are judged;
// here only their types are.
#include "compiler/sema/carry.h"
#include "compiler/sema/money.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::Condition;
using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

// What a condition reads, and what it may be compared with.
struct Readable {
  enum class Type : uint8_t { Unknown, Words, Members, Number, Text, Flag, Unit };
  Type type = Type::Unknown;
  bool has_order = false;
  std::string_view noun;                  // "an amount"
  std::vector<std::string> words{};       // Words; the bands of a Number
  model::ScaleId scale{};                 // Members
  std::vector<ProvisionValue> reference{};  // where it is read
  std::string currency{};                 // Number: of money
  int decimals = 255;                     // Number: at most
};

constexpr std::string_view kMoney = "an amount of money";
constexpr std::string_view kPeopleWords[] = {"holder", "requester", "approver"};

Readable WordsIn(std::string_view noun, const ast::Attribute& attribute) {
  Readable readable{.type = Readable::Type::Words, .noun = noun};
  for (const ast::Value& value : attribute.values) {
    if (const auto path = PathOf(value)) readable.words.push_back(path->Joined());
  }
  return readable;
}

Readable InScale(Context& context, ModuleIndex module, const ast::Attribute* in) {
  Readable readable{.type = Readable::Type::Members, .has_order = true, .noun = "a member of a scale"};
  const auto path = FirstPath(in);
  const Symbol* scale = path ? Lookup(context, module, *path) : nullptr;
  if (scale == nullptr || scale->kind != EntityKind::Scale) return {};  // said at the declaration
  readable.scale = model::ScaleId{scale->index};
  return readable;
}

// `attribute grade of person in grades`.
Readable OwnAttribute(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  Readable readable;
  if (const ast::Attribute* words = Find(attributes, AttributeKind::OneOf)) {
    readable = WordsIn("one of a few words", *words);
  } else if (const ast::Attribute* scale = Find(attributes, AttributeKind::InScale)) {
    readable = InScale(context, symbol.module, scale);
  } else if (const auto type = FirstPath(Find(attributes, AttributeKind::TypeWord))) {
    const std::string word = type->Joined();
    if (word == "text") readable = {.type = Readable::Type::Text, .noun = "a text"};
    if (word == "number") readable = {.type = Readable::Type::Number, .has_order = true, .noun = "a number"};
    if (word == "flag") readable = {.type = Readable::Type::Flag, .noun = "a flag"};
  }
  readable.reference = {ValueOf(symbol)};
  return readable;
}

// Money has its currency and the decimals of it, a number those that it declares.
void SetDecimals(const ast::Attribute& attribute, Readable& number) {
  const NumberType type = TypeOfNumber(attribute);
  if (attribute.kind == AttributeKind::Amount) number.noun = kMoney;
  number.currency = type.currency;
  number.decimals = type.decimals;
}

Readable ObjectAttribute(Context& context, ModuleIndex module, const ast::Attribute& attribute) {
  switch (attribute.kind) {
    case AttributeKind::Flag: return {.type = Readable::Type::Flag, .noun = "a flag"};
    case AttributeKind::Class: return InScale(context, module, Find(attribute.nested, AttributeKind::In));
    default: break;
  }
  Readable readable{.type = Readable::Type::Number, .has_order = true, .noun = "a number"};
  SetDecimals(attribute, readable);
  for (const ast::Attribute& band : attribute.nested) {
    if (const auto path = FirstPath(&band); path && band.kind == AttributeKind::Band) readable.words.push_back(path->Joined());
  }
  return readable;
}

class GuardReader {
 public:
  GuardReader(Context& context, const CarryPlace& place, CarryType type)
      : context_(context), place_(place), type_(type) {}

  // INVARIANT: recursion is as deep as brackets nest, which the parser limits.
  ProvisionAttribute Read(const Condition& condition) {
    ProvisionAttribute made;
    made.span = condition.span;
    if (condition.kind == Condition::Kind::Test) {
      ReadTest(condition, made);
      return made;
    }
    made.keyword = condition.kind == Condition::Kind::Or ? "or" : condition.kind == Condition::Kind::And ? "and" : "not";
    for (const Condition& operand : condition.operands) made.nested.push_back(Read(operand));
    return made;
  }

  // A value of an own attribute, as if it were compared with it.
  void AddOwn(const NamePath& path, const Readable& readable, const ast::Value& value, ProvisionAttribute& made) {
    if (const auto* ref = std::get_if<ast::Ref>(&value)) AddCompared(path, readable, *ref, made);
    if (const auto* name = std::get_if<ast::Name>(&value)) AddName(path, readable, PathOf(*name), made);
    if (const auto* integer = std::get_if<ast::Integer>(&value)) AddCompared(path, readable, *integer, made);
    if (const auto* text = std::get_if<ast::Text>(&value)) AddCompared(path, readable, *text, made);
    if (const auto* duration = std::get_if<ast::Duration>(&value)) AddCompared(path, readable, *duration, made);
    if (const auto* date = std::get_if<ast::DateLiteral>(&value)) AddCompared(path, readable, *date, made);
  }

 private:
  static std::string_view WordOf(Condition::Operator test) {
    switch (test) {
      case Condition::Operator::Is: return "is";
      case Condition::Operator::IsNot: return "is not";
      case Condition::Operator::IsUnknown: return "is unknown";
      case Condition::Operator::In: return "in";
      case Condition::Operator::AtLeast: return "at least";
      case Condition::Operator::AtMost: return "at most";
      case Condition::Operator::Above: return "above";
      case Condition::Operator::Below: return "below";
      case Condition::Operator::Within: return "within";
      case Condition::Operator::Holds: return "holds";
    }
    return "";
  }
  static bool NeedsOrder(Condition::Operator test) {
    return test == Condition::Operator::AtLeast || test == Condition::Operator::AtMost ||
           test == Condition::Operator::Above || test == Condition::Operator::Below;
  }

  void ReadTest(const Condition& test, ProvisionAttribute& made) {
    made.keyword = WordOf(test.test);
    const NamePath path = PathOf(test.subject);
    const std::optional<Readable> readable = Find(path);
    if (!readable) return;
    made.nested.push_back({.keyword = "read", .values = readable->reference, .nested = {}, .span = test.subject.span});
    if (readable->type == Readable::Type::Unknown) return;  // its declaration is wrong
    if (NeedsOrder(test.test) && !readable->has_order) {
      Diagnose<DiagKind::ConditionWithoutOrder>(test.span, path.Joined(), "`" + std::string(made.keyword) + "`")
          .Help("test it with `is`, `is not` or `in { … }`")
          .To(context_.sink);
      return;
    }
    const bool is_unit = readable->type == Readable::Type::Unit;
    const bool tests_unit = test.test == Condition::Operator::Within;
    if (is_unit != tests_unit && test.test != Condition::Operator::IsUnknown) {
      Diagnose<DiagKind::ConditionOfOtherTypes>(test.span, path.Joined(), readable->noun, is_unit ? "a value" : "a unit")
          .Help("people stand `within` a unit; what is said of them is `holder.attribute`")
          .To(context_.sink);
      return;
    }
    for (const auto& value : test.values) AddCompared(path, *readable, value, made);
  }

  // ---- What is read

  std::optional<Readable> Find(const NamePath& path) {
    if (path.parts.size() == 1) return FindBare(path);
    const ast::Name& owner = path.parts.front();
    for (const std::string_view people : kPeopleWords) {
      if (path.parts.size() == 2 && owner.text == people) return FindOfPeople(path, owner.text);
    }
    const Symbol* object = Lookup(context_, place_.module, PathOf(owner));
    if (path.parts.size() == 2 && object != nullptr && object->kind == EntityKind::Object) {
      return FindOfObject(path, *object->declaration, &owner);
    }
    ReportNothing(path, "an attribute of the holder is `holder.x`, one of an object `object.x`");
    return std::nullopt;
  }

  std::optional<Readable> FindBare(const NamePath& path) {
    if (place_.object != nullptr && FindObjectAttribute(*place_.object, path.last()) != nullptr) {
      return FindOfObject(path, *place_.object, nullptr);
    }
    if (const Symbol* symbol = Lookup(context_, place_.module, path)) {
      if (symbol->kind == EntityKind::Fact || symbol->kind == EntityKind::Switch) return FindFact(path, *symbol);
      if (symbol->kind == EntityKind::OwnAttribute) return FindOwn(path, *symbol, {});
    }
    for (const std::string_view people : kPeopleWords) {  // `holder within ward`
      if (path.last() == people) return UnitOf({WordValue(std::string(people))});
    }
    if (path.last() == "risk" && type_ == CarryType::Guard) {
      Readable risk{.type = Readable::Type::Members, .has_order = true, .noun = "a risk", .scale = context_.model.risk_scale};
      risk.reference = {WordValue("risk")};
      return risk;
    }
    ReportNothing(path, Suggestion(path));
    return std::nullopt;
  }

  static Readable UnitOf(std::vector<ProvisionValue> reference) {
    Readable unit{.type = Readable::Type::Unit, .noun = "a person"};
    unit.reference = std::move(reference);
    return unit;
  }

  std::optional<Readable> FindFact(const NamePath& path, const Symbol& symbol) {
    if (type_ != CarryType::Guard) {
      Diagnose<DiagKind::ConditionReadsFact>(path.span, path.Joined())
          .Label(NameSpan(symbol), "declared here")
          .Help("a fact of the policy may change a mode, an obligation or an approval: `mode deny when … otherwise observe`")
          .To(context_.sink);
      return std::nullopt;
    }
    Readable fact{.type = Readable::Type::Number, .has_order = true, .noun = "a number"};
    fact.decimals = 0;
    if (symbol.kind == EntityKind::Switch) {
      fact = {.type = Readable::Type::Words, .noun = "a switch"};
      for (const ast::Attribute& setting : symbol.declaration->attributes) {
        if (setting.kind == AttributeKind::Setting) fact.words.push_back(FirstPath(&setting)->Joined());
      }
    }
    fact.reference = {ValueOf(symbol)};
    return fact;
  }

  std::optional<Readable> FindOwn(const NamePath& path, const Symbol& symbol, std::vector<ProvisionValue> before) {
    const auto kind = FirstPath(sema::Find(symbol.declaration->attributes, AttributeKind::OfKind));
    if (kind && kind->Joined() != "person") {
      Diagnose<DiagKind::OwnAttributeElsewhere>(path.span, path.Joined(), "a " + kind->Joined(), "a person")
          .Label(NameSpan(symbol), "declared here")
          .Help("a condition reads attributes of people and of objects")
          .To(context_.sink);
      return std::nullopt;
    }
    Readable readable = OwnAttribute(context_, symbol);
    readable.reference.insert(readable.reference.begin(), before.begin(), before.end());
    return readable;
  }

  std::optional<Readable> FindOfPeople(const NamePath& path, const std::string& owner) {
    const Symbol* symbol = Lookup(context_, place_.module, PathOf(path.parts[1]));
    if (symbol != nullptr && symbol->kind == EntityKind::OwnAttribute) return FindOwn(path, *symbol, {WordValue(owner)});
    ReportNothing(path, Suggestion(PathOf(path.parts[1])));
    return std::nullopt;
  }

  std::optional<Readable> FindOfObject(const NamePath& path, const ast::Declaration& object, const ast::Name* named) {
    const ast::Attribute* attribute = FindObjectAttribute(object, path.last());
    const auto symbol = context_.names.by_declaration.find(&object);
    const bool is_readable = attribute != nullptr && attribute->kind != AttributeKind::Relations &&
                             type_ != CarryType::GuardOfPeople && symbol != context_.names.by_declaration.end();
    if (!is_readable) {
      ReportNothing(path, type_ == CarryType::GuardOfPeople ? "which people is said by their own attributes"
                                                            : NamesOf(object, path.last()));
      return std::nullopt;
    }
    const Symbol& declared = context_.names.symbols[symbol->second];
    Readable readable = ObjectAttribute(context_, declared.module, *attribute);
    if (named != nullptr) readable.reference.push_back(ValueOf(declared));
    readable.reference.push_back(WordValue(std::string(path.last())));
    return readable;
  }

  static std::string NamesOf(const ast::Declaration& object, std::string_view wanted) {
    std::vector<std::string_view> names;
    for (const ast::Attribute& attribute : object.attributes) {
      const bool is_value = attribute.kind == AttributeKind::Amount || attribute.kind == AttributeKind::Number ||
                            attribute.kind == AttributeKind::Flag || attribute.kind == AttributeKind::Class;
      if (is_value && !attribute.values.empty()) names.push_back(PathOf(attribute.values.front())->last());
    }
    return names.empty() ? "the object declares no attribute to read"
                         : DidYouMean(wanted, names, "its attributes are " + ListOfChoices(names));
  }

  std::string Suggestion(const NamePath& path) const {
    std::vector<std::string_view> names;
    for (const Symbol& symbol : context_.names.symbols) {
      const bool is_readable = symbol.kind == EntityKind::OwnAttribute || symbol.kind == EntityKind::Fact ||
                               symbol.kind == EntityKind::Switch;
      if (is_readable) names.push_back(symbol.declaration->name.text);
    }
    return DidYouMean(path.last(), names, "declare it: `attribute " + std::string(path.last()) + " of person in { … }`");
  }

  void ReportNothing(const NamePath& path, std::string help) {
    Diagnose<DiagKind::ConditionReadsNothing>(path.span, path.Joined()).Help(std::move(help)).To(context_.sink);
  }

  // ---- What it is compared with

  void ReportTypes(const NamePath& path, const Readable& readable, Span span, std::string_view other) {
    Diagnose<DiagKind::ConditionOfOtherTypes>(span, path.Joined(), readable.noun, other).To(context_.sink);
  }

  using Compared = std::variant<ast::Ref, ast::Integer, ast::Text, ast::Duration, ast::DateLiteral, ast::Money>;

  void AddCompared(const NamePath& path, const Readable& readable, const Compared& value, ProvisionAttribute& made) {
    if (const auto* ref = std::get_if<ast::Ref>(&value)) return AddName(path, readable, PathOf(*ref), made);
    if (const auto* integer = std::get_if<ast::Integer>(&value)) {
      if (readable.type == Readable::Type::Number) return AddNumber(path, readable, *integer, made);
      return ReportTypes(path, readable, integer->span, "a number");
    }
    if (const auto* text = std::get_if<ast::Text>(&value)) {
      if (readable.type == Readable::Type::Text) return made.values.push_back(ValueOf(*text));
      return ReportTypes(path, readable, text->span, "a text");
    }
    if (const auto* duration = std::get_if<ast::Duration>(&value)) {
      return ReportTypes(path, readable, duration->span, "a duration");
    }
    if (const auto* money = std::get_if<ast::Money>(&value)) return AddMoney(path, readable, *money, made);
    ReportTypes(path, readable, std::get<ast::DateLiteral>(value).span, "a date");
  }

  void AddNumber(const NamePath& path, const Readable& readable, const ast::Integer& number, ProvisionAttribute& made) {
    CheckDecimals(context_, {readable.currency, readable.decimals}, path.Joined(), number);
    made.values.push_back(ValueOf(number));
  }

  // `value at least 500 EUR`: the currency is said again, and must be the same.
  void AddMoney(const NamePath& path, const Readable& readable, const ast::Money& money, ProvisionAttribute& made) {
    const auto currency = CurrencyOf(context_, PathOf(money.currency));
    if (!currency) return;
    if (readable.noun != kMoney) return ReportTypes(path, readable, money.span, "money");
    if (readable.currency.empty()) return;  // said at the declaration
    if (currency->code != readable.currency) {
      Diagnose<DiagKind::CurrencyDiffers>(money.span, path.Joined(), readable.currency, currency->code)
          .Help("no rate of exchange is part of a policy: write the amount in " + readable.currency)
          .To(context_.sink);
      return;
    }
    AddNumber(path, readable, money.amount, made);
    made.values.push_back(WordValue(std::string(currency->code)));
  }

  void AddName(const NamePath& path, const Readable& readable, const NamePath& name, ProvisionAttribute& made) {
    switch (readable.type) {
      case Readable::Type::Members: {
        const model::ScaleMemberId member = MemberOfScale(context_, readable.scale, name);
        if (member.is_valid()) made.values.push_back(ValueOf(Reference::Kind::ScaleMember, member.index));
        return;
      }
      case Readable::Type::Unit: {
        const Symbol* unit = Resolve(context_, place_.module, name, Wanted{Bit(EntityKind::Unit), "a unit"});
        if (unit != nullptr) made.values.push_back(ValueOf(*unit));
        return;
      }
      case Readable::Type::Flag: return AddWord("value of a flag", {"yes", "no"}, name, made);
      case Readable::Type::Words: return AddWord("value of `" + path.Joined() + "`", Views(readable), name, made);
      case Readable::Type::Number:
        if (!readable.words.empty()) return AddWord("band of `" + path.Joined() + "`", Views(readable), name, made);
        return ReportTypes(path, readable, name.span, "a name");
      default: return ReportTypes(path, readable, name.span, "a name");
    }
  }

  static std::vector<std::string_view> Views(const Readable& readable) {
    return {readable.words.begin(), readable.words.end()};
  }

  void AddWord(const std::string& what, const std::vector<std::string_view>& words, const NamePath& name,
               ProvisionAttribute& made) {
    const std::string text = name.Joined();
    for (const std::string_view word : words) {
      if (word == text) return made.values.push_back(WordValue(text));
    }
    ReportUnknownWord(context_, name, what, words);
  }

  Context& context_;
  const CarryPlace& place_;
  const CarryType type_;
};

std::string NounOfKind(ast::DeclarationKind kind) {
  const std::string_view word = ast::Spelling(kind);
  const bool is_vowel = std::string_view("aeiou").find(word.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + std::string(word);
}

}  // namespace

const ast::Attribute* FindObjectAttribute(const ast::Declaration& object, std::string_view name) {
  for (const ast::Attribute& attribute : object.attributes) {
    const bool declares = attribute.kind == AttributeKind::Amount || attribute.kind == AttributeKind::Number ||
                          attribute.kind == AttributeKind::Flag || attribute.kind == AttributeKind::Class ||
                          attribute.kind == AttributeKind::Relations;
    if (!declares) continue;
    for (const ast::Value& value : attribute.values) {
      const auto path = PathOf(value);
      if (path && path->last() == name) return &attribute;
    }
  }
  return nullptr;
}

model::ScaleMemberId MemberOfScale(Context& context, model::ScaleId scale, const NamePath& path) {
  if (!scale.is_valid()) return {};
  std::vector<std::string_view> names;
  for (const model::ScaleMemberId member : context.model.scales[scale].members) {
    names.push_back(context.model.scale_members[member].common.name);
    if (names.back() == path.last()) return member;
  }
  if (context.incomplete_scales.count(scale.index) != 0) return {};
  const model::Scale& row = context.model.scales[scale];
  Diagnose<DiagKind::ScaleMemberUnknown>(path.span, path.Joined(), "scale `" + row.common.name + "`")
      .Label(row.common.span, "the scale is declared here")
      .Help(DidYouMean(path.last(), names, "its members are " + ListOfChoices(names)))
      .To(context.sink);
  return {};
}

model::ProvisionAttribute CarryCondition(Context& context, const CarryPlace& place, CarryType type,
                                         const ast::Condition& condition) {
  if (type == CarryType::Field) return CarryFieldCondition(condition);
  return GuardReader(context, place, type).Read(condition);
}

std::vector<ProvisionValue> CarryOwnValue(Context& context, const CarryPlace& place, const ast::Attribute& attribute) {
  const auto name = attribute.values.empty() ? std::nullopt : PathOf(attribute.values.front());
  const Symbol* symbol =
      name ? Resolve(context, place.module, *name, Wanted{Bit(EntityKind::OwnAttribute), "an attribute"}) : nullptr;
  if (symbol == nullptr) return {};
  const Attributes& declared = symbol->declaration->attributes;
  const auto kind = FirstPath(Find(declared, AttributeKind::OfKind));
  if (!kind) return {};  // its declaration is not whole, which has been said
  if (kind->Joined() != ast::Spelling(place.declaration->kind)) {
    Diagnose<DiagKind::OwnAttributeElsewhere>(name->span, name->Joined(), "a " + kind->Joined(),
                                              NounOfKind(place.declaration->kind))
        .Label(NameSpan(*symbol), "declared here")
        .To(context.sink);
    return {};
  }
  const size_t count = attribute.values.size() - 1;
  if (count > 1 && Find(declared, AttributeKind::Many) == nullptr) {
    Diagnose<DiagKind::OwnAttributeNotMany>(attribute.span, name->Joined(), count)
        .Label(NameSpan(*symbol), "declared here")
        .Help("declare it `many`: `attribute " + name->Joined() + " of " + kind->Joined() + " many …`")
        .To(context.sink);
  }
  const Readable readable = OwnAttribute(context, *symbol);
  ProvisionAttribute made;
  made.values.push_back(ValueOf(*symbol));
  GuardReader reader(context, place, CarryType::Guard);
  for (size_t i = 1; i <= count && readable.type != Readable::Type::Unknown; ++i) {
    reader.AddOwn(*name, readable, attribute.values[i], made);
  }
  return made.values;
}

}  // namespace sodc::sema
