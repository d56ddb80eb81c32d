// Standing exemptions and what is grandfathered.
#include "compiler/lower/builder.h"
#include "compiler/model/exemptions.h"

namespace sodc::lower {
namespace {

void AddParties(const Builder& builder, const std::vector<model::WaiverParty>& parties, std::vector<format::WaiverPartyRecord>& section,
                uint32_t& first, uint32_t& count) {
  first = Begin(section);
  for (const model::WaiverParty& party : parties) section.push_back({builder.ActorRow(party.actor), Builder::Row(party.role)});
  count = CountSince(section, first);
}

}  // namespace

// Without people nobody is known for whom one could be. A unit without anybody in it is nobody, too.
void LowerExemptions(Builder& builder) {
  if (!builder.options.with_people) return;
  const model::Carried carried(builder.model);
  TableImage& image = builder.image;
  for (const model::Exemption& exemption : model::ExemptionsOf(builder.model, carried)) {
    if (exemption.parties.empty() && !exemption.is_grandfathering()) continue;
    const model::Common& common = builder.model.provisions[exemption.provision].common;
    format::ExemptionRecord record;
    record.until = exemption.review_due;
    record.before = exemption.before;
    record.name = builder.Text(common.name);
    record.title = builder.Text(common.title);
    record.description = builder.Text(common.description);
    record.because = builder.Text(exemption.because);
    record.owner = builder.ActorRow(exemption.owner);
    AddParties(builder, exemption.parties, image.ExemptionParties, record.parties_first, record.parties_count);
    record.rules_first = Begin(image.ExemptionRules);
    for (const model::ConflictId conflict : exemption.conflicts) {
      const std::string breach = model::BreachOf(carried, builder.model.conflicts[conflict]);
      image.ExemptionRules.push_back({Builder::Row(conflict), builder.Text(breach)});
    }
    record.rules_count = CountSince(image.ExemptionRules, record.rules_first);
    AddParties(builder, exemption.approvers, image.ExemptionApprovers, record.approvers_first, record.approvers_count);
    builder.Place(record, common.span);
    image.Exemptions.push_back(record);
  }
}

}  // namespace sodc::lower
