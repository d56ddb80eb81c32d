// Tests about a session: one question each, about rules per session, of things that are activated once.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

using StatedAttributes = std::vector<const ProvisionAttribute*>;

bool IsActivation(const ProvisionAttribute& fact) { return fact.keyword == "when activated"; }
bool IsOfSession(const ProvisionAttribute& fact) { return fact.keyword == "session" || IsActivation(fact); }
bool IsSafeSets(const ProvisionAttribute& attribute) { return attribute.keyword == "expect safe"; }
bool IsOfAnotherQuestion(const ProvisionAttribute& fact) {
  return fact.keyword == "act" || fact.keyword == "relation" || fact.keyword == "when granted";
}

class CheckingTest {
 public:
  CheckingTest(Context& context, const model::Provision& test) : context_(context), model_(context.model), test_(test) {}

  void Check() {
    bool has_cases = false, expects = false;
    for (const ProvisionAttribute& attribute : test_.attributes) {
      has_cases |= attribute.keyword == "case";
      expects |= attribute.keyword.starts_with("expect");
    }
    if (!has_cases || expects) CheckCase(Stated(nullptr));
    for (const ProvisionAttribute& attribute : test_.attributes) {
      if (attribute.keyword == "case") CheckCase(Stated(&attribute));
    }
  }

 private:
  // The facts of the test, those of the case in their place, and the expectations of the case or, without one, of the test.
  StatedAttributes Stated(const ProvisionAttribute* of_case) const {
    StatedAttributes stated;
    for (const ProvisionAttribute& attribute : test_.attributes) {
      const bool is_expectation = attribute.keyword.starts_with("expect");
      if (of_case != nullptr && (is_expectation || IsReplaced(attribute, *of_case))) continue;
      stated.push_back(&attribute);
    }
    if (of_case == nullptr) return stated;
    for (const ProvisionAttribute& attribute : of_case->nested) stated.push_back(&attribute);
    return stated;
  }
  static bool IsReplaced(const ProvisionAttribute& attribute, const ProvisionAttribute& of_case) {
    const bool is_once = IsOfSession(attribute) || attribute.keyword == "when granted";
    return is_once && std::ranges::any_of(of_case.nested, [&](const auto& later) { return later.keyword == attribute.keyword; });
  }

  void CheckCase(const StatedAttributes& stated) {
    const auto first = [&](auto is_it) {
      const auto found = std::ranges::find_if(stated, [&](const ProvisionAttribute* attribute) { return is_it(*attribute); });
      return found == stated.end() ? nullptr : *found;
    };
    CheckKinds(stated);
    const ProvisionAttribute* session = first(IsOfSession);
    const ProvisionAttribute* asks = session != nullptr ? session : first(IsSafeSets);
    const ProvisionAttribute* other = first(IsOfAnotherQuestion);
    if (asks != nullptr && other != nullptr) ReportTwoQuestions(*asks, *other);
    if (session == nullptr) return;
    CheckThings(stated);
    for (const ProvisionAttribute* attribute : stated) {
      if (attribute->keyword.starts_with("expect")) CheckExpectation(*attribute, *session);
    }
  }

  // Each place is told once, however many cases share it.
  bool IsTold(Span span) { return !told_.insert({span.file.index, span.begin}).second; }

  void ReportTwoQuestions(const ProvisionAttribute& asks, const ProvisionAttribute& other) {
    if (IsTold(other.span)) return;
    Diagnose<DiagKind::TestAsksTwoQuestions>(other.span, test_.common.title, asks.keyword, other.keyword)
        .Label(asks.span, "the question about a session")
        .Help("write a test for each of them")
        .To(context_.sink);
  }

  // Whoever is the owner of something activates nothing by that.
  void CheckKinds(const StatedAttributes& stated) {
    for (const ProvisionAttribute* attribute : stated) {
      if (IsOfSession(*attribute)) CheckKind(*attribute, attribute->span);
      if (!IsSafeSets(*attribute)) continue;
      for (const ProvisionAttribute& set : attribute->nested) CheckKind(set, set.span);
    }
  }
  void CheckKind(const ProvisionAttribute& attribute, Span span) {
    const auto is_relation = [](const ProvisionValue& value) { return value.kind != ProvisionValue::Kind::Reference; };
    const auto relation = std::ranges::find_if(attribute.values, is_relation);
    if (relation == attribute.values.end() || IsTold(span)) return;
    Diagnose<DiagKind::ElementOfAnotherKind>(span, relation->text, "a relation to an object", "duties, roles and entitlements").To(context_.sink);
  }

  void CheckThings(const StatedAttributes& stated) {
    std::vector<const ProvisionValue*> seen;
    for (const ProvisionAttribute* fact : stated) {
      if (!IsOfSession(*fact)) continue;
      if (IsActivation(*fact) && fact->values.size() > 1 && !IsTold(fact->span)) ReportSeveral(*fact);
      for (const ProvisionValue& value : fact->values) {
        if (value.kind != ProvisionValue::Kind::Reference) continue;
        const auto is_same = [&](const ProvisionValue* other) {
          return other->reference.kind == value.reference.kind && other->reference.index == value.reference.index;
        };
        if (std::ranges::any_of(seen, is_same) && !IsTold(fact->span)) ReportTwice(*fact, value);
        seen.push_back(&value);
      }
    }
  }

  std::string NameOfThing(const ProvisionValue& value) const {
    switch (value.reference.kind) {
      case Reference::Kind::Duty: return model_.duties[model::DutyId{value.reference.index}].common.name;
      case Reference::Kind::Role: return model_.roles[model::RoleId{value.reference.index}].common.name;
      case Reference::Kind::Entitlement: return model_.entitlements[model::EntitlementId{value.reference.index}].common.name;
      default: return {};
    }
  }

  void ReportTwice(const ProvisionAttribute& fact, const ProvisionValue& value) {
    Diagnose<DiagKind::ActivatedTwice>(fact.span, NameOfThing(value))
        .Help("leave one out; a case that states `session` states all of it")
        .To(context_.sink);
  }

  void ReportSeveral(const ProvisionAttribute& fact) {
    std::string names;
    for (const ProvisionValue& value : fact.values) names += (names.empty() ? "`" : ", `") + NameOfThing(value) + "`";
    Diagnose<DiagKind::SeveralActivated>(fact.span, names)
        .Help("put those that are active already into `session`, and a case for each that is not")
        .To(context_.sink);
  }

  void CheckExpectation(const ProvisionAttribute& expectation, const ProvisionAttribute& session) {
    if (expectation.keyword == "expect frameworks" && !IsTold(expectation.span)) {
      Diagnose<DiagKind::FrameworkOfSession>(expectation.span)
          .Label(session.span, "what is active")
          .Help("expect it in a test that states no `" + session.keyword + "`")
          .To(context_.sink);
    }
    CheckRules(expectation, expectation.span);
    for (const ProvisionAttribute& by : expectation.nested) CheckRules(by, by.span);
  }

  void CheckRules(const ProvisionAttribute& expectation, Span span) {
    for (const ProvisionValue& value : expectation.values) {
      const bool is_rule = value.kind == ProvisionValue::Kind::Reference && value.reference.kind == Reference::Kind::Conflict;
      if (!is_rule) continue;
      const model::Conflict& rule = model_.conflicts[model::ConflictId{value.reference.index}];
      if (rule.moment == model::Moment::Session || IsTold(span)) continue;
      Diagnose<DiagKind::RuleOfNoSession>(span, rule.common.name)
          .Label(rule.common.span, rule.moment == model::Moment::Object ? "it is about one object" : "it is about whatever is held")
          .Help("a session breaks rules `per session` alone; expect this one in a test that states no session")
          .To(context_.sink);
    }
  }

  Context& context_;
  const model::Model& model_;
  const model::Provision& test_;
  std::set<std::pair<uint32_t, uint32_t>> told_;
};

}  // namespace

void CheckSessionTests(Context& context) {
  for (const model::Provision& provision : context.model.provisions) {
    if (provision.kind == "test" && !provision.is_attribute_holder) CheckingTest(context, provision).Check();
  }
}

}  // namespace sodc::sema
