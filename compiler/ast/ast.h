// The syntax tree: what the author wrote, in the author's order, with a span for
// everything. Names are not resolved, attributes are not checked. The tree is
// uniform on purpose: a declaration is a header plus attributes, an attribute is
// a keyword plus values plus nested attributes, so that checking for unknown,
// misplaced and repeated attributes, dumping and formatting are written once
// (docs/decisions/0002-uniform-syntax-tree.md).
#ifndef SODC_AST_AST_H_
#define SODC_AST_AST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/ast/boxed.h"
#include "compiler/base/calendar.h"
#include "compiler/source/span.h"

namespace sodc::ast {

// One name. Example: `eric`, or `` `SAP:Z_AP` `` with text SAP:Z_AP.
struct Name {
  std::string text;
  Span span;
  bool is_quoted = false;
};

// A possibly qualified reference. Example: `std.it.code_review`.
struct Ref {
  std::vector<Name> parts;  // at least one
  Span span;

  std::string Joined() const;  // parts with dots between
};

// A string or a text block, escapes resolved and margin stripped.
struct Text {
  std::string value;
  Span span;  // with the quotes
  bool is_block = false;
};

// Example: `3`, `3_500`, `2.50`, which is 250 with 2 decimals.
struct Integer {
  int64_t value = 0;
  Span span;
  uint8_t decimals = 0;
};

// Example: `2026-03-17`, `2026-06`, `2026-11-02T21:40+01:00`, and `07:00` in a window.
// Checked against the calendar by sema.
struct DateLiteral {
  std::string spelling;
  Span span;
};

// Example: `3mo`.
enum class DurationUnit : uint8_t { Hour, Day, Week, Month, Year };
struct Duration {
  int64_t count = 0;
  DurationUnit unit = DurationUnit::Day;
  Span span;
};

// Money in a condition. Example: `500 EUR`, `2.50 EUR`.
struct Money {
  Integer amount;
  Name currency;
  Span span;
};

// A set expression. Example: `all except audit where class verify`.
struct SetExpression {
  enum class Kind : uint8_t {
    Name,    // ref                        Example: administrative
    All,     // ref is the module or empty Example: all from std.it
    Union,   // operands                   Example: { a, b }
    Except,  // operands[0] − operands[1]  Example: all except audit
    Where,   // operands[0] filtered       Example: all where class verify
    AllRoles,     // ref is the module or empty   Example: all roles
    Role,         // ref                          Example: role admin
    Roles,        // operands, each a Role        Example: roles { a, b }
    DutiesOf,     // ref is a role                Example: duties of role lead
    Entitlement,  // ref is declared, or a system with the text   Example: entitlement sap "XK*"
    Being,        // filter is the relation, ref the object kind  Example: being owner of shipment
  };
  Kind kind = Kind::Name;
  Span span;
  std::optional<Ref> ref;
  std::vector<SetExpression> operands;
  Rare<Name> filter;        // Where: `class` or `tag`; Being: the relation
  Rare<Name> filter_value;  // Where: the value
  Rare<Text> text;  // Entitlement: its name in the system, or a pattern
};

enum class Quantifier : uint8_t { Unstated, Any, All, Each };

// One side of a conflict, of `compatible` or a member of `at most`.
// Example: `any of administrative at limited`, `role admin`.
struct Side {
  Span span;
  bool is_role = false;
  bool is_direct = false;    // `directly`: assigned, not by inclusion
  Quantifier quantifier = Quantifier::Unstated;
  SetExpression set;         // for a role or member: a bare Name
  Rare<Ref> level;           // trigger level
  Rare<Ref> capacity;        // `as performs`
};

// A condition of the guard language (second-ring §1), or which entitlements together
// confer something: tests joined by or, and, not.
struct Condition {
  enum class Kind : uint8_t { Or, And, Not, Test };
  enum class Operator : uint8_t {
    Is, IsNot, IsUnknown, In, AtLeast, AtMost, Above, Below, Within,
    Holds,  // an entitlement: subject, or a system with its name in it as the only value
  };
  Kind kind = Kind::Test;
  Operator test = Operator::Is;
  Span span;
  std::vector<Condition> operands;  // Or, And: two or more; Not: one
  Ref subject;                      // Test: what is read
  std::vector<std::variant<Ref, Integer, Text, Duration, DateLiteral, Money>> values;  // Test
};

using Value = std::variant<Name, Ref, Text, Integer, DateLiteral, Duration, Box<SetExpression>, Box<Side>,
                           Box<Condition>>;

// Attribute keywords, by the word that opens them, plus the inner clauses that
// the grammar nests in another attribute (`at`, `dated`, `every`, …).
enum class AttributeKind : uint16_t {
#define SODC_ATTRIBUTE(Name, Spelling) Name,
#include "compiler/ast/attributes.def"
};
std::string_view Spelling(AttributeKind kind);

// Example: `grants a, b at limited note "x"` is Grants with values {a, b} and
// nested attributes At {limited} and Note {"x"}; `section "S" { … }` is Section
// with value "S" and the nested attributes of its body.
//
// Values and [nested] by form; every name in an attribute is a Ref, except a name
// that the attribute declares (member), which is a Name:
//   revision 3 · risk high · nature a, b · note "x" · reference "a", "b" · effective 2026-06
//                                Integer · Ref · Ref… · Text · Text… · DateLiteral
//   mode at most warn            Mode {Ref} [AtMost {}]          mode warn   Mode {Ref} []
//   default risk high            DefaultRisk {Ref}               default mode warn  DefaultMode {Ref}
//   default at none              DefaultAt {Ref}                 about policy       About {Ref}
//   must · should "x"            Must {} · Should {Text or nothing}
//   organization "O" legal "L"   Organization {Text} [Legal {Text}]
//   account gitlab "eric"        Account {Ref, Text}
//   member low "Low" { … }       Member {Name, Text?} [body]
//   clause "A.5.3" "T" { … }     Clause {Text, Text?} [body]
//   grants s at l note "x" shown "y"        Grants {SetExpression…} [At {Ref}, Note {Text}, Shown {Text}]
//   restricts s on own actions should shown "y"
//                                Restricts {SetExpression…} [OnOwnActions {}, Must or Should, Shown {Text}]
//   separated from s should      SeparatedFrom {SetExpression…} [Must or Should, Shown {Text}]
//   mitigated by c · administered by p · depends on s    {Ref…}          operated by x   {Ref}
//   satisfies f "A", "B"         Satisfies {Ref, Text…}
//   valid from D until D         Valid {} [From {DateLiteral}, Until {DateLiteral}]
//   cadence monthly              Cadence {Ref}    cadence every 3mo   Cadence {} [Every {Duration}]
//   cadence on each shipment     Cadence {} [OnEach {Ref}]; also AfterEach, WhenChanges; review alike, but `review every` is Review {Duration}
//   evidence log "x" dated D every 3mo      Evidence {Ref, Text} [Dated {DateLiteral}, Every {Duration}]
//   discloses a with b in r because "x"     Discloses {Side, Side} [In {Ref}, Because {Text}]
//   role r lists s, s            Lists {Ref, SetExpression…}
//   section "S" { … }            Section {Text} [body]           table t { … }   Table {Ref} [body]
//   table t of s, role r { … }   Table {Ref, Side…} [body]: which rows it prints
//   columns a "A", b             Columns {} [Column {Ref, Text?}…]
//   field "F" v                  Field {Text, Text or DateLiteral or Ref}
// All others hold, in the order written: names as Ref (a name that the attribute declares
// as Name), texts, numbers, dates, durations, conditions, sides and sets as values; bodies
// and inner clauses as nested attributes, each named by its first word (As, By, When,
// Within, …). Where an attribute takes several things that are more than one value, each is
// a nested attribute:
//   in company_code 1000, 2000 and environment production      In {Ref, Ref…} for each dimension
//   by 1 of role lead and 1 of role keeper     By {} [Slot {Integer, Side} [Tools]…]
//   for eric, role admin, unit ward            For {} [Party {Ref}, PartyRole {Ref}, PartyUnit {Ref}]
//   approved by people where c                 ApprovedBy {} [PeopleWhere {Condition}]
//   with activity "01" and mode "x"            With {Ref, Text…} for each field
//   someone with a at l, b                     Someone {} [Holding {SetExpression} [At, As, In…]…]
//   expect safe { a, b }, { c }                 ExpectSafe {} [SafeSet {SetExpression…}…]
//   on violation suspend both · suspend a · newest wins · refuse
//                                              OnViolation {Ref suspend, Ref both} · {Ref suspend, Ref} · {Ref newest} · {Ref refuse}
//   apart a then b at least 36h when c, 12h    Apart {Ref, Ref} [ApartItem {Duration} [When {Condition} or Otherwise]…]
//   allow SOD2104 because "x"                  Allow {Ref} [Because {Text}]
// `requires control`, `names ignore case`, `expect residual` and the like are kinds of their own.
struct Attribute {
  AttributeKind kind;
  Span span;
  Span keyword_span;
  std::vector<Value> values;
  std::vector<Attribute> nested;
};

// The set or side in a value; null when it holds something else.
inline const SetExpression* AsSet(const Value& value) {
  const auto* box = std::get_if<Box<SetExpression>>(&value);
  return box == nullptr ? nullptr : &**box;
}
inline const Side* AsSide(const Value& value) {
  const auto* box = std::get_if<Box<Side>>(&value);
  return box == nullptr ? nullptr : &**box;
}
inline const Condition* AsCondition(const Value& value) {
  const auto* box = std::get_if<Box<Condition>>(&value);
  return box == nullptr ? nullptr : &**box;
}

enum class DeclarationKind : uint8_t {
#define SODC_DECLARATION(Name, Spelling) Name,
#include "compiler/ast/declarations.def"
};
std::string_view Spelling(DeclarationKind kind);

// How a conflict was written.
enum class ConflictForm : uint8_t { None, Named, Unnamed, AtMost };

// Any declaration. Which header fields are used depends on `kind`:
//   policy, scale, duty, group, person, team, external, system, role, control,
//   framework, document   name, title; group: sides = {definition} when `= …` is given
//   module                path, title             import   path or import_file
//   assign                subject (name or account), targets, validity in attributes From/Until
//   conflict              form, name/title, sides (2, or the members of at most), limit
//   compatible            sides (2), `because` as attribute        claims, test   title
//   delegate              subject (the delegator), targets, attributes To {Ref}, From/Until
//   forbid, sensitive, reserve   sides (1); reserve: attribute To [Party…] or PeopleWhere {Condition}
//   activation, assessment, amend, disable   attribute Of {Ref}; unit: Within {Ref}
//   fact                  attribute CountPeople {Side?} or NamedValue {Integer}
//   switch                attributes Setting {Ref} [From {DateLiteral}] in the order written
//   attribute             attributes OfKind {Ref}, Many {}, and OneOf {Ref…}, InScale {Ref} or TypeWord {Ref}
// Clauses of a header are attributes: As, In, State {Ref}, Window, Per {Ref}, From, Until.
struct Declaration {
  DeclarationKind kind;
  Span span;          // from the declaration word to the last token
  Span keyword_span;
  std::string doc;    // the `///` lines above, joined by newlines
  Name name;          // text empty when there is none
  Rare<Text> title;
  std::vector<Attribute> attributes;

  Rare<Ref> path;           // module, import std.x
  Rare<Text> import_file;   // import "other.sod"
  std::vector<Side> sides;
  Rare<Integer> limit;               // at most k
  ConflictForm form = ConflictForm::None;
  bool is_position = false;          // role … position
  bool is_vacant = false;            // person … vacant

  Rare<Ref> subject;         // assign: the actor, or with account the system
  Rare<Text> subject_account;  // assign account gitlab "eric"
  std::vector<Side> targets;          // assign: names or `all`, with level

  // A syntax error was reported inside; what could be read is here. Checks that
  // would only repeat the damage are skipped for such a declaration.
  bool is_damaged = false;
};

// One source file.
struct File {
  FileId file;
  std::vector<Declaration> declarations;
  // Names that something unreadable declares: a declaration whose first word is misspelt.
  // A use of one is no error.
  std::vector<Name> other_names;
  bool is_damaged = false;  // some slice was lost entirely
};

}  // namespace sodc::ast

#endif  // SODC_AST_AST_H_
