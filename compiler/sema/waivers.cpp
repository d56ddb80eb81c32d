// Declarations that are carried and must make sense in themselves. What a waiver is narrowed to must be something that its conflicts are about: otherwise it
// excuses nothing, and was not meant so (rulings SEM-19). What is reviewed comes back after it was reviewed.
#include "compiler/model/waivers.h"

#include <algorithm>

#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using model::Conflict;
using model::ConflictId;
using model::ProvisionAttribute;
using model::Reference;
using model::ScopeDimensionId;

class Narrowing {
 public:
  Narrowing(Context& context, const model::Provision& waiver) : context_(context), model_(context.model), waiver_(waiver) {
    const ProvisionAttribute* named = model::FindAttribute(waiver.attributes, "conflict");
    if (named == nullptr) return;
    for (const uint32_t row : model::References(*named, Reference::Kind::Conflict)) rules_.push_back(ConflictId{row});
  }

  void Check() {
    if (rules_.empty()) return;  // told elsewhere
    if (const ProvisionAttribute* only_in = model::FindAttribute(waiver_.attributes, "only in")) CheckPlaces(*only_in);
    if (const ProvisionAttribute* only_holding = model::FindAttribute(waiver_.attributes, "only holding")) CheckMembers(*only_holding);
  }

 private:
  // "conflict `a/b`", "any of the 3 conflicts".
  std::string RulesInWords(std::string_view several) const {
    if (rules_.size() == 1) return "conflict `" + model_.conflicts[rules_.front()].common.name + "`";
    return std::string(several) + " of the " + std::to_string(rules_.size()) + " conflicts";
  }

  // A rule that asks for no place holds wherever its members are held, and may be narrowed by any scope.
  std::vector<ScopeDimensionId> AskedBy(const Conflict& rule) const {
    std::vector<ScopeDimensionId> asked;
    if (rule.dimension.is_valid()) asked.push_back(rule.dimension);
    for (const auto& box : rule.only_in.boxes) {
      for (const model::ScopeNodeId node : box) asked.push_back(model_.scope_nodes[node].dimension);
    }
    return asked;
  }

  void CheckPlaces(const ProvisionAttribute& only_in) {
    for (const ProvisionAttribute& stated : only_in.nested) {
      const auto nodes = model::References(stated, Reference::Kind::ScopeNode);
      if (nodes.empty() || !CheckDimension(only_in, model_.scope_nodes[model::ScopeNodeId{nodes.front()}].dimension)) return;
    }
    const model::Scope scope = model::ScopeIn(only_in);
    const auto meets = [&](ConflictId id) { return model::DoScopesMeet(model_, scope, model_.conflicts[id].only_in); };
    if (scope.boxes.empty() || std::ranges::any_of(rules_, meets)) return;
    Diagnose<DiagKind::NarrowedToNoPlace>(only_in.span, waiver_.common.name, RulesInWords("any"))
        .Label(model_.conflicts[rules_.front()].common.span, "it holds in other places only")
        .Help("name places in which the conflict can be, or leave `only in` out")
        .To(context_.sink);
  }

  bool CheckDimension(const ProvisionAttribute& only_in, ScopeDimensionId dimension) {
    for (const ConflictId id : rules_) {
      const std::vector<ScopeDimensionId> asked = AskedBy(model_.conflicts[id]);
      if (asked.empty() || std::ranges::find(asked, dimension) != asked.end()) continue;
      const std::string& name = model_.scope_dimensions[asked.front()].common.name;
      Diagnose<DiagKind::NarrowedToOtherScope>(only_in.span, waiver_.common.name, model_.scope_dimensions[dimension].common.name,
                                               model_.conflicts[id].common.name)
          .Label(model_.conflicts[id].common.span, "it asks about `" + name + "`")
          .Help("narrow it by `" + name + "`, or write a waiver of its own for the other conflicts")
          .To(context_.sink);
      return false;
    }
    return true;
  }

  std::string NameOfMember(const model::ProvisionValue& value) const {
    switch (value.reference.kind) {
      case Reference::Kind::Duty: return model_.duties[model::DutyId{value.reference.index}].common.name;
      case Reference::Kind::Role: return model_.roles[model::RoleId{value.reference.index}].common.name;
      default: return model_.entitlements[model::EntitlementId{value.reference.index}].common.name;
    }
  }

  using Members = decltype(model::MembersIn({}));

  size_t SidesWith(const Conflict& rule, const Members& members) const {
    return static_cast<size_t>(std::ranges::count_if(rule.sides, [&](const model::ConflictSide& side) {
      return std::ranges::any_of(side.elements, [&](const model::SideElement& element) { return model::IsAmong(element, members); });
    }));
  }

  void CheckMembers(const ProvisionAttribute& only_holding) {
    for (const model::ProvisionValue& value : only_holding.values) {
      ProvisionAttribute alone;
      alone.values = {value};
      const Members member = model::MembersIn(alone);
      const auto has_it = [&](ConflictId id) { return SidesWith(model_.conflicts[id], member) > 0; };
      if (!member.empty() && std::ranges::any_of(rules_, has_it)) continue;
      Diagnose<DiagKind::NarrowedToNoMember>(only_holding.span, member.empty() ? value.text : NameOfMember(value), RulesInWords("any"))
          .Label(model_.conflicts[rules_.front()].common.span, "the conflict")
          .Help("name what stands on the sides of the conflict, as it stands there: a duty, a role or an entitlement")
          .To(context_.sink);
      return;
    }
    const Members members = model::MembersIn(only_holding);
    const auto is_broken = [&](ConflictId id) { return SidesWith(model_.conflicts[id], members) > model_.conflicts[id].at_most; };
    if (members.empty() || std::ranges::any_of(rules_, is_broken)) return;
    Diagnose<DiagKind::NarrowedToTooFew>(only_holding.span, waiver_.common.name, RulesInWords("any"))
        .Label(model_.conflicts[rules_.front()].common.span, "the conflict")
        .Help("name everything that takes part in what it excuses: of a pair, something of both sides")
        .To(context_.sink);
  }

  Context& context_;
  const model::Model& model_;
  const model::Provision& waiver_;
  std::vector<ConflictId> rules_;
};

}  // namespace

void CheckWaivers(Context& context) {
  for (const model::Provision& provision : context.model.provisions) {
    if (provision.kind == "waiver" && !provision.is_attribute_holder) Narrowing(context, provision).Check();
  }
}

void CheckReviews(Context& context) {
  for (const model::Provision& review : context.model.provisions) {
    if (review.kind != "review" || review.is_attribute_holder) continue;
    const ProvisionAttribute* last = model::FindAttribute(review.attributes, "last");
    const ProvisionAttribute* next = model::FindAttribute(review.attributes, "next");
    if (last == nullptr || next == nullptr || last->values.empty() || next->values.empty()) continue;
    if (model::EndOfNext(context.model, *next) > last->values.front().number) continue;
    Diagnose<DiagKind::ReviewNextBeforeLast>(next->span, review.common.name)
        .Label(last->span, "held last")
        .Help("write down when it comes back: a day behind the last one")
        .To(context.sink);
  }
}

}  // namespace sodc::sema
