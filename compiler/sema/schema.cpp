// Unknown, misplaced, repeated and missing attributes, reported from schema.def alone.
#include <iterator>

#include "compiler/sema/carry.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/suggest.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

struct Rule {
  Body body;
  AttributeKind attribute;
  Count count;
};
constexpr Rule kRules[] = {
#define SODC_TAKES(Owner, Attribute, HowOften) {Body::Owner, AttributeKind::Attribute, Count::HowOften},
#include "compiler/sema/schema.def"
#define SODC_CARRIES(Owner, Attribute, HowOften, ...) {Body::Owner, AttributeKind::Attribute, Count::HowOften},
#include "compiler/sema/carries.def"
};

// "an object", "a process": most are called by their word.
std::string_view NounOfDeclaration(ast::DeclarationKind kind) {
  switch (kind) {
#define SODC_NOUN(Name, Noun) \
  case ast::DeclarationKind::Name: return Noun;
    SODC_NOUN(Scope, "a scope") SODC_NOUN(Object, "an object") SODC_NOUN(Entitlement, "an entitlement")
    SODC_NOUN(Service, "a service") SODC_NOUN(Tool, "a tool") SODC_NOUN(Agent, "an agent") SODC_NOUN(Unit, "a unit")
    SODC_NOUN(Process, "a process") SODC_NOUN(Waiver, "a waiver") SODC_NOUN(Plan, "a plan") SODC_NOUN(Review, "a review")
    SODC_NOUN(Test, "a test") SODC_NOUN(Fact, "a fact") SODC_NOUN(Switch, "a switch") SODC_NOUN(Attribute, "an attribute")
    SODC_NOUN(Exemption, "an exemption") SODC_NOUN(Emergency, "an emergency") SODC_NOUN(Activation, "an activation")
    SODC_NOUN(Assessment, "an assessment") SODC_NOUN(Remediation, "a remediation")
#undef SODC_NOUN
    default: return "a declaration";
  }
}

std::string_view NounOf(Body body) {
  switch (body) {
    case Body::External: return "an external";
    case Body::Import: return "an import";
    case Body::Assign: return "an assignment";
    case Body::Compatible: return "a compatible pair";
    case Body::Claims: return "claims";
    case Body::Member: return "a member of a scale";
    case Body::Clause: return "a clause";
    case Body::Section: return "a section";
    case Body::Table: return "a table";
    case Body::Value: return "a value of a scope";
    case Body::Scope: return "a scope";
    case Body::Policy: return "a policy";
    case Body::Module: return "a module";
    case Body::Scale: return "a scale";
    case Body::Duty: return "a duty";
    case Body::Group: return "a group";
    case Body::Person: return "a person";
    case Body::Team: return "a team";
    case Body::System: return "a system";
    case Body::Role: return "a role";
    case Body::Conflict: return "a conflict";
    case Body::Control: return "a control";
    case Body::Framework: return "a framework";
    case Body::Document: return "a document";
    case Body::Amount: return "an amount";
    case Body::Number: return "a number";
    case Body::ClassAttribute: return "a class";
    case Body::Approval: return "an approval";
    case Body::Hire: return "a hire";
    case Body::Case: return "a case";
    case Body::Waivers: return "rules about waivers";
    case Body::Grandfather: return "a grandfathering";
    case Body::Enforcement: return "an enforcement level";
    case Body::Delegate: return "a delegation";
    case Body::Forbid: return "a forbidden duty";
    case Body::Reserve: return "a reserved duty";
    case Body::Sensitive: return "a sensitive duty";
    case Body::Amend:
    case Body::Disable: return "a change of a rule";
    default: return NounOfDeclaration(static_cast<ast::DeclarationKind>(body));
  }
  return "";
}

std::string HelpForMissing(AttributeKind kind) {
  if (kind == AttributeKind::Language) return "write `language 1` in its body: the version of the language the policy is written in";
  return "write `" + std::string(ast::Spelling(kind)) + " …` in its body: without it nobody can judge by it";
}

const Rule* FindRule(Body body, AttributeKind kind) {
  for (const Rule& rule : kRules) {
    if ((rule.body == body || rule.body == ReadAs(body)) && rule.attribute == kind) return &rule;
  }
  return nullptr;
}

std::string WhereItBelongs(AttributeKind kind) {
  std::string places;
  size_t left = 0;
  for (const Rule& rule : kRules) left += rule.attribute == kind;
  for (const Rule& rule : kRules) {
    if (rule.attribute != kind) continue;
    if (!places.empty()) places += left == 1 ? " or " : ", ";
    places += NounOf(rule.body);
    --left;
  }
  return places.empty() ? "" : "it belongs in " + places;
}

// `must` and `should` answer one question, `same` and `across`, too: the second of them is a repetition.
AttributeKind Question(AttributeKind kind) {
  if (kind == AttributeKind::Across) return AttributeKind::Same;
  return kind == AttributeKind::Should ? AttributeKind::Must : kind;
}

void CheckBody(Context& context, Body body, const Attributes& attributes, Span owner_span, const std::string& owner);

void CheckNested(Context& context, Body owner, const ast::Attribute& attribute) {
  const auto check = [&](Body body) {
    CheckBody(context, body, attribute.nested, attribute.keyword_span, std::string(NounOf(body)));
  };
  switch (attribute.kind) {
    case AttributeKind::Member: return check(Body::Member);
    case AttributeKind::Clause: return check(Body::Clause);
    case AttributeKind::Section: return check(Body::Section);
    case AttributeKind::Table: return check(Body::Table);
    case AttributeKind::NamedValue:
      if (owner == Body::Scope || owner == Body::Value) check(Body::Value);
      return;
    default: break;  // inner clauses of an attribute are placed by the grammar
  }
  const auto inside = BodyInside(attribute.kind);
  const bool is_open = inside && (!attribute.nested.empty() || *inside == Body::ClassAttribute);
  if (is_open && FindCarryRule(owner, attribute.kind) != nullptr) check(*inside);
}

// A worksheet has each of its fields once.
void CheckFieldOnce(Context& context, const Attributes& attributes, const ast::Attribute& attribute) {
  const auto name = FirstPath(&attribute);
  if (attribute.kind != AttributeKind::Worksheet || !name) return;
  for (const ast::Attribute& earlier : attributes) {
    if (&earlier == &attribute) return;
    const auto before = earlier.kind == AttributeKind::Worksheet ? FirstPath(&earlier) : std::nullopt;
    if (!before || before->Joined() != name->Joined()) continue;
    Diagnose<DiagKind::AttributeRepeated>(name->span, "worksheet " + name->Joined())
        .Label(before->span, "first stated here")
        .Help("keep one of them")
        .To(context.sink);
    return;
  }
}

// INVARIANT: recursion is as deep as braces nest, which the parser limits.
void CheckBody(Context& context, Body body, const Attributes& attributes, Span owner_span, const std::string& owner) {
  const ast::Attribute* first_of[512] = {};
  for (const ast::Attribute& attribute : attributes) {
    // Whatever is declared can be what a finding is about.
    if (attribute.kind == AttributeKind::Allow && body < Body::Member) continue;
    if (body == Body::Reserve && attribute.kind == AttributeKind::To) continue;  // its header
    const Rule* rule = FindRule(body, attribute.kind);
    if (rule == nullptr) {
      Diagnose<DiagKind::AttributeMisplaced>(attribute.keyword_span, ast::Spelling(attribute.kind), NounOf(body))
          .Help(WhereItBelongs(attribute.kind))
          .To(context.sink);
      continue;
    }
    const ast::Attribute*& first = first_of[static_cast<uint16_t>(Question(attribute.kind))];
    if (first != nullptr && rule->count != Count::Many) {
      Diagnose<DiagKind::AttributeRepeated>(attribute.keyword_span, ast::Spelling(attribute.kind))
          .Label(first->keyword_span, "first stated here")
          .Help("keep one of them")
          .To(context.sink);
    }
    if (first == nullptr) first = &attribute;
    CheckFieldOnce(context, attributes, attribute);
    CheckNested(context, body, attribute);
  }
  for (const Rule& rule : kRules) {
    if (rule.body != body || rule.count != Count::Mandatory || Find(attributes, rule.attribute)) continue;
    Diagnose<DiagKind::AttributeMissing>(owner_span, owner, ast::Spelling(rule.attribute))
        .Help(HelpForMissing(rule.attribute))
        .To(context.sink);
  }
}

}  // namespace

void CheckAttributes(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex) {
    if (context.IsDamaged(declaration) || !IsCarried(declaration.kind)) return;
    const Body body = static_cast<Body>(declaration.kind);
    const bool has_name = !declaration.name.text.empty();
    std::string owner(ast::Spelling(declaration.kind));
    if (has_name) owner += " `" + declaration.name.text + "`";
    CheckBody(context, body, declaration.attributes, has_name ? declaration.name.span : declaration.keyword_span, owner);
  });
}

}  // namespace sodc::sema
