#include "compiler/model/exemptions.h"

namespace sodc::model {
namespace {

// Overdue from the day after, as for a whole month that is named.
Exemption Read(const Model& model, const Carried& carried, ProvisionId id) {
  Exemption exemption;
  exemption.provision = id;
  for (const ProvisionAttribute& attribute : model.provisions[id].attributes) {
    const std::string& keyword = attribute.keyword;
    if (keyword == "for") exemption.parties = PartiesIn(carried, attribute);
    if (keyword == "approved by") exemption.approvers = PartiesIn(carried, attribute);
    if (keyword == "next") exemption.review_due = EndOfNext(model, attribute);
    if (keyword == "assignments before" && !attribute.values.empty()) exemption.before = attribute.values.front().number;
    if (keyword == "because" && !attribute.values.empty()) exemption.because = attribute.values.front().text;
    if (keyword == "conflict") {
      for (const uint32_t row : References(attribute, Reference::Kind::Conflict)) exemption.conflicts.push_back(ConflictId{row});
    }
    if (keyword == "owner") {
      if (const auto owner = FirstReference(attribute, Reference::Kind::Actor)) exemption.owner = ActorId{*owner};
    }
  }
  return exemption;
}

}  // namespace

std::vector<Exemption> ExemptionsOf(const Model& model, const Carried& carried) {
  std::vector<Exemption> exemptions;
  for (size_t i = 0; i < model.provisions.size(); ++i) {
    const ProvisionId id = model.provisions.IdAt(i);
    const std::string& kind = model.provisions[id].kind;
    if (kind == "exemption" || kind == "grandfather") exemptions.push_back(Read(model, carried, id));
  }
  return exemptions;
}

std::string BreachOf(const Carried& carried, const Conflict& conflict) {
  return carried.Of(conflict, "never waived").empty() ? "" : "`" + conflict.common.name + "` is never waived";
}

}  // namespace sodc::model
